import { judgedFiles } from '../analysis/measured-symbols.ts';
import { folderOf } from '../analysis/module-imports.ts';
import { defineRule } from '../rule.ts';

/** Lippert and Roock (2006): more than 27,000 lines or 30 classes; classes stand for files here, at twice the bound. */
const LINES = 27_000;
const FILES = 60;

const large = `x = [\n${'    1,\n'.repeat(82)}]\n`;

export const rule = defineRule({
  id: 'god-component',
  title: 'Folder that holds too much',
  reason:
    'So many files side by side have no order that a reader could learn. Group them by what changes together, in folders with a face each.',
  category: 'design',
  severity: 2,
  references: ['Lippert–Roock: God Component', 'CWE-1093'],
  languages: [],
  minutes: 240,
  *project(project) {
    const folders = new Map<string, { files: number; lines: number; first: string }>();
    for (const { path, codeLines } of judgedFiles(project)) {
      if (codeLines === 0) continue;
      const folder = folderOf(path);
      const own = folders.get(folder) ?? { files: 0, lines: 0, first: path };
      own.files++;
      own.lines += codeLines;
      folders.set(folder, own);
    }
    for (const [folder, { files, lines, first }] of folders) {
      // Catalogues of small files of one shape are how plug-ins lie.
      const isCatalogue = lines / files < 80;
      if (lines <= LINES && (files <= FILES || isCatalogue)) continue;
      yield {
        message: `\`${folder === '' ? '.' : folder}\` holds ${files} files with ${lines} lines of code.`,
        place: { path: first, startLine: 1, startColumn: 0, endLine: 1, endColumn: 0 },
        identity: folder,
      };
    }
  },
  examples: [
    {
      language: 'python',
      bad: large,
      good: '# nothing\n',
      files: Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`part${i}.py`, large])),
    },
  ],
});
