import type { Candidate, Seen, Step } from '../model/candidate.ts';
import { type Executor, SEEN_TIME } from '../search/goal.ts';
import { isUsable } from '../search/run-search.ts';

const MOST_LOOKS = 6;
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
  const runs = await executor.run(changed, usual);
  const fine = new Set(changed.filter((_, i) => runs[i] !== undefined && isUsable(runs[i])));
  return candidates.map((candidate, i) => (fine.has(looking[i]!) ? looking[i]! : candidate));
}

function withLooks(candidate: Candidate, seen: Seen | undefined): Candidate {
  if (!seen || candidate.origin === 'examples') return candidate;
  const { steps } = candidate;
  const used = steps.flatMap(({ on }) => ('step' in on && on.path.length > 0 ? [on.step] : []));
  const object = used.at(-1) ?? (steps.at(-1)?.op === 'new' ? steps.length - 1 : undefined);
  const members = object === undefined ? undefined : seen.steps[object]?.members;
  if (object === undefined || !members) return candidate;
  const looks = Object.entries(members)
    .filter(([name, [kind, arity]]) => kind === 'get' || (kind === 'method' && arity === 0 && TELLS.test(name)))
    .filter(([name]) => /^[A-Za-z]\w*$/.test(name))
    .slice(0, MOST_LOOKS)
    .map(([name, [kind]]): Step => ({
      op: kind === 'get' ? 'get' : 'call',
      on: { step: object, path: [name] },
      ...(kind === 'get' ? {} : { with: [] }),
    }));
  return looks.length === 0 ? candidate : { ...candidate, steps: [...steps, ...looks], looks: looks.length };
}
