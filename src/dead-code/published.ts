import type { DeclaredPackage } from '#ecosystems/ecosystem.ts';

/** What was published, not what is worked on: a script runs tests, and there are none. */
export function isIncomplete({ scripts, entries }: DeclaredPackage): boolean {
  const runsTests = scripts.some(({ name, command }) => name.startsWith('test') && !/no test specified/.test(command));
  return runsTests && !entries.some(({ use }) => use === 'test');
}
