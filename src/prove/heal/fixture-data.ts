import path from 'node:path';
import type { Healer, Repair } from './draft.ts';

const SIGNS =
  /ENOENT[^'"]*['"]([^'"]+)['"]|No such file or directory:?\s*['"]([^'"]+)['"]|FileNotFoundError[^'"]*['"]([^'"]+)['"]/;
const MOST_PLACES = 3;

/** Code reads a file of the project from the working folder: the suite goes to where that file is found. */
export const fixtureData: Healer = {
  kind: 'fixture data',
  recognises: ({ reason }) => SIGNS.test(reason),
  repairs(draft, { reason }, { project, language }) {
    const match = SIGNS.exec(reason);
    const wanted = (match?.[1] ?? match?.[2] ?? match?.[3] ?? '').replace(`${project.root}/`, '').replace(/^\.\//, '');
    if (wanted === '' || wanted.startsWith('/')) return [];
    const folders = project.paths
      .filter((one) => one.endsWith(`/${wanted}`))
      .map((one) => one.slice(0, one.length - wanted.length - 1))
      .sort((a, b) => a.length - b.length)
      .slice(0, MOST_PLACES);
    const from = path.posix.dirname(draft.path);
    return folders.map((folder): Repair => {
      const way = path.posix.relative(from, folder);
      const line =
        language === 'python'
          ? `os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), ${JSON.stringify(way)}))`
          : draft.style.format === 'module'
            ? `process.chdir(new URL('${way}/', import.meta.url).pathname);`
            : `process.chdir(\`\${__dirname}/${way}\`);`;
      return {
        what: `runs in ${folder}, where ${wanted} is`,
        draft: { ...draft, setup: [...(draft.setup ?? []).filter((one) => !one.includes('chdir(')), line] },
      };
    });
  },
};
