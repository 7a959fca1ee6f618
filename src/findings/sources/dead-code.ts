import type { DeadCodeRule } from '#dead-code/dead-code.ts';
import type { RuleMeta } from '#rules/rule.ts';
import type { FoundProblem, Severity } from '#model/finding.ts';
import type { FindingSource } from '../finding-source.ts';

/** What is less sure than this is left to `trowel dead --confidence`. */
export const SURE = 0.8;

const texts: Readonly<Record<DeadCodeRule, readonly [title: string, severity: Severity, reason: string]>> = {
  'unused-file': [
    'Unused file',
    3,
    'Nothing imports the file and no entry point leads to it: it is read, built and kept up for nothing. Delete it, or name it where use begins.',
  ],
  'unused-export': [
    'Unused export',
    2,
    'No other file takes the export. Drop the word `export`, or the whole declaration where its own file does not use it either.',
  ],
  'duplicate-export': [
    'Exported twice',
    1,
    'One thing under two names: readers look for a difference that is not there. Keep one name.',
  ],
  'unused-function': [
    'Unused function',
    3,
    'Neither a call nor a word leads to the function. Delete it: history keeps it.',
  ],
  'unused-method': [
    'Unused method',
    3,
    'No code names the method as a member. Delete it, or say where it is called from.',
  ],
  'unused-class': ['Unused class or type', 3, 'Nothing makes, extends or names the class or type. Delete it.'],
  'unused-parameter': [
    'Unused parameter',
    2,
    'The body does not name the parameter, and the function is free to drop it. Take it out, and out of the calls.',
  ],
  'unused-import': [
    'Unused import',
    2,
    'The imported name is not used in its file: it costs time to load and hides what the file depends on. Delete the import.',
  ],
  'unused-variable': [
    'Unused variable',
    2,
    'The variable is written and never read. Delete it, or use what it was meant for.',
  ],
  'unused-enum-member': [
    'Unused member of an enum',
    2,
    'No code reads the member, and the enum is never taken as a whole. Delete it.',
  ],
  'unused-type-member': ['Unused member of a type', 1, 'No code has the name. Delete the member.'],
  'unused-dependency': [
    'Unused dependency',
    3,
    'No import, script or setting names the package: it is installed, updated and audited for nothing. Remove it.',
  ],
  'unlisted-dependency': [
    'Unlisted dependency',
    4,
    'The package is imported and no manifest lists it: it works only while another package happens to bring it. List it.',
  ],
  'unlisted-binary': [
    'Unlisted program',
    3,
    'A script starts a program that no listed package brings: it fails on a fresh checkout. List the package that brings it.',
  ],
  'unresolved-import': [
    'Import that leads nowhere',
    4,
    'No file answers to the import: the program fails when it gets there. Correct the path, or delete the import.',
  ],
};

const aliases: Readonly<Record<string, readonly string[]>> = {
  'unused-import': [
    'F401',
    'W0611',
    'no-unused-vars',
    '@typescript-eslint/no-unused-vars',
    'unused-imports/no-unused-imports',
    'lint/correctness/noUnusedImports',
  ],
  'unused-parameter': [
    'ARG001',
    'ARG002',
    'W0613',
    'no-unused-vars',
    '@typescript-eslint/no-unused-vars',
    'lint/correctness/noUnusedFunctionParameters',
  ],
  'unused-variable': ['no-unused-vars', '@typescript-eslint/no-unused-vars', 'lint/correctness/noUnusedVariables'],
  'unused-function': ['no-unused-vars', '@typescript-eslint/no-unused-vars', 'lint/correctness/noUnusedVariables'],
};

const rules: readonly RuleMeta[] = Object.entries(texts).map(([id, [title, severity, reason]]) => ({
  id,
  title,
  reason,
  category: 'dead-code',
  severity,
  references: [],
  languages: ['python', 'javascript', 'typescript', 'jsx', 'tsx', 'vue', 'svelte'],
  ...(aliases[id] && { aliases: aliases[id] }),
  roles: ['source', 'test'],
}));

export const source: FindingSource = {
  name: 'dead code: entry points by the project’s own configuration, the graph, the words of the code',
  rules,
  ofTree: true,
  async find({ snapshot, tree, memory, isOn, signal }) {
    const found = await memory.deadCode.find(snapshot, tree, signal);
    return found.flatMap((each) => {
      const { rule, message, place, symbol, related, identity, severity, confidence, minutes } = each;
      if (confidence < SURE || !isOn(rule)) return [];
      const problem: FoundProblem = {
        message,
        place,
        confidence,
        ...(symbol !== undefined && { symbol }),
        ...(related && { related }),
        ...(identity !== undefined && { identity }),
        ...(severity && { severity }),
        ...(minutes !== undefined && { minutes }),
      };
      return [{ rule, problem }];
    });
  },
};
