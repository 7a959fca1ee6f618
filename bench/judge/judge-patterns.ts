/** Design patterns on labelled code: how many are found with the right class in the right role, and how many are seen where none is. */
import { findPatterns } from '../../src/patterns/find-patterns.ts';
import { TreeFixture } from '../../test/incremental/tree-fixture.ts';
import { javaCases } from '../../test/patterns/java-cases.ts';
import { type PatternCase, pythonCases } from '../../test/patterns/python-cases.ts';
import { typescriptCases } from '../../test/patterns/typescript-cases.ts';
import { patternTwins } from './pattern-twins.ts';

export interface JudgedPattern {
  readonly pattern: string;
  readonly language: string;
  readonly isNew: boolean;
  readonly isThere: boolean;
  readonly right: number;
  /** Found of this pattern without being it, and of other patterns anywhere in a text that is labelled as having none. */
  readonly wrong: number;
}

export async function judgePatterns(): Promise<readonly JudgedPattern[]> {
  const known = [
    ...pythonCases.map((each) => ({ ...each, language: 'python' })),
    ...typescriptCases.map((each) => ({ ...each, language: 'typescript' })),
    ...javaCases.map((each) => ({ ...each, language: 'java' })),
  ];
  const judged: JudgedPattern[] = [];
  for (const each of known) judged.push(await judgeOne(each, false));
  for (const each of patternTwins) judged.push(await judgeOne(each, true));
  return judged;
}

async function judgeOne(
  { pattern, language, path, text, roles }: PatternCase & { readonly language: string },
  isNew: boolean,
): Promise<JudgedPattern> {
  const tree = new TreeFixture();
  try {
    tree.write(path, text);
    const { snapshot } = await tree.open();
    try {
      const found = findPatterns(snapshot, () => true).filter((each) => each.pattern === pattern);
      const isRight = (each: (typeof found)[number]): boolean => {
        const names = new Set(each.roles.map(({ role, name }) => `${role}: ${name}`));
        return roles?.every((role) => names.has(role)) === true;
      };
      const right = Math.min(1, found.filter(isRight).length);
      return { pattern, language, isNew, isThere: roles !== undefined, right, wrong: found.length - right };
    } finally {
      snapshot.close();
    }
  } finally {
    tree.dispose();
  }
}
