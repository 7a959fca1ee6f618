import type { Candidate } from '../model/candidate.ts';
import { candidateSize } from '../search/archive.ts';

/** What a test costs a reader: its size, more when nothing in it can be read; less when documentation has it. */
export function testCost(candidate: Candidate): number {
  const size = Math.max(8, candidateSize(candidate));
  const strange = /[^\x20-\x7e]|\\u|\\t/.test(JSON.stringify(candidate.steps)) ? 2 : 0;
  return candidate.origin === 'examples' ? size * 0.5 : size + strange;
}
