import type { Candidate } from '../model/candidate.ts';
import type { Callable } from '../model/surface.ts';
import { CandidateBuilder } from './build-candidate.ts';
import { callableKey, type SearchState, type Strategy } from './strategy.ts';

/** Names of which the second undoes the first. */
const PAIRS: readonly (readonly [RegExp, string])[] = [
  [
    /stringify|serialize|serialise|dumps?|format|encode|escape|pack|compress|marshal|unparse|compile|to_?string|toString/i,
    '',
  ],
];
const OPPOSITE: Readonly<Record<string, readonly string[]>> = {
  stringify: ['parse'],
  serialize: ['deserialize', 'unserialize', 'parse'],
  serialise: ['deserialise'],
  dump: ['load', 'parse'],
  dumps: ['loads'],
  format: ['parse'],
  encode: ['decode'],
  escape: ['unescape'],
  quote: ['unquote'],
  pack: ['unpack'],
  compress: ['decompress'],
  marshal: ['unmarshal'],
  unparse: ['parse'],
  compile: ['parse'],
  flatten: ['unflatten'],
  camelize: ['decamelize', 'underscore'],
  to: ['from'],
};

interface Pair {
  readonly module: number;
  readonly there: Callable;
  readonly back: Callable;
}

/** Chains `back(there(x))` and `f(f(x))`: what holds is asserted as a relation, what breaks is a suspicion. */
export function roundTrips(): Strategy {
  let pairs: Pair[] | undefined;
  return {
    name: 'properties',
    propose(state, count) {
      pairs ??= findPairs(state);
      const candidates: Candidate[] = [];
      for (let i = 0; i < count && pairs.length > 0; i++) {
        const { module, there, back } = state.random.pick(pairs);
        const builder = new CandidateBuilder(state);
        const values = builder.arguments(
          callableKey(module, there),
          there.parameters.slice(0, 1).map((one) => ({ ...one, optional: false })),
        );
        if (values.length === 0) continue;
        const step = builder.call(module, there, values);
        builder.call(module, back, [{ $: 'step', i: step }]);
        candidates.push(builder.done('properties', there === back ? 'idempotent' : 'round trip'));
      }
      return candidates;
    },
  };
}

function findPairs({ surfaces }: SearchState): Pair[] {
  const pairs: Pair[] = [];
  for (const { module, callables } of surfaces) {
    const functions = callables.filter(({ kind, parameters }) => kind === 'function' && parameters.length > 0);
    for (const there of functions) {
      for (const back of functions)
        if (undoes(there.path.join('.'), back.path.join('.'))) pairs.push({ module, there, back });
      if (
        /normali[sz]e|trim|strip|clean|sort|uniq|dedupe|sanitize|slug|camel|snake|kebab|capitali[sz]e|lower|upper|dedent|flatten|title/i.test(
          there.path.at(-1) ?? there.name,
        )
      ) {
        pairs.push({ module, there, back: there });
      }
    }
  }
  return pairs;
}

function undoes(there: string, back: string): boolean {
  if (there === back || !PAIRS[0]![0].test(there)) return false;
  for (const [word, opposites] of Object.entries(OPPOSITE)) {
    const at = there.toLowerCase().indexOf(word);
    if (at < 0) continue;
    for (const opposite of opposites) {
      if (back.toLowerCase() === there.toLowerCase().replace(word, opposite)) return true;
    }
  }
  return false;
}
