import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { frameworkIds, loadFramework } from './registry.ts';
import { parseEvents } from './suite-events.ts';

it('the registry is the folder', () => {
  const others = ['registry', 'suite-events', 'test-framework', 'json-text', 'mocha-command-line'];
  const members = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => name.slice(0, -3))
    .filter((name) => !others.includes(name));
  expect(frameworkIds.map((id) => id.replace(':', '-')).sort()).toEqual(members.sort());
});

it.each(frameworkIds)('%s names a command for its plan and knows its test files', async (id) => {
  const framework = (await loadFramework(id))!;
  const { program, arguments: words } = framework.command({
    harness: '/t/h',
    plan: '/t/p.json',
    folder: '/t',
    testFiles: [],
  });
  expect(program).toBe(framework.language === 'python' ? 'python' : 'node');
  expect(words.at(-1)).toBe('/t/p.json');
  expect(words.some((word) => word.startsWith('/t/h/run'))).toBe(true);
  expect(framework.signs.test('nothing of it')).toBe(false);
});

it('events: lines of others and half lines are passed over', () => {
  const text = `noise\n{"event":"mutant","mutant":3,"status":"killed","by":[],"tests":1,"milliseconds":2}\n{"event":"mutant","mutant":"x","status":"killed"}\n{"event":"mutant","mutant":4,"status":"praised"}\n[1]\n{"event":"done"}\n{"event":"te`;
  expect(parseEvents(text).map(({ event }) => event)).toEqual(['mutant', 'done']);
});
