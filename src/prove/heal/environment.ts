import type { Healer, Repair } from './draft.ts';

const PAGE =
  /\b(?:document|window|navigator|localStorage|sessionStorage|HTMLElement|customElements|DOMParser) is not defined/;
const DJANGO = /DJANGO_SETTINGS_MODULE|settings are not configured|AppRegistryNotReady/;

/** The code wants a page, a framework's settings, or the variable that says that tests are running. */
export const environment: Healer = {
  kind: 'environment',
  recognises: ({ reason, test }) => PAGE.test(reason) || DJANGO.test(reason) || test !== undefined,
  repairs(draft, { reason }, { project, language, sources }) {
    if (PAGE.test(reason))
      return pages(draft.style.framework, project.readText).map((head) => ({
        what: `asks for a page (${head.name})`,
        draft: { ...draft, head: [head.line] },
      }));
    if (DJANGO.test(reason)) {
      const settings = project.paths.find(
        (one) => /(?:^|\/)settings(?:\/__init__)?\.py$/.test(one) && !one.includes('node_modules/'),
      );
      if (settings === undefined) return [];
      const name = settings.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.');
      return [
        {
          what: `uses the settings ${name}`,
          draft: {
            ...draft,
            head: [
              'import os',
              `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "${name}")`,
              'import django',
              'django.setup()',
            ],
          },
        },
      ];
    }
    // Tests were found with NODE_ENV=test; node:test and Mocha leave it as it is.
    const reads = draft.modules.some(({ module }) => sources.get(module)?.text.includes('NODE_ENV'));
    const isSet =
      /^(?:vitest|jest)$/.test(draft.style.framework) || (draft.setup ?? []).some((one) => one.includes('NODE_ENV'));
    if (language === 'python' || !reads || isSet) return [];
    return [
      {
        what: 'sets NODE_ENV to test',
        draft: { ...draft, setup: [...(draft.setup ?? []), "process.env.NODE_ENV = 'test';"] },
      },
    ] satisfies Repair[];
  },
};

function pages(
  framework: string,
  readText: (path: string) => string | undefined,
): { readonly name: string; readonly line: string }[] {
  const installed = (name: string): boolean => readText(`node_modules/${name}/package.json`) !== undefined;
  if (framework === 'vitest')
    return ['jsdom', 'happy-dom'].filter(installed).map((name) => ({ name, line: `// @vitest-environment ${name}` }));
  if (framework !== 'jest') return [];
  return ['jsdom']
    .filter((name) => installed(`jest-environment-${name}`))
    .map((name) => ({ name, line: `/** @jest-environment ${name} */` }));
}
