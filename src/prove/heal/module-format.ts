import type { Draft, Healer, Repair } from './draft.ts';

const FILE_SIGNS =
  /import statement outside a module|require is not defined|module is not defined|exports is not defined|ERR_REQUIRE_ESM|ERR_REQUIRE_ASYNC_MODULE|require\(\) of ES Module|Unexpected token '?export|Must use import to load ES Module/;
const IMPORT_SIGNS =
  /does not provide an export named|Named export '.*' not found|is not a constructor|is not a function|Cannot read properties of undefined|has no exports?/;

/** A file is a module where CommonJS is meant, or the other way round; or what it imports is. */
export const moduleFormat: Healer = {
  kind: 'module format',
  recognises: ({ reason, test }) =>
    FILE_SIGNS.test(reason) || (IMPORT_SIGNS.test(reason) && (test === undefined || /^\w*TypeError/.test(reason))),
  repairs(draft, { reason }, { language }) {
    if (language === 'python') return [];
    const repairs: Repair[] = [];
    if (FILE_SIGNS.test(reason)) repairs.push(...otherFormats(draft));
    for (const format of ['commonjs', 'module'] as const) {
      const modules = draft.modules.map((one) => ({ ...one, format }));
      if (
        draft.modules.some((one) => one.format !== format) &&
        !(format === 'module' && draft.style.format === 'commonjs')
      )
        repairs.push({
          what: format === 'commonjs' ? 'imports the whole module and takes its members' : 'imports by name',
          draft: { ...draft, modules },
        });
    }
    return repairs;
  },
};

function otherFormats(draft: Draft): Repair[] {
  const { style } = draft;
  const canBeCommon = draft.modules.every(({ format }) => format === 'commonjs') && style.framework !== 'vitest';
  const asModule: Repair = {
    what: 'is written as a module (.mjs)',
    draft: {
      ...draft,
      path: draft.path.replace(/\.[cm]?([jt])sx?$/, '.m$1s'),
      style: { ...style, format: 'module' },
    },
  };
  const asCommon: Repair = {
    what: 'is written as CommonJS (.cjs)',
    draft: {
      ...draft,
      path: draft.path.replace(/\.[cm]?([jt])sx?$/, '.c$1s'),
      style: { ...style, format: 'commonjs' },
    },
  };
  return style.format === 'module' && canBeCommon
    ? [asCommon, asModule]
    : [asModule, ...(canBeCommon ? [asCommon] : [])];
}
