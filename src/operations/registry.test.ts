import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandShape } from './flags.ts';
import { globalFlags } from './global-flags.ts';
import { operationCatalogue } from './registry.ts';

const inFolder = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .filter((name) => /^export const operation\b/m.test(readFileSync(path.join(import.meta.dirname, name), 'utf8')))
  .map((name) => name.replace(/\.ts$/, ''));

describe('the registry of operations', () => {
  it('knows every operation in the folder, and no other', () => {
    expect([...operationCatalogue.names].toSorted()).toEqual(inFolder.toSorted());
  });

  it('knows no name of an object', async () => {
    expect(await operationCatalogue.load('constructor')).toBeUndefined();
    expect(await operationCatalogue.load('__proto__')).toBeUndefined();
  });

  it('offers models only inputs that there are, under names of their own', async () => {
    const operations = await Promise.all(operationCatalogue.names.map((name) => operationCatalogue.load(name)));
    const offered = operations.flatMap((operation) => (operation?.tool ? [{ operation, tool: operation.tool }] : []));
    expect(offered.length).toBeGreaterThan(4);
    for (const { operation, tool } of offered) {
      expect(Object.keys(operation.input.shape)).toEqual(expect.arrayContaining([...tool.takes]));
      expect(Object.keys(operation.input.shape)).toEqual(expect.arrayContaining(Object.keys(tool.given ?? {})));
    }
    const names = offered.map(({ operation, tool }) => tool.name ?? operation.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(operationCatalogue.names)('%s says what it is and works as a command', async (name) => {
    const operation = await operationCatalogue.load(name);
    if (!operation) throw new Error('not loaded');
    expect(operation.name).toBe(name);
    expect(operation.summary).toMatch(/^[A-Z].*\.$/);
    expect(operation.examples.length).toBeGreaterThan(0);
    for (const { command } of operation.examples) expect(command).toMatch(new RegExp(`^trowel( |$)(${name}\\b)?`));
    const { positionals, flags } = commandShape(operation);
    for (const flag of [...positionals, ...flags]) expect(flag.description, flag.name).not.toBe('');
    const taken = globalFlags.map((flag) => flag.name as string);
    for (const flag of flags) expect(taken, 'a global flag').not.toContain(flag.name);
    // Only the last positional can take the rest; behind an optional one nothing can be required.
    expect(positionals.slice(0, -1).filter(({ repeated }) => repeated)).toEqual([]);
    const required = positionals.map((slot) => slot.required);
    expect(required).toEqual(required.toSorted((a, b) => Number(b) - Number(a)));
  });
});
