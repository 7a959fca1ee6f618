/** Sorts what parsing yields: what is new, what is as before, what is refused. */
import type { Emit } from '#base/progress.ts';
import { TrowelError } from '#base/errors.ts';
import type { IndexedFile } from '#index/indexed-file.ts';
import type { ParsedFile, RefusedFile } from '#index/index-writer.ts';
import type { LinkableFile } from '#link/linker.ts';
import { decodeFacts } from '#model/facts-codec.ts';
import type { FileRole, SourceFile } from '#model/source-file.ts';
import type { FactsKey } from '#stores/facts-store.ts';
import { isRacy, sameStamp } from './compare-tree.ts';
import type { ParseOutcome } from './parse-protocol.ts';

type Parsed = Extract<ParseOutcome, { kind: 'parsed' }>;

export interface TouchedFile {
  readonly source: SourceFile;
  readonly roles: readonly FileRole[];
  readonly racy: boolean;
}

export interface IntakeStart {
  readonly emit: Emit;
  /** When the walk began, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly indexed: ReadonlyMap<string, IndexedFile>;
  readonly removed: readonly string[];
  readonly refused: readonly RefusedFile[];
}

export class Intake {
  readonly changed: LinkableFile[] = [];
  readonly touched: TouchedFile[] = [];
  /** What search knows of each file that was read, by path. */
  readonly segments = new Map<string, Uint8Array>();
  /** Files whose segments come later, by their place in the run. */
  readonly late = new Map<number, { readonly source: SourceFile; readonly hash: string }>();
  /** Parsed and not yet written. */
  unwritten: ParsedFile[] = [];
  unstoredBytes = 0;
  readonly refused: RefusedFile[];
  readonly removed: string[];
  reused = 0;
  /** Every file was read as the walk saw it, and none may change again under the same stamp. */
  settled = true;
  added = 0;
  /** Facts that facts.db does not have yet. */
  #unstored: [FactsKey, Uint8Array][] = [];
  readonly #start: IntakeStart;

  constructor(start: IntakeStart) {
    this.#start = start;
    this.refused = [...start.refused];
    this.removed = [...start.removed];
  }

  takeUnstored(): readonly (readonly [FactsKey, Uint8Array])[] {
    const taken = this.#unstored;
    this.#unstored = [];
    this.unstoredBytes = 0;
    return taken;
  }

  refuse(source: SourceFile, { reason, detail }: Extract<ParseOutcome, { kind: 'skipped' }>): void {
    // What was racing with the read is looked at again next time.
    const settled =
      reason !== 'changed-while-read' && reason !== 'vanished' && !isRacy(source.stamp, this.#start.startedAt);
    if (!settled) this.settled = false;
    this.refused.push({
      path: source.path,
      reason,
      ...(detail === undefined ? {} : { detail }),
      stamp: settled ? source.stamp : undefined,
    });
    if (this.#start.indexed.has(source.path)) this.removed.push(source.path);
  }

  take(
    walked: SourceFile,
    { index, hash, bytes, file, declarations, encoded, packed, segment, warnings, failed }: Parsed,
  ): void {
    const { language, roles, stamp } = file;
    const source: SourceFile = { ...walked, stamp };
    const racy = isRacy(stamp, this.#start.startedAt);
    if (racy || !sameStamp(stamp, walked.stamp)) this.settled = false;
    const old = this.#start.indexed.get(source.path);
    for (const message of warnings) this.#start.emit({ type: 'warning', message, path: source.path });
    if (packed) {
      this.#unstored.push([{ hash, language, declarations, failed }, packed]);
      this.unstoredBytes += packed.byteLength;
    } else this.reused++;
    if (segment) this.segments.set(source.path, segment);
    else this.late.set(index, { source, hash });
    if (old && isSameKey(old, { hash, language, declarations, failed })) {
      this.touched.push({ source, roles, racy });
      return;
    }
    const facts = decodeFacts(encoded);
    if (!facts) throw new TrowelError('index-damaged', `The facts of ${source.path} cannot be read.`);
    if (!old) this.added++;
    this.changed.push({ path: source.path, roles, facts });
    this.unwritten.push({ source, language, roles, declarations, failed, hash, bytes, racy, facts });
  }
}

function isSameKey(a: FactsKey, b: FactsKey): boolean {
  return a.hash === b.hash && a.language === b.language && a.declarations === b.declarations && a.failed === b.failed;
}
