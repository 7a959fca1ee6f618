/** What a SCIP file says about occurrences of symbols. The bindings are those that scip-typescript ships. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Occurrence, Oracle, Place } from './oracle.ts';

interface ScipBindings {
  readonly scip: { readonly Index: { deserializeBinary(bytes: Uint8Array): { toObject(): RawIndex } } };
}
interface RawIndex {
  readonly metadata?: { readonly tool_info?: { readonly name?: string; readonly version?: string } };
  readonly documents?: readonly { readonly relative_path?: string; readonly occurrences?: readonly RawOccurrence[] }[];
}
interface RawOccurrence {
  /** Zero-based: line, column, [end line,] end column. */
  readonly range?: readonly number[];
  readonly symbol?: string;
  readonly symbol_roles?: number;
}

const DEFINITION = 1;

export function readScip(file: string): Oracle & { readonly tool: string } {
  const { scip } = createRequire(import.meta.url)('@sourcegraph/scip-typescript/dist/src/scip.js') as ScipBindings;
  const index = scip.Index.deserializeBinary(readFileSync(file)).toObject();
  const uses = new Map<string, Occurrence[]>();
  const definitions = new Map<string, Place[]>();
  for (const { relative_path: path = '', occurrences = [] } of index.documents ?? []) {
    const found: Occurrence[] = [];
    uses.set(path, found);
    for (const { range = [], symbol = '', symbol_roles: roles = 0 } of occurrences) {
      const occurrence = {
        file: path,
        line: range[0]! + 1,
        column: range[1]! + 1,
        endColumn: range.at(-1)! + 1,
        symbol: symbol.startsWith('local ') ? `${path} ${symbol}` : symbol,
      };
      if ((roles & DEFINITION) === 0) found.push(occurrence);
      else definitions.set(occurrence.symbol, [...(definitions.get(occurrence.symbol) ?? []), occurrence]);
    }
  }
  const { name = 'scip', version = '' } = index.metadata?.tool_info ?? {};
  return { tool: `${name} ${version}`, uses, definitions };
}
