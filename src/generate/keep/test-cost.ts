import type { Candidate } from '../model/candidate.ts';
import { candidateSize } from '../search/archive.ts';

/** What a test costs a reader: its size, more when nothing in it can be read; less when documentation has it. */
export function testCost(candidate: Candidate): number {
  const size = Math.max(8, candidateSize(candidate));
  const text = JSON.stringify(candidate.steps);
  const strange =
    (/[^\x20-\x7e]|\\u|\\t|__proto__/.test(text) ? 2 : 0) +
    // What a module keeps to itself is tested where nothing else shows it.
    (candidate.steps.some(({ on }) => on.path.some((name) => /^_(?!_)/.test(name))) ? 12 : 0) +
    (/"(?:NaN|nan|-?Infinity|-?inf)"|9007199254740991|1e\+?21/.test(text) ? 2 : 0);
  return candidate.origin === 'examples' ? size * 0.5 : size + strange;
}
