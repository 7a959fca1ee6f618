/** Each rule's examples: `bad` is found, `good` is not, and its edits make `fixed` of `bad`. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInRules } from '../../src/rules/registry.ts';
import { looksBeyondFile, type Rule, type RuleExample } from '../../src/rules/rule.ts';
import { extensions, findingsIn, problemsOf } from './run-rules.ts';

const folder = path.resolve(import.meta.dirname, '../../src/rules');

async function countIn(rule: Rule, example: RuleExample, side: 'bad' | 'good'): Promise<number> {
  const text = example[side];
  if (!looksBeyondFile(rule)) return (await problemsOf(rule, text, example.language)).length;
  const own = `example.${extensions[example.language]}`;
  const { findings, failures } = await findingsIn(
    [rule],
    { ...example.files, [own]: text },
    {
      check: example.check,
      ...(example.history && { history: example.history[side] }),
    },
  );
  if (failures.length > 0) throw new Error(failures.map(({ message }) => message).join('\n'));
  return findings.filter((finding) => finding.rule === rule.id).length;
}

async function fixedBy(rule: Rule, { bad, language }: RuleExample): Promise<string> {
  const edits = (await problemsOf(rule, bad, language)).flatMap((problem) => problem.edits ?? []);
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: added }) => text.slice(0, start) + added + text.slice(end), bad);
}

describe('the registry of rules', () => {
  it('knows every rule in the folders, and no other', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file.includes(path.sep))
      .filter((file) => !file.startsWith('analysis'))
      .map((file) => path.basename(file, '.ts'));
    expect(builtInRules.map(({ id }) => id).toSorted()).toEqual(files.toSorted());
  });

  it('has rules that say what and why, and show it', () => {
    expect(builtInRules.length).toBeGreaterThan(0);
    for (const rule of builtInRules) {
      expect(rule.id, rule.id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      expect(rule.title, rule.id).toMatch(/^[A-Z`].*[^.]$/);
      expect(rule.reason, rule.id).toMatch(/\.$/);
      expect(rule.examples.length, rule.id).toBeGreaterThan(0);
      if (rule.ecmascript ?? rule.tree ?? rule.markup) expect(rule.languages.length, rule.id).toBeGreaterThan(0);
    }
    expect(new Set(builtInRules.map(({ id }) => id)).size).toBe(builtInRules.length);
  });
});

describe.each(builtInRules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  it.each(rule.examples.map((example, index) => [`${example.language} ${index + 1}`, example] as const))(
    '%s',
    async (_name, example) => {
      expect(await countIn(rule, example, 'bad'), `bad:\n${example.bad}`).toBe(example.count ?? 1);
      expect(await countIn(rule, example, 'good'), `good:\n${example.good}`).toBe(0);
      if (example.fixed !== undefined) expect(await fixedBy(rule, example)).toBe(example.fixed);
    },
  );
});
