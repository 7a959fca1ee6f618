import { holds, assertionsOf } from '#generate/keep/assertion.ts';
import type { Observed } from '#generate/keep/observe.ts';
import type { Suspect } from '#generate/keep/suspect.ts';
import type { Candidate, Seen } from '#generate/model/candidate.ts';
import { SEEN_TIME } from '#generate/search/goal.ts';
import { isUsable } from '#generate/search/run-search.ts';
import type { SearchState } from '#generate/strategies/strategy.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import type { ProvingLanguage, StudiedProject } from './proving-language.ts';
import { outcomeText } from './report-suspicions.ts';
import { openStudy, type Study } from './study.ts';
import { withSandbox } from './with-sandbox.ts';

export interface OldRevision {
  /** As it was asked for: `main`, `v1.2.0`. */
  readonly name: string;
  /** Text of each changed file at that revision, from the tree's root. */
  readonly texts: ReadonlyMap<string, string>;
}

export interface Compared {
  readonly revision: string;
  /** Inputs that ran on both revisions, and those that gave something else. */
  readonly inputs: number;
  readonly different: number;
}

const MOST_INPUTS = 600;
const BATCH = 60;

/**
 * The older revision as an oracle: the same inputs run on both, and what differs is suspected instead of asserted. Who meant the
 * change sees it confirmed, who did not sees a regression.
 */
export async function compareRevisions(
  study: Study,
  state: SearchState,
  observed: readonly Observed[],
  given: {
    readonly old: OldRevision;
    readonly language: ProvingLanguage;
    readonly project: StudiedProject;
    readonly openSandbox: () => Promise<Sandbox>;
  },
): Promise<{ readonly compared: Compared; readonly suspects: readonly Suspect[] }> {
  const { old, language, project } = given;
  return withSandbox(given.openSandbox, async (sandbox) => {
    for (const [path, text] of old.texts) await sandbox.writeFile(path, text);
    const files = study.modules.map((file) => ({ ...file, text: old.texts.get(file.path) ?? file.text }));
    const before = await openStudy(language, files, project, sandbox);
    try {
      // Modules are meant by their numbers: where one could not be loaded then, they are not the same.
      const isSame = before.modules.length === study.modules.length;
      const inputs = isSame ? inputsOf(state, observed).filter((one) => isKnown(one, before)) : [];
      const suspects: Suspect[] = [];
      let count = 0;
      let different = 0;
      for (let at = 0; at < inputs.length; at += BATCH) {
        const batch = inputs.slice(at, at + BATCH);
        const options = { full: true, now: SEEN_TIME, random: 0 };
        const now = await study.fresh.run(batch, options);
        const then = await before.fresh.run(batch, options);
        for (const [i, candidate] of batch.entries()) {
          const [one, other] = [now[i], then[i]];
          if (!one || !other || !isUsable(one) || !isUsable(other)) continue;
          count++;
          const step = firstDifference(one, other);
          if (step === undefined) continue;
          different++;
          suspects.push({
            candidate,
            step,
            seen: one.steps[step]!,
            kind: 'revision',
            why: `at ${old.name} it ${outcomeText(other.steps[step]!, language, ['threw', 'gave'])}`,
          });
        }
      }
      return { compared: { revision: old.name, inputs: count, different }, suspects };
    } finally {
      await before.close();
    }
  });
}

/** Tests to be, and other candidates that reach the same code. */
function inputsOf({ archive }: SearchState, observed: readonly Observed[]): Candidate[] {
  const found = new Map<string, Candidate>();
  const add = (candidate: Candidate): void => void found.set(JSON.stringify(candidate.steps), candidate);
  for (const { candidate } of observed) add(candidate);
  for (const samples of archive.samples.values())
    for (const sample of samples) if (found.size < MOST_INPUTS) add(sample);
  return [...found.values()];
}

/** What is new since then cannot differ. */
function isKnown({ steps }: Candidate, { surfaces }: Study): boolean {
  return steps.every(({ on }) => {
    if (!('module' in on)) return true;
    const { callables = [], constants = [] } = surfaces[on.module] ?? {};
    const path = on.path.join('.');
    return [...callables, ...constants].some((one) => one.path.join('.') === path);
  });
}

/** The first step of which something that can be asserted is not what it was. */
function firstDifference(now: Seen, then: Seen): number | undefined {
  const failing = assertionsOf(now).filter((assertion) => !holds(assertion, then));
  const steps = failing.map((assertion) => ('step' in assertion ? assertion.step : now.steps.length - 1));
  return steps.length === 0 ? undefined : Math.min(...steps);
}
