import type { Candidate, Seen, Step } from '../model/candidate.ts';
import { type Executor, SEEN_TIME } from '../search/goal.ts';
import { isUsable } from '../search/run-search.ts';

const MOST_LOOKS = 8;
/** Python's questions that each object answers by an operator. */
const OPERATORS = /^__(?:len|repr|str|iter|bool)__$/;
/** Methods without parameters that only tell something. */
const TELLS =
  /^(?:is|has|get|to)[A-Z_]|^(?:size|length|count|peek|toString|toJSON|values|keys|entries|head|first|last|inspect)$/;

/**
 * Candidates that look at the object which they changed: accessors and plain questions at their end. What a class keeps to itself
 * shows nowhere else; looks that prove nothing are left out of the test later.
 */
export async function inspectState(candidates: readonly Candidate[], executor: Executor): Promise<Candidate[]> {
  const usual = { now: SEEN_TIME, random: 0, members: true };
  const seen = await executor.run(candidates, usual);
  const looking = candidates.map((candidate, i) => withLooks(candidate, seen[i]));
  const changed = looking.filter((one, i) => one !== candidates[i]);
  const runs = await executor.run(changed, { ...usual, full: true });
  const fine = new Map(
    changed.flatMap((one, i) => (runs[i] !== undefined && isUsable(runs[i]) ? [[one, onlyLooks(one, runs[i])]] : [])),
  );
  return candidates.map((candidate, i) => fine.get(looking[i]!) ?? candidate);
}

/** Without those that changed what they looked at; nothing builds on a look. */
function onlyLooks(candidate: Candidate, seen: Seen): Candidate {
  const first = candidate.steps.length - (candidate.looks ?? 0);
  const steps = candidate.steps.filter((_, i) => i < first || seen.steps[i]?.after === undefined);
  return steps.length === candidate.steps.length ? candidate : { ...candidate, steps, looks: steps.length - first };
}

function withLooks(candidate: Candidate, seen: Seen | undefined): Candidate {
  if (!seen || candidate.origin === 'examples') return candidate;
  const { steps } = candidate;
  const used = steps.flatMap(({ on }) => ('step' in on && on.path.length > 0 ? [on.step] : []));
  // The object that was worked on, and what the last step gave.
  const objects = new Set([...used.slice(-1), steps.length - 1]);
  const looks = [...objects].flatMap((object) => looksAt(object, seen.steps[object]?.members ?? {}));
  return looks.length === 0 ? candidate : { ...candidate, steps: [...steps, ...looks], looks: looks.length };
}

function looksAt(object: number, members: Readonly<Record<string, readonly [string, number?]>>): Step[] {
  const asks = (name: string, kind: string, arity: number | undefined): boolean =>
    kind === 'get'
      ? /^[A-Za-z]\w*$/.test(name)
      : kind === 'method' && (OPERATORS.test(name) || (arity === 0 && /^[A-Za-z]\w*$/.test(name) && TELLS.test(name)));
  return Object.entries(members)
    .filter(([name, [kind, arity]]) => asks(name, kind, arity))
    .sort(([one], [other]) => Number(OPERATORS.test(other)) - Number(OPERATORS.test(one)))
    .slice(0, MOST_LOOKS)
    .map(([name, [kind]]): Step => ({
      op: kind === 'get' ? 'get' : 'call',
      on: { step: object, path: [name] },
      ...(kind === 'get' ? {} : { with: [] }),
    }));
}
