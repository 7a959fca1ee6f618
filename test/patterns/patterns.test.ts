import { describe, expect, it } from 'vitest';
import { findPatterns } from '../../src/patterns/find-patterns.ts';
import { patternFamilies } from '../../src/model/design-pattern.ts';
import { TreeFixture } from '../incremental/tree-fixture.ts';
import { javaCases } from './java-cases.ts';
import { type PatternCase, pythonCases } from './python-cases.ts';
import { typescriptCases } from './typescript-cases.ts';

async function patternsIn({ path, text }: PatternCase): Promise<ReturnType<typeof findPatterns>> {
  const tree = new TreeFixture();
  try {
    tree.write(path, text);
    const { snapshot } = await tree.open();
    try {
      return findPatterns(snapshot, () => true);
    } finally {
      snapshot.close();
    }
  } finally {
    tree.dispose();
  }
}

describe.each([
  ['Python', pythonCases],
  ['TypeScript', typescriptCases],
  ['Java', javaCases],
])('%s', (_, cases) => {
  it.each(cases.map((each) => [each.pattern, each.roles ? 'is there' : 'is not there', each] as const))(
    '%s %s',
    async (pattern, _is, each) => {
      const all = await patternsIn(each);
      const own = all.filter((found) => found.pattern === pattern);
      if (!each.roles) expect(own).toEqual([]);
      else {
        expect(own, all.map((found) => found.pattern).join()).toHaveLength(1);
        expect(own[0]!.roles.map(({ role, name }) => `${role}: ${name}`)).toEqual(
          expect.arrayContaining([...each.roles]),
        );
        expect(own[0]!.because).not.toBe('');
        // One structure is one pattern.
        expect(all.filter((found) => found.place.startLine === own[0]!.place.startLine)).toHaveLength(1);
      }
    },
  );
});

it('has a case and its twin for each pattern in Python', () => {
  for (const pattern of Object.values(patternFamilies).flat())
    expect(pythonCases.filter((each) => each.pattern === pattern).map(({ roles }) => roles !== undefined)).toEqual([
      true,
      false,
    ]);
});
