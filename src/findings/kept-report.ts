/** What was found in a tree, kept until something that it was made from is another: then nothing is judged again. */
import { findingsIdentity } from '#base/build-identity.ts';
import { contentHash } from '#base/hash.ts';
import type { Config } from '#config/schema.ts';
import type { CustomRuleFile } from '#judge/custom/load-rules.ts';
import type { Suppression } from '#judge/suppressions.ts';
import type { Finding } from '#model/finding.ts';
import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import type { RuleMeta } from '#rules/rule.ts';
import type { JudgementStore } from '#stores/judgement-store.ts';
import { rulesIdentity } from './judge-files.ts';
import type { OutsideReads, TreeReads } from './tree-reads.ts';

export interface RuleFailure {
  readonly rule: string;
  readonly path: string;
  readonly message: string;
}

/** The part of a report that the tree and the settings decide, before suppressions. */
export interface KeptReport {
  readonly found: readonly Finding[];
  /** Of the files that have any. */
  readonly suppressions: readonly (readonly [path: string, suppressions: readonly Suppression[]])[];
  readonly failures: readonly RuleFailure[];
  readonly judgedFiles: number;
  readonly partialFiles: readonly string[];
}

/** More is not kept: reading it back would cost as much as finding it. */
const MOST_FINDINGS = 50_000;

/** Of all that a snapshot says: its files and their edges. */
function treeStamp(snapshot: Snapshot): string {
  const line = ({ path, hash, language, roles, edgesHash, partial }: FileRecord): string =>
    `${path}\0${hash}\0${language}\0${roles.join()}\0${edgesHash}\0${partial}`;
  const { level, partial } = snapshot.freshness;
  return contentHash(`${level}\0${partial}\n${snapshot.files().map(line).join('\n')}`);
}

export interface ReportParts {
  readonly store: JudgementStore;
  readonly tree: TreeReads;
  readonly snapshot: Snapshot;
  readonly config: Config;
  readonly scope: string;
  readonly custom: readonly CustomRuleFile[];
}

/** What is kept of these rules, those of engines as well, or what is found now, which is kept; without `find`, only the first. */
export async function keptReport(
  parts: ReportParts,
  rules: readonly RuleMeta[],
  find: (() => Promise<KeptReport>) | undefined,
): Promise<KeptReport | undefined> {
  const { store, tree } = parts;
  const key = reportKey(parts, rules);
  const known = readKept(store, key, tree);
  if (known || !find) return known;
  const report = await find();
  // What failed is tried again the next time.
  if (report.found.length <= MOST_FINDINGS && report.failures.length === 0)
    store.keepReport(key, JSON.stringify({ ...report, outside: tree.outside }));
  return report;
}

function reportKey({ snapshot, config, scope, custom }: ReportParts, rules: readonly RuleMeta[]): string {
  const { rules: own, folders, layers } = config.check;
  const settings = JSON.stringify([scope, own, folders, layers]);
  return contentHash([findingsIdentity, rulesIdentity(rules, custom), settings, treeStamp(snapshot)].join('\n'));
}

function readKept(store: JudgementStore, key: string, tree: TreeReads): KeptReport | undefined {
  const text = store.report(key);
  if (text === undefined) return undefined;
  try {
    const { outside, ...report } = JSON.parse(text) as KeptReport & { readonly outside: OutsideReads };
    return tree.stillHolds(outside) ? report : undefined;
  } catch {
    return undefined;
  }
}
