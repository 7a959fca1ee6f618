/** One check of a tree, from its snapshot to the report. */
import { TrowelError } from '#base/errors.ts';
import { judgeIdentity } from '#base/build-identity.ts';
import type { Emit } from '#base/progress.ts';
import { nearestName } from '#base/nearest-name.ts';
import type { Config } from '#config/schema.ts';
import type { CheckReport } from '#model/check.ts';
import type { Finding, FindingCategory } from '#model/finding.ts';
import type { HistoryFacts } from '#model/history.ts';
import type { Snapshot } from '#model/snapshot.ts';
import type { Rule, RuleMeta } from '#rules/rule.ts';
import { readRules } from '#judge/custom/read-rules.ts';
import { loadCustomRules } from '#judge/custom/load-rules.ts';
import { builtInRules } from '#rules/registry.ts';
import { openJudgementStore } from '#stores/judgement-store.ts';
import type { CustomRuleFile } from '#judge/custom/load-rules.ts';
import { customRuleFiles } from './custom-rule-files.ts';
import type { FindingSource } from './finding-source.ts';
import { readBaselineFile } from './baseline-file.ts';
import { collectFindings, type FindingsReport, type FindingsRequest, keptFindings } from './collect-findings.ts';
import { makeCheckReport } from './make-check-report.ts';
import { changedSince, findingsSince, resolveCommit } from './since.ts';
import { type LinterName, linterNames } from '#linters/registry.ts';
import { sarifSource } from './imported-sarif.ts';
import { linterSource } from './outside-linters.ts';
import { findingSources } from './sources/registry.ts';
import { suppressionRules } from './suppress.ts';
import { memoryOf } from './tree-memory.ts';

export interface CheckTreeRequest {
  readonly snapshot: Snapshot;
  readonly root: string;
  readonly scope: string;
  readonly config: Config;
  readonly asked: {
    readonly since?: string | undefined;
    readonly category: readonly FindingCategory[];
    readonly rule: readonly string[];
    readonly severity: number;
  };
  readonly onlyNew: boolean;
  /** The process stays and is asked again: the whole tree is judged by all rules, whatever part of the answer is shown. */
  readonly stays?: boolean;
  readonly indexFolder: string;
  /** Rules that are off unless turned on, and are asked here. */
  readonly optional?: (rule: RuleMeta) => boolean;
  /** Rules of the repository that are programs may be loaded. */
  readonly trustRules: boolean;
  /** Only rules for which it is true are asked: a view on the findings. */
  readonly wants?: NonNullable<FindingsRequest['wants']>;
  /** All findings are about to be accepted. */
  readonly acceptAll: boolean;
  /** Outside tools and where they may run; without it, none is run and none can be required. */
  readonly linters?: {
    readonly names: readonly LinterName[];
    readonly dataFolder: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
  };
  /** SARIF files of other tools, absolute. */
  readonly imports?: readonly string[];
  history(): Promise<HistoryFacts | undefined>;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** Findings of the whole tree as the last check left them, where nothing has changed since; undefined otherwise. Judges nothing. */
export async function lastFindings(request: CheckTreeRequest): Promise<readonly Finding[] | undefined> {
  if (judgeIdentity === 'source') return undefined;
  const { custom, loaded } = await rulesOf(request);
  const store = openJudgementStore(request.indexFolder);
  try {
    const { root } = request;
    const sources = await sourcesOf(request, []);
    const report = await keptFindings({ ...request, rules: loaded, custom, sources, store, memory: memoryOf(root) });
    return report?.findings;
  } finally {
    store?.close();
  }
}

async function rulesOf({ root, config, trustRules }: CheckTreeRequest): Promise<{
  readonly custom: readonly CustomRuleFile[];
  readonly loaded: readonly Rule[];
}> {
  const custom = customRuleFiles(root, config.check.custom, trustRules);
  return { custom, loaded: withOwn(await loadCustomRules(custom)) };
}

/** @param missing takes what is required and not there */
async function sourcesOf(request: CheckTreeRequest, missing: string[]): Promise<readonly FindingSource[]> {
  const { config } = request;
  const required = requiredOf(config);
  return [
    ...(await Promise.all(Object.values(findingSources).map(async (load) => (await load()).source))),
    linterSource(
      request.linters && {
        ...request.linters,
        names: linterNames.filter((name) => required.has(name) || request.linters!.names.includes(name)),
        required,
        sandbox: config.sandbox,
        missing,
      },
    ),
    sarifSource(request.imports ?? []),
  ];
}

export async function checkTree(request: CheckTreeRequest): Promise<CheckReport> {
  const { snapshot, root, config, asked, signal, acceptAll } = request;
  const missing: string[] = [];
  const sources = await sourcesOf(request, missing);
  const baseline = acceptAll ? undefined : readBaselineFile(root, config.check.baseline);
  const commit = asked.since === undefined ? undefined : await resolveCommit(root, asked.since, signal);
  const { custom, loaded } = await rulesOf(request);
  const { optional } = request;
  const rules = optional ? loaded.map((rule) => (optional(rule) ? { ...rule, optIn: false } : rule)) : loaded;
  for (const { from, text, module } of custom)
    if (module === undefined)
      for (const message of readRules(text, from).notes) request.emit({ type: 'warning', message });
  const known = new Set(
    [...rules, ...sources.flatMap((source) => source.rules), ...suppressionRules].map(({ id }) => id),
  );
  for (const id of asked.rule) if (!known.has(id)) throw unknownRule(id, [...known]);
  const store = judgeIdentity === 'source' ? undefined : openJudgementStore(request.indexFolder);
  let report: FindingsReport;
  try {
    report = await collectFindings({
      ...request,
      wants: wanted(request),
      rules,
      custom,
      sources,
      store,
      memory: memoryOf(root),
    });
  } finally {
    store?.close();
  }
  if (requiredOf(config).has('history') && (await request.history()) === undefined)
    missing.push('history: the tree has no git history that can be read');
  let ofChange: ReadonlySet<Finding> | undefined;
  if (commit !== undefined) {
    const changed = await changedSince(root, commit, signal);
    ofChange = new Set(
      await findingsSince(report.findings, { root, commit, changed, snapshot, rules: report.askedRules, signal }),
    );
  }
  return makeCheckReport({
    report,
    snapshot,
    baseline,
    baselinePath: config.check.baseline,
    wroteBaseline: acceptAll,
    since: commit,
    ofChange: acceptAll ? new Set() : ofChange,
    gate: config.check.gate,
    isWhole:
      request.scope === '' && request.wants === undefined && asked.category.length === 0 && asked.rule.length === 0,
    keep: ({ severity, category, rule }) =>
      severity >= asked.severity &&
      (asked.category.length === 0 || asked.category.includes(category)) &&
      (asked.rule.length === 0 || asked.rule.includes(rule)),
    onlyNew: request.onlyNew,
    missing,
  });
}

/** The rules of what is asked: none other is judged. Undefined for all. */
function wanted({ wants, stays, asked: { category, rule } }: CheckTreeRequest): FindingsRequest['wants'] {
  if (stays === true || (category.length === 0 && rule.length === 0)) return wants;
  return (meta) =>
    (wants?.(meta) ?? true) &&
    (category.length === 0 || category.includes(meta.category)) &&
    (rule.length === 0 || rule.includes(meta.id));
}

/** What `check.require` names; a name that is no source is an error. */
function requiredOf(config: Config): ReadonlySet<string> {
  const known: readonly string[] = ['history', ...linterNames];
  const unknown = config.check.require.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const near = nearestName(unknown, known);
    throw new TrowelError('config-invalid', `check.require: there is no source ${unknown}.`, {
      hint: near === undefined ? `There are ${known.join(', ')}.` : `Did you mean ${near}?`,
    });
  }
  return new Set(config.check.require);
}

function withOwn(own: readonly Rule[]): readonly Rule[] {
  const known = new Set(builtInRules.map(({ id }) => id));
  for (const { id } of own) {
    if (known.has(id))
      throw new TrowelError('rule-invalid', `There are two rules with the name ${id}.`, {
        hint: 'Built-in rules are in docs/rules.md; give yours another name.',
      });
    known.add(id);
  }
  return [...builtInRules, ...own];
}

function unknownRule(id: string, known: readonly string[]): TrowelError {
  const near = nearestName(id, known);
  return new TrowelError(
    'usage',
    `There is no rule ${id}.`,
    near === undefined ? {} : { hint: `Did you mean ${near}?` },
  );
}
