import type { Candidate, Seen } from '../model/candidate.ts';
import { otherAnswers, otherRuns, type Scene } from '../model/scene.ts';
import type { SearchState, Strategy } from './strategy.ts';

const MOST_WAITING = 200;
const TRIES = 10;

/**
 * Candidates that read something from outside of their arguments get other surroundings: other words on the command line, other
 * variables, another input, other answers of servers and programs.
 */
export function varyScenes(): Strategy {
  const tried = new Set<string>();
  return {
    name: 'surroundings',
    propose(state, count) {
      const made: Candidate[] = [];
      while (made.length < count && state.stages.length > 0) {
        const { candidate, seen } = state.stages.pop()!;
        for (let i = 0; i < TRIES; i++) {
          const other: Candidate = {
            ...candidate,
            scene: otherScene(state, candidate.scene ?? {}, seen),
            origin: 'surroundings',
          };
          const key = JSON.stringify([other.steps, other.scene]);
          if (tried.has(key)) continue;
          tried.add(key);
          made.push(other);
        }
      }
      return made;
    },
  };
}

/** Remembers a candidate that looked around. */
export function addStage(state: SearchState, candidate: Candidate, seen: Seen): void {
  if (!seen.mocks?.some((name) => AROUND.test(name))) return;
  state.stages.push({ candidate, seen });
  if (state.stages.length > MOST_WAITING) state.stages.splice(0, MOST_WAITING / 4);
}

const AROUND =
  /^(?:sys\.argv|sys\.stdin|os\.environ|process\.(?:argv|env))$|urllib|http|requests|fetch|subprocess|os\.system|child_process/;

function otherScene(state: SearchState, scene: Partial<Scene>, { mocks = [], asked = [] }: Seen): Partial<Scene> {
  const { random, pool } = state;
  const uses = (pattern: RegExp): boolean => mocks.some((name) => pattern.test(name));
  const text = (): string => {
    const value = pool.text(random);
    return value.includes('\0') ? 'value' : value;
  };
  const changes: (() => Partial<Scene>)[] = [];
  if (uses(/argv$/)) changes.push(() => ({ argv: words(state, scene.argv ?? []) }));
  if (uses(/environ$|process\.env$/) && asked.length > 0)
    changes.push(() => {
      const name = random.pick(asked);
      const rest = (scene.environment ?? []).filter(([other]) => other !== name);
      const value = random.pick(['1', '', '0', 'true', 'value', text(), text(), '12', '/home/user']);
      return { environment: random.chance(0.15) ? rest : [...rest, [name, value] as const] };
    });
  if (uses(/stdin$/))
    changes.push(() => ({
      input: random.pick(['\n', 'yes\n', 'n\n', `${text()}\n`, `${text()}\n${text()}\n`, '1\n2\n']),
    }));
  if (uses(/urllib|http|requests|fetch/)) changes.push(() => ({ answer: random.pick(otherAnswers) }));
  if (uses(/subprocess|os\.system|child_process/)) changes.push(() => ({ program: random.pick(otherRuns) }));
  return changes.length === 0 ? scene : { ...scene, ...random.pick(changes)() };
}

/** Options come from the module's own words. */
function words(state: SearchState, before: readonly string[]): string[] {
  const { random, pool } = state;
  const options = pool.texts.filter((text) => /^--?[A-Za-z][\w-]*$/.test(text));
  const plain = (): string => {
    const value = random.pick([pool.text(random), 'name', '1', 'a.txt']);
    return value.includes('\0') ? 'name' : value;
  };
  const word = (): string[] => {
    if (options.length === 0 || random.chance(0.4)) return [plain()];
    const option = random.pick(options);
    return random.chance(0.5) ? [option] : random.chance(0.5) ? [option, plain()] : [`${option}=${plain()}`];
  };
  if (before.length > 0 && random.chance(0.3)) return before.filter((_, i) => i !== before.length - 1);
  return random.chance(0.5) ? [...before, ...word()].slice(0, 8) : [...word(), ...(random.chance(0.4) ? word() : [])];
}
