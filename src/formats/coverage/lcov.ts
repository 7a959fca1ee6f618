/** LCOV tracefiles, as of geninfo(1). Paths are relative to the tree. */
import type { Coverage, CoverageOfFile } from '#model/coverage.ts';
import { coverageOf, type RawFile } from './raw-file.ts';

export function lcovOf(coverage: Coverage): string {
  return coverage.files.map(record).join('');
}

const hitsOf = ({ hits, importOnly }: { readonly hits: number; readonly importOnly: boolean }): number =>
  hits > 0 ? hits : importOnly ? 1 : 0;

function record(file: CoverageOfFile): string {
  const lines = [`TN:`, `SF:${file.path}`];
  const names = new Map<string, number>();
  const named = file.functions.map((each) => {
    const base = each.name === '' ? `(anonymous_${each.line})` : each.name.replace(/[\r\n,]/g, ' ');
    const count = (names.get(base) ?? 0) + 1;
    names.set(base, count);
    return { name: count === 1 ? base : `${base}_${count}`, line: each.line, hits: hitsOf(each) };
  });
  for (const { name, line } of named) lines.push(`FN:${line},${name}`);
  for (const { name, hits } of named) lines.push(`FNDA:${hits},${name}`);
  lines.push(`FNF:${named.length}`, `FNH:${named.filter(({ hits }) => hits > 0).length}`);
  let found = 0;
  let hit = 0;
  file.branches.forEach(({ line, arms }, block) => {
    const isReached = arms.some((arm) => hitsOf(arm) > 0);
    arms.forEach((arm, index) => {
      found++;
      if (hitsOf(arm) > 0) hit++;
      lines.push(`BRDA:${line},${block},${index},${isReached ? hitsOf(arm) : '-'}`);
    });
  });
  lines.push(`BRF:${found}`, `BRH:${hit}`);
  for (const each of file.lines) lines.push(`DA:${each.line},${hitsOf(each)}`);
  lines.push(`LF:${file.lines.length}`, `LH:${file.lines.filter((each) => hitsOf(each) > 0).length}`, 'end_of_record');
  return `${lines.join('\n')}\n`;
}

/** Of other tools, too; checksums and test names are passed over, records of one file are added up. */
export function readLcov(text: string): Coverage {
  const files = new Map<string, RawFile>();
  let file: RawFile | undefined;
  for (const line of text.split(/\r?\n/)) {
    const at = line.indexOf(':');
    const key = at < 0 ? line : line.slice(0, at);
    const words = line.slice(at + 1).split(',');
    switch (key) {
      case 'SF': {
        const path = line.slice(3);
        file = files.get(path) ?? { path, lines: new Map(), branches: new Map(), functions: new Map() };
        files.set(path, file);
        break;
      }
      case 'FN':
        // Newer versions write the last line between the first and the name.
        file?.functions.set(
          words.length > 2 && /^\d+$/.test(words[1]!) ? words.slice(2).join(',') : words.slice(1).join(','),
          {
            line: Number(words[0]),
            hits: 0,
          },
        );
        break;
      case 'FNDA': {
        const found = file?.functions.get(words.slice(1).join(','));
        if (found) found.hits += Number(words[0]);
        break;
      }
      case 'BRDA': {
        if (!file) break;
        const name = `${words[0]},${words[1]}`;
        const branch = file.branches.get(name) ?? { line: Number(words[0]), arms: new Map() };
        file.branches.set(name, branch);
        branch.arms.set(words[2]!, (branch.arms.get(words[2]!) ?? 0) + (words[3] === '-' ? 0 : Number(words[3])));
        break;
      }
      case 'DA':
        file?.lines.set(Number(words[0]), (file.lines.get(Number(words[0])) ?? 0) + Number(words[1]));
        break;
      case 'end_of_record':
        file = undefined;
        break;
    }
  }
  return coverageOf([...files.values()]);
}
