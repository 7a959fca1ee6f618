import type { Candidate } from '../model/candidate.ts';
import { candidateSize } from '../search/archive.ts';

/** Values that make a reader ask what they are there for. */
const ODD = /"\$":"(?:date|bigint|symbol|regexp|callback|bytes|error|probe|map|set)"/g;

/** As `testCost`, finer: also what is small is told apart, and values that are odd or long to read cost more. */
export function readingCost(candidate: Candidate): number {
  const text = JSON.stringify(candidate.steps);
  const odd = text.match(ODD)?.length ?? 0;
  const digits = text.match(/(?<![\w"])-?\d{3,}/g)?.length ?? 0;
  const marks = text.match(/[^\w\s",:{}[\]$]/g)?.length ?? 0;
  return candidateSize(candidate) + odd + 0.5 * digits + 0.1 * marks + strangeness(candidate, text);
}

/** What a test costs a reader: its size, more when nothing in it can be read; less when documentation has it. */
export function testCost(candidate: Candidate): number {
  const size = Math.max(8, candidateSize(candidate));
  // Among small ones the plainer one is taken.
  const strange = strangeness(candidate, JSON.stringify(candidate.steps)) + 0.02 * readingCost(candidate);
  return candidate.origin === 'examples' ? size * 0.5 : size + strange;
}

function strangeness(candidate: Candidate, text: string): number {
  return (
    (/[^\x20-\x7e]|\\u|\\t|__proto__/.test(text) ? 2 : 0) +
    // What a module keeps to itself is tested where nothing else shows it.
    (candidate.steps.some(({ on }) => on.path.some((name) => /^_(?!_)/.test(name))) ? 12 : 0) +
    (/"(?:NaN|nan|-?Infinity|-?inf)"|9007199254740991|1e\+?21/.test(text) ? 2 : 0)
  );
}
