import { expect, it } from 'vitest';
import { loadEcmascriptComparison } from '#languages/registry.ts';
import { equivalentMutants } from './equivalent-mutants.ts';
import { ecmascriptInstrumenter } from './instrument-ecmascript.ts';

it('leaves out what an optimizer takes for the same, and nothing else', async () => {
  const text = `export function f(x) {
  if (false) { x = 'dead'; }
  return x + 1;
}
class A { m(y) { return y > 2 ? 'big' : 'small'; } }
`;
  const { file } = (await ecmascriptInstrumenter())(text, 'javascript', { id: 'a', mutants: true })!;
  const same = equivalentMutants(file, text, await loadEcmascriptComparison());
  expect(same.map(({ operator, place }) => [operator, place.startLine])).toEqual([
    ['BlockStatement', 2],
    ['StringLiteral', 2],
  ]);
});
