/** How many tokens compression saves on real packages, and how often it had to leave a file as it was. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Bench } from './bench.ts';
import { figure } from './measure/report.ts';
import { prepareTree } from './trees/prepare-tree.ts';
import { isTreeName } from './trees/tree-sources.ts';
import { compressSource } from '../src/context/compress/compress-source.ts';
import { loadTokenCounter } from '../src/context/tokens/load-token-counter.ts';
import { findLanguage } from '../src/languages/catalogue.ts';
import { detectLanguage } from '../src/languages/detect-language.ts';

/** Of each language: enough to tell, few enough to wait for. */
const FILES = 120;

const choices = {
  'comments go, docstrings stay': { keepDocumentation: false, dropDocstrings: false },
  'docstrings go, too': { keepDocumentation: false, dropDocstrings: true },
  'documentation stays': { keepDocumentation: true, dropDocstrings: false },
} as const;

export const compress: Bench = async (options) => {
  const names = (options.trees ?? ['django', 'typescript']).filter(isTreeName);
  const counter = await loadTokenCounter('o200k');
  const rows: string[][] = [];
  const data: Record<string, unknown> = {};
  for (const name of names) {
    const tree = prepareTree(name);
    const byLanguage = Map.groupBy(
      readdirSync(tree.folder, { recursive: true, encoding: 'utf8' })
        .sort()
        .filter((file) => isSource(file)),
      (file) => detectLanguage(file).language,
    );
    for (const [language, files] of byLanguage) {
      const step = Math.max(1, Math.floor(files.length / FILES));
      const chosen = files.filter((_, at) => at % step === 0);
      if (chosen.length < 10) continue;
      for (const [what, choice] of Object.entries(choices)) {
        let [before, after, unchanged, characters] = [0, 0, 0, 0];
        const started = performance.now();
        let counting = 0;
        for (const file of chosen) {
          const text = readFileSync(path.join(tree.folder, file), 'utf8');
          const { text: made, layout } = await compressSource(text, language, choice);
          const from = performance.now();
          characters += text.length;
          before += counter.count(text);
          after += counter.count(made);
          counting += performance.now() - from;
          if (layout === 'none') unchanged++;
        }
        const seconds = (performance.now() - started - counting) / 1000;
        const saved = (100 * (before - after)) / before;
        rows.push([
          tree.title,
          language,
          what,
          String(chosen.length),
          `${figure(saved, 1)} %`,
          String(unchanged),
          figure(characters / 1e6 / seconds, 1),
        ]);
        data[`${name} ${language} ${what}`] = { files: chosen.length, before, after, saved, unchanged };
      }
    }
  }
  return {
    summary:
      'Tokens (o200k) saved by compression. Every text was parsed before and after, and had the same syntax tree but for comments and the docstrings asked for; a file where that could not be shown is unchanged.',
    tables: [
      { title: 'Compression', columns: ['tree', 'language', '', 'files', 'saved', 'unchanged files', 'MB/s'], rows },
    ],
    data,
  };
};

/** Written by people: minified files have nothing to lose. */
function isSource(file: string): boolean {
  return (
    findLanguage(detectLanguage(file).language)?.kind === 'programming' &&
    /\.\w+$/.test(file) &&
    !/\.min\.|\.d\.[cm]?ts$/.test(file)
  );
}
