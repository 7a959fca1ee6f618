import { StoredSnapshot } from '#index/stored-snapshot.ts';
import type { IndexedFile } from '#index/indexed-file.ts';
import type { FileFacts } from '#model/facts.ts';
import { decodeFacts } from '#model/facts-codec.ts';
import type { Snapshot } from '#model/snapshot.ts';
import type { SourceFile } from '#model/source-file.ts';
import { factsKey, type FactsStore } from '#stores/facts-store.ts';
import { unpack } from '#stores/pack.ts';
import { type Connection, noteDamage } from '#stores/sqlite.ts';
import { readSource } from '#scan/read-source.ts';
import { Recent } from './recent.ts';

export interface SnapshotRequest {
  readonly root: string;
  readonly connection: Connection;
  /** Opened when facts are first asked for. */
  readonly facts: () => FactsStore;
  /** When the tree was compared; undefined: when the index was written. */
  readonly asOf: number | undefined;
}

/** Facts and texts by content: the next snapshot of a tree asks for the same ones. Bytes, and UTF-16 units. */
const recentFacts = new Recent<FileFacts>(12_000_000);
const recentTexts = new Recent<string>(6_000_000);

/** Holds the revision that the connection sees from now on; owns the connection and the facts store. */
export function openSnapshot({ root, connection, facts, asOf }: SnapshotRequest): Snapshot {
  if (!connection.inTransaction) connection.begin('DEFERRED');
  let store: FactsStore | undefined;
  const snapshot = new StoredSnapshot({
    root,
    connection,
    asOf,
    facts: (file) => {
      const key = factsKey(file);
      const known = recentFacts.get(key);
      if (known) return known;
      store ??= facts();
      const packed = store.get(file);
      const bytes = packed && unpack(packed);
      const decoded = bytes && decodeFacts(bytes);
      // The next refresh then makes the index, and with it these facts, anew.
      if (!decoded) noteDamage(connection.path);
      else recentFacts.put(key, decoded, bytes.length);
      return decoded;
    },
    text: (file) => {
      const key = `${root}\0${file.path}\0${file.hash}`;
      const known = recentTexts.get(key);
      if (known !== undefined) return known;
      const read = readSource(root, asSource(file), Number.MAX_SAFE_INTEGER);
      if (read.kind !== 'read' || read.content.hash !== file.hash) return undefined;
      recentTexts.put(key, read.content.text, read.content.text.length);
      return read.content.text;
    },
    onClose: () => store?.close(),
  });
  return snapshot;
}

function asSource({ path, language, roles, stamp, rawPath }: IndexedFile): SourceFile {
  return { path, language, roles, stamp, ...(rawPath === undefined ? {} : { rawPath }) };
}
