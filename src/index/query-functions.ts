/** What the views' functions answer, read from the index and its facts; kept per file. */
import type { Connection } from '#stores/sqlite.ts';
import type { FileFacts } from '#model/facts.ts';
import { SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { keyedRows, localKeys } from '#model/symbol-key.ts';
import { idsOf } from './id-runs.ts';
import { type IndexedFile, readIndexedFiles } from './indexed-file.ts';
import type { queryFunctions } from './query-views.ts';

interface KnownFile {
  readonly file: IndexedFile;
  readonly rowOf: ReadonlyMap<number, number>;
  readonly facts: FileFacts;
  readonly keys: readonly string[];
}

type Answer = (id: number | null) => string | null;

export function makeQueryFunctions(
  connection: Connection,
  factsOf: (file: IndexedFile) => FileFacts | undefined,
): Readonly<Record<(typeof queryFunctions)[number], Answer>> {
  const files = new Map(readIndexedFiles(connection).map((file) => [file.id, file]));
  const known = new Map<number, KnownFile | undefined>();
  const fileOf = (id: number): KnownFile | undefined => {
    const number = connection.rows<[number]>('SELECT file FROM main.symbols WHERE id = ?', id)[0]?.[0];
    const file = number === undefined ? undefined : files.get(number);
    if (!file) return undefined;
    if (!known.has(file.id)) {
      const facts = factsOf(file);
      known.set(
        file.id,
        facts && {
          file,
          facts,
          keys: localKeys(keyedRows(facts)),
          rowOf: new Map([...idsOf(file.ids)].map((one, row) => [one, row])),
        },
      );
    }
    return known.get(file.id);
  };
  const of =
    (answer: (home: KnownFile, row: number) => string | null): Answer =>
    (id) => {
      const home = id === null ? undefined : fileOf(Number(id));
      return home ? answer(home, home.rowOf.get(Number(id))!) : null;
    };
  const text = (column: number): Answer =>
    of(({ facts }, row) => {
      const index = facts.symbols[row * SYMBOL_STRIDE + column]!;
      return index < 0 ? null : (facts.strings[index] ?? null);
    });
  return {
    symbol_key: of(({ file, keys }, row) => `${file.path}#${keys[row]!}`),
    symbol_nesting: of(({ keys }, row) => keys[row]!.slice(0, keys[row]!.lastIndexOf(':'))),
    symbol_signature: text(SymbolColumn.signature),
    symbol_documentation: text(SymbolColumn.documentation),
    symbol_return_type: text(SymbolColumn.returnType),
  };
}
