import { StoredSnapshot } from '#index/stored-snapshot.ts';
import type { IndexedFile } from '#index/indexed-file.ts';
import { decodeFacts } from '#model/facts-codec.ts';
import type { Snapshot } from '#model/snapshot.ts';
import type { SourceFile } from '#model/source-file.ts';
import type { FactsStore } from '#stores/facts-store.ts';
import { unpack } from '#stores/pack.ts';
import { type Connection, noteDamage } from '#stores/sqlite.ts';
import { readSource } from '#scan/read-source.ts';

export interface SnapshotRequest {
  readonly root: string;
  readonly connection: Connection;
  /** Opened when facts are first asked for. */
  readonly facts: () => FactsStore;
  /** When the tree was compared; undefined: when the index was written. */
  readonly asOf: number | undefined;
}

/** Holds the revision that the connection sees from now on; owns the connection and the facts store. */
export function openSnapshot({ root, connection, facts, asOf }: SnapshotRequest): Snapshot {
  if (!connection.inTransaction) connection.begin('DEFERRED');
  let store: FactsStore | undefined;
  const snapshot = new StoredSnapshot({
    root,
    connection,
    asOf,
    facts: (file) => {
      store ??= facts();
      const packed = store.get(file);
      const bytes = packed && unpack(packed);
      const decoded = bytes && decodeFacts(bytes);
      // The next refresh then makes the index, and with it these facts, anew.
      if (!decoded) noteDamage(connection.path);
      return decoded;
    },
    text: (file) => {
      const read = readSource(root, asSource(file), Number.MAX_SAFE_INTEGER);
      return read.kind === 'read' && read.content.hash === file.hash ? read.content.text : undefined;
    },
    onClose: () => store?.close(),
  });
  return snapshot;
}

function asSource({ path, language, roles, stamp, rawPath }: IndexedFile): SourceFile {
  return { path, language, roles, stamp, ...(rawPath === undefined ? {} : { rawPath }) };
}
