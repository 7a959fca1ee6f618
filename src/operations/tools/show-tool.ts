import { z } from 'zod';
import type { SymbolChoice, SymbolDescription } from '#model/inspection.ts';
import { related, some, withoutEmpty } from './places.ts';

const list = z.array(z.string()).optional();

/** What is known of one symbol, for a model. */
export const showOutput = z.object({
  status: z.enum(['symbol', 'ambiguous']),
  choices: list,
  key: z.string().optional(),
  kind: z.string().optional(),
  place: z.string().optional(),
  signature: z.string().optional(),
  documentation: z.string().optional(),
  source: z.string().optional(),
  members: list,
  callers: list,
  callees: list,
  bases: list,
  derived: list,
  usedBy: list,
  tests: list,
});

/** Longer definitions are shown by their start: the rest is a file to read. Lines. */
const SOURCE_LINES = 120;

export function briefChoices(choices: readonly SymbolChoice[]): Record<string, unknown> {
  return { status: 'ambiguous', choices: some(choices, 20, ({ key, line }) => `${key} (line ${line})`) };
}

export function briefSymbol(description: SymbolDescription, limit: number): Record<string, unknown> {
  const { symbol, source, documentation, members, callers, callees, bases, derived, usedBy, tests } = description;
  return withoutEmpty({
    status: 'symbol',
    key: symbol.key,
    kind: symbol.kind,
    place: `${symbol.path}:${symbol.line}-${description.endLine}`,
    signature: symbol.signature,
    // Where the source stands, it says it itself.
    documentation: source === undefined ? documentation : undefined,
    source: source === undefined ? undefined : startOf(source),
    members: some(members, limit * 2, ({ name, line }) => `${name}:${line}`),
    callers: some(callers, limit, related),
    callees: some(callees, limit, related),
    bases: some(bases, limit, related),
    derived: some(derived, limit, related),
    usedBy: some(usedBy, limit, related),
    tests: some(tests, limit, related),
  });
}

function startOf(source: string): string {
  const lines = source.split('\n');
  return lines.length <= SOURCE_LINES
    ? source
    : `${lines.slice(0, SOURCE_LINES).join('\n')}\n… ${lines.length - SOURCE_LINES} more lines`;
}
