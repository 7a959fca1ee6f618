/** What people decided of debt, and what earlier scans saw: kept in state.db by fingerprint, never rebuilt. */
import { openStateStore } from '#stores/state-store.ts';
import type { DebtStatus } from './debt.ts';
import type { KnownItem } from './rank-debt.ts';

export interface DebtScan {
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly commit: string;
  readonly revision: string;
  readonly findings: number;
  readonly minutes: number;
  readonly codeLines: number;
  /** Findings by category. */
  readonly byCategory: Readonly<Record<string, number>>;
}

interface ItemRow {
  readonly fingerprint: string;
  readonly status: string;
  readonly note: string | null;
  readonly first_seen: number;
}

export class DebtState {
  readonly #store: ReturnType<typeof openStateStore>;

  constructor(indexFolder: string) {
    this.#store = openStateStore(indexFolder);
  }

  items(): Map<string, KnownItem> {
    const rows = this.#store.all<ItemRow>('SELECT fingerprint, status, note, first_seen FROM debt_items');
    return new Map(
      rows.map((row) => [
        row.fingerprint,
        { status: row.status as DebtStatus, note: row.note ?? undefined, firstSeen: row.first_seen },
      ]),
    );
  }

  scans(): DebtScan[] {
    return this.#store
      .all<{
        time: number;
        commit_hash: string;
        revision: string;
        findings: number;
        minutes: number;
        code_lines: number;
        by_category: string;
      }>('SELECT time, commit_hash, revision, findings, minutes, code_lines, by_category FROM debt_scans ORDER BY time')
      .map((row) => ({
        time: row.time,
        commit: row.commit_hash,
        revision: row.revision,
        findings: row.findings,
        minutes: row.minutes,
        codeLines: row.code_lines,
        byCategory: JSON.parse(row.by_category) as Record<string, number>,
      }));
  }

  decide(fingerprint: string, status: DebtStatus, note: string | undefined, now: number): void {
    this.#store.run(
      `INSERT INTO debt_items (fingerprint, status, note, first_seen, last_seen) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (fingerprint) DO UPDATE SET status = excluded.status, note = coalesce(excluded.note, note)`,
      fingerprint,
      status,
      note ?? null,
      now,
      now,
    );
  }

  /** What is there is seen; what was open and is gone is resolved. One scan a revision: the latest stands for it. */
  record(fingerprints: readonly string[], scan: DebtScan): void {
    this.#store.transaction(() => {
      for (const fingerprint of fingerprints)
        this.#store.run(
          `INSERT INTO debt_items (fingerprint, status, note, first_seen, last_seen) VALUES (?, 'open', NULL, ?, ?)
           ON CONFLICT (fingerprint) DO UPDATE SET last_seen = excluded.last_seen,
             status = CASE status WHEN 'resolved' THEN 'open' ELSE status END`,
          fingerprint,
          scan.time,
          scan.time,
        );
      this.#store.run(
        `UPDATE debt_items SET status = 'resolved' WHERE last_seen < ? AND status IN ('open', 'in-progress')`,
        scan.time,
      );
      this.#store.run('DELETE FROM debt_scans WHERE revision = ?', scan.revision);
      this.#store.run(
        'INSERT INTO debt_scans (time, commit_hash, revision, findings, minutes, code_lines, by_category) VALUES (?, ?, ?, ?, ?, ?, ?)',
        scan.time,
        scan.commit,
        scan.revision,
        scan.findings,
        scan.minutes,
        scan.codeLines,
        JSON.stringify(scan.byCategory),
      );
    });
  }

  close(): void {
    this.#store.close();
  }
}
