/** Joins the index, the rules and the other engines to findings: what `check` and its views show. */
import type { Emit } from '#base/progress.ts';
import type { Config } from '#config/schema.ts';
import { codeShape, fingerprintOf, normalisedCode } from '#judge/fingerprint.ts';
import type { CustomRuleFile } from '#judge/custom/load-rules.ts';
import type { Finding, FoundProblem, Severity } from '#model/finding.ts';
import type { HistoryFacts } from '#model/history.ts';
import type { Snapshot } from '#model/snapshot.ts';
import type { FileNotes, JudgedRole, Project, Rule, RuleMeta } from '#rules/rule.ts';
import type { JudgementStore } from '#stores/judgement-store.ts';
import type { FindingSource, SourcedProblem } from './finding-source.ts';
import { judgedRole } from './judged-role.ts';
import { architectureOf } from './declared-layers.ts';
import { projectHistory } from './project-history.ts';
import { judgeFiles, type JudgedFileRecord, rulesIdentity } from './judge-files.ts';
import { keptReport, type KeptReport, type RuleFailure } from './kept-report.ts';
import { type RuleSettings, ruleSettings } from './rule-settings.ts';
import { applySuppressions, type SuppressedFinding, suppressionRules } from './suppress.ts';
import { TextLines } from './text-lines.ts';
import { TreeMemory } from './tree-memory.ts';
import { TreeReads } from './tree-reads.ts';

export interface FindingsRequest {
  readonly snapshot: Snapshot;
  readonly root: string;
  /** The part of the tree that is asked about; empty for all of it. */
  readonly scope: string;
  readonly config: Config;
  readonly rules: readonly Rule[];
  /** The files that some of them come from. */
  readonly custom?: readonly CustomRuleFile[];
  /** Where judgements and reports are kept between runs. */
  readonly store?: JudgementStore | undefined;
  /** What the process knows of the tree from before; without it, all is found anew. */
  readonly memory?: TreeMemory | undefined;
  readonly sources: readonly FindingSource[];
  /** The whole tree is judged, and the scope is shown. */
  readonly stays?: boolean | undefined;
  history(): Promise<HistoryFacts | undefined>;
  /** Only rules for which it is true are asked. */
  readonly wants?: ((rule: RuleMeta) => boolean) | undefined;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

export interface FindingsReport {
  /** By path and place. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly rules: ReadonlyMap<string, RuleMeta>;
  /** Those that judged files and the graph. */
  readonly askedRules: readonly Rule[];
  readonly failures: readonly RuleFailure[];
  readonly judgedFiles: number;
  /** Files that parse only in part: absences in them prove nothing. */
  readonly partialFiles: readonly string[];
  /** What it was made from, for every report to say. */
  readonly inputs: readonly string[];
}

export async function collectFindings(request: FindingsRequest): Promise<FindingsReport> {
  return (await collect(request, true))!;
}

/** What was found when the tree and the settings were as they are now; undefined where that is not kept. Nothing is judged. */
export function keptFindings(request: FindingsRequest): Promise<FindingsReport | undefined> {
  return collect(request, false);
}

async function collect(given: FindingsRequest, mayJudge: boolean): Promise<FindingsReport | undefined> {
  const request = given.stays ? { ...given, scope: '' } : given;
  const { snapshot, root, config, scope, store, wants = () => true } = request;
  const metas = [...request.rules, ...request.sources.flatMap(({ rules }) => rules), ...suppressionRules];
  const byId = new Map<string, RuleMeta>(metas.map((rule) => [rule.id, rule]));
  const files = snapshot.files();
  const settings = ruleSettings(
    config.check,
    metas,
    files.map(({ path }) => path),
  );
  const roles = new Map(files.map((file) => [file.path, judgedRole(file)]));
  const allRules = request.rules.filter((rule) => settings.isOn(rule));
  const rules = allRules.filter(wants);
  const isAsked = (rule: RuleMeta): boolean => settings.isOn(rule) && wants(rule);
  const isUnder = (folder: string, path: string): boolean =>
    folder === '' || path === folder || path.startsWith(`${folder}/`);
  const inScope = (path: string): boolean => isUnder(scope, path);
  const isShown = (path: string): boolean => isUnder(given.scope, path);
  const tree = new TreeReads(snapshot, root);
  const facts = rules.some(({ evidence }) => evidence === 'history') ? await request.history() : undefined;
  const memory = request.memory ?? new TreeMemory();
  const project: Project = {
    snapshot,
    files,
    ofContent: (...given) => memory.ofContent(...given),
    role: (path) => roles.get(path),
    architecture: architectureOf(config.check.layers),
    history: facts && projectHistory(facts, (path) => roles.get(path) === 'source'),
  };
  // What is declared required gates: the source is there, or the check ends with 2.
  const isRequired = ({ evidence }: RuleMeta): boolean =>
    evidence === 'history' && config.check.require.includes('history');
  const finish = finisher(snapshot, settings, byId, roles, isRequired);
  const joined: Joined = { request, tree, memory, project, isAsked, finish };

  const ofTree = (): Promise<KeptReport> =>
    findInTree(joined, { rules: rules.filter(isOfTree), allRules: allRules.filter(isOfTree), roles, inScope });
  // Programs of the repository may look at anything.
  const isKept = store !== undefined && !(request.custom ?? []).some(({ module }) => module !== undefined);
  const kept = isKept
    ? await keptReport(
        { store, tree, snapshot, config, scope, custom: request.custom ?? [] },
        metas.filter((meta) => isAsked(meta) && isOfTree(meta)),
        mayJudge ? ofTree : undefined,
      )
    : await (mayJudge ? ofTree() : undefined);
  if (!kept) return undefined;
  const failures = [...kept.failures];
  const late = [
    ...projectProblems(
      rules.filter((rule) => !isOfTree(rule)),
      [],
      project,
      failures,
    ),
    ...(await sourceProblems(joined, false)),
  ];
  const found = withoutEchoes(
    late.length === 0 ? kept.found : [...kept.found, ...late.map(finish).filter((finding) => finding !== undefined)],
    byId,
  );
  const suppressions = new Map(kept.suppressions);
  const { kept: open, suppressed, problems: idle } = applySuppressions(found, suppressions, byId);
  // A view asks some rules only: what the others would have used is not useless.
  const asked = new Set(metas.filter(isAsked).map(({ id }) => id));
  const ofSuppressions = idle
    .filter(
      ({ rule, names }) => asked.has(rule) && (request.wants === undefined || names.every((name) => asked.has(name))),
    )
    .map(finish)
    .filter((finding) => finding !== undefined);
  return {
    findings: [...open, ...ofSuppressions].filter(({ place }) => isShown(place.path)).sort(byPlace),
    suppressed: suppressed.filter(({ finding }) => isShown(finding.place.path)),
    rules: byId,
    askedRules: rules,
    failures: failures.filter(({ path }) => path === '' || isShown(path)),
    judgedFiles: kept.judgedFiles,
    partialFiles: kept.partialFiles.filter(isShown),
    inputs: [
      `${files.length} files of the tree at ${snapshot.freshness.revision}`,
      `${rules.length} rules`,
      ...(facts ? [`${facts.hashes.length} commits up to ${facts.head.slice(0, 12)}`] : []),
      ...request.sources
        .filter((source) => source.rules.some(isAsked))
        .map(({ name }) => name)
        .filter((name) => name !== ''),
    ],
  };
}

/** What joins the parts of one question. */
interface Joined {
  readonly request: FindingsRequest;
  readonly tree: TreeReads;
  readonly memory: TreeMemory;
  readonly project: Project;
  isAsked(rule: RuleMeta): boolean;
  finish(sourced: SourcedProblem): Finding | undefined;
}

/** Answers that the tree and the settings decide, and nothing else. */
function isOfTree({ evidence = 'tree' }: RuleMeta): boolean {
  return evidence === 'tree';
}

interface TreeQuestion {
  readonly rules: readonly Rule[];
  readonly allRules: readonly Rule[];
  readonly roles: ReadonlyMap<string, JudgedRole | undefined>;
  inScope(path: string): boolean;
}

/** Judges the tree: the rules, and the engines that look at nothing but the tree. */
async function findInTree(joined: Joined, { rules, allRules, roles, inScope }: TreeQuestion): Promise<KeptReport> {
  const { request, project, memory, finish } = joined;
  const { snapshot, config, scope, store, custom = [], emit, signal } = request;
  const judge = (asked: readonly Rule[], isOne: (path: string) => boolean): Promise<readonly JudgedFileRecord[]> =>
    judgeFiles({
      snapshot,
      rules: asked,
      allRules,
      custom,
      store,
      memory,
      workers: config.parse.workers,
      emit,
      signal,
      files: snapshot.files().flatMap((file) => {
        const role = roles.get(file.path);
        return role === undefined || !isOne(file.path) ? [] : [{ file, role }];
      }),
    });
  const judged = await judge(rules, inScope);
  // Rules that join notes of all files want them from outside of what is asked about, too.
  const joining = scope === '' ? [] : rules.filter(({ conclude, eachFile }) => conclude && !eachFile);
  const around = joining.length === 0 ? [] : await judge(joining, (path) => !inScope(path));
  const failures: RuleFailure[] = judged.flatMap(({ file, judgement }) =>
    judgement.failures.map(({ rule, message }) => ({ rule, path: file.path, message })),
  );
  const problems: SourcedProblem[] = [
    ...fileProblems(judged),
    ...verdictProblems(joined, rules, judged, inScope, failures),
    ...projectProblems(rules, [...judged, ...around], project, failures),
    ...(await sourceProblems(joined, true)),
  ];
  return {
    found: problems.map(finish).filter((finding) => finding !== undefined),
    suppressions: judged.flatMap(({ file, judgement: { suppressions } }) =>
      suppressions.length === 0 ? [] : [[file.path, suppressions] as const],
    ),
    failures,
    judgedFiles: judged.length,
    partialFiles: judged.flatMap(({ file, judgement }) => (judgement.isPartial ? [file.path] : [])),
  };
}

/** What an outside tool says of a line is left out where a rule here says the same. */
function withoutEchoes(findings: readonly Finding[], rules: ReadonlyMap<string, RuleMeta>): readonly Finding[] {
  if (findings.every(({ foreignRule }) => foreignRule === undefined)) return findings;
  const said = new Set<string>();
  for (const { rule, place, foreignRule } of findings)
    if (foreignRule === undefined)
      for (const alias of rules.get(rule)?.aliases ?? []) said.add(`${alias} ${place.path} ${place.startLine}`);
  return findings.filter(
    ({ foreignRule, place }) =>
      foreignRule === undefined ||
      !said.has(`${foreignRule.replace(/^[\w-]+\((.*)\)$/, '$1')} ${place.path} ${place.startLine}`),
  );
}

function fileProblems(judged: readonly JudgedFileRecord[]): SourcedProblem[] {
  return judged.flatMap(({ file: { path }, judgement }) =>
    judgement.problems.map(({ rule, place, related, edits, ...problem }) => ({
      rule,
      problem: {
        ...problem,
        place: { ...place, path },
        ...(related && { related: related.map((one) => ({ ...one, path })) }),
        ...(edits && { edits: edits.map((one) => ({ ...one, path })) }),
      },
    })),
  );
}

/** A rule that throws says nothing about the project; the others go on. */
function projectProblems(
  rules: readonly Rule[],
  judged: readonly JudgedFileRecord[],
  project: Project,
  failures: RuleFailure[],
): SourcedProblem[] {
  const notes = new Map<string, FileNotes[]>();
  for (const { file, judgement } of judged)
    for (const [rule, list] of judgement.notes) {
      const own = notes.get(rule) ?? [];
      own.push({ path: file.path, notes: list });
      notes.set(rule, own);
    }
  return rules.flatMap((rule) => {
    if (rule.eachFile === true) return [];
    try {
      const found = [
        ...(rule.conclude ? rule.conclude(notes.get(rule.id) ?? [], project) : []),
        ...(rule.project ? rule.project(project) : []),
      ];
      return found.map((problem) => ({ rule: rule.id, problem }));
    } catch (error) {
      failures.push({ rule: rule.id, path: '', message: error instanceof Error ? error.message : String(error) });
      return [];
    }
  });
}

/** Of rules that look from one file at a time, and of those that join what they gather of each. */
function verdictProblems(
  { request, project, memory }: Joined,
  rules: readonly Rule[],
  judged: readonly JudgedFileRecord[],
  inScope: (path: string) => boolean,
  failures: RuleFailure[],
): SourcedProblem[] {
  const looking = rules.filter(({ eachFile, gather }) => eachFile === true || gather);
  if (looking.length === 0) return [];
  const gathering = looking.some(({ gather }) => gather);
  const files = project.files.filter(({ path }) => project.role(path) !== undefined && (gathering || inScope(path)));
  const notes = new Map(judged.map(({ file, judgement }) => [file.path, judgement.notes]));
  const { check } = request.config;
  const question = [rulesIdentity(looking, request.custom ?? []), JSON.stringify(check.layers), request.scope].join(
    ' ',
  );
  const verdicts = memory.verdicts(question).ask({
    project,
    snapshot: project.snapshot,
    rules: looking,
    files,
    notes: (rule, path) => notes.get(path)?.find(([name]) => name === rule)?.[1] ?? [],
    signal: request.signal,
  });
  const found: SourcedProblem[] = [];
  for (const { problems, failures: own } of verdicts.values()) {
    found.push(...problems);
    failures.push(...own);
  }
  for (const { id, join } of looking) {
    if (!join) continue;
    const gathered = Array.from(verdicts, ([path, one]) => ({ path, gathered: one.gathered.get(id) ?? [] }));
    try {
      for (const problem of join(gathered, project)) found.push({ rule: id, problem });
    } catch (error) {
      failures.push({ rule: id, path: '', message: error instanceof Error ? error.message : String(error) });
    }
  }
  return found;
}

/** `ofTree`: of the engines that look at the tree alone; else of the others. */
async function sourceProblems(
  { request, tree, memory, project, isAsked }: Joined,
  ofTree: boolean,
): Promise<SourcedProblem[]> {
  const found: SourcedProblem[] = [];
  for (const source of request.sources) {
    const on = new Set(source.rules.filter(isAsked).map(({ id }) => id));
    if (on.size === 0 || (source.ofTree ?? false) !== ofTree) continue;
    const { snapshot, root, config, history, emit, signal } = request;
    const { role } = project;
    const inputs = { snapshot, root, config, project, tree, memory, role, history, emit, signal };
    const problems = await source.find({ ...inputs, isOn: (rule) => on.has(rule) });
    found.push(...problems.filter(({ rule }) => on.has(rule)));
  }
  return found;
}

/** Minutes by severity, from 1: what SonarQube's constant costs come to on average. */
const usualMinutes = [2, 5, 10, 20, 30] as const;

function finisher(
  snapshot: Snapshot,
  settings: RuleSettings,
  rules: ReadonlyMap<string, RuleMeta>,
  roles: ReadonlyMap<string, JudgedRole | undefined>,
  isRequired: (rule: RuleMeta) => boolean,
): (sourced: SourcedProblem) => Finding | undefined {
  const lines = new TextLines(snapshot);
  return ({ rule: id, problem }) => {
    const rule = rules.get(id);
    if (!rule) throw new Error(`a finding of the unknown rule ${id}`);
    const { path } = problem.place;
    const role = roles.get(path) ?? 'source';
    const severity = settings.severity(rule, path, role);
    if (severity === undefined) return undefined;
    // The configuration's word wins over what the rule says of this one.
    const final: Severity = severity === rule.severity ? (problem.severity ?? severity) : severity;
    const identity = problem.identity ?? normalisedCode(textAt(problem, lines.of(path)));
    return {
      ...problem,
      identity,
      rule: id,
      category: rule.category,
      severity: final,
      confidence: problem.confidence ?? 1,
      minutes: problem.minutes ?? rule.minutes ?? usualMinutes[final - 1]!,
      fingerprint: fingerprintOf(id, identity),
      shape: fingerprintOf(id, codeShape(identity)),
      role,
      advisory: (rule.evidence ?? 'tree') !== 'tree' && !isRequired(rule),
    };
  };
}

function textAt({ place }: FoundProblem, lines: readonly string[]): string {
  const { startLine, startColumn, endLine, endColumn } = place;
  if (startLine === endLine) return (lines[startLine - 1] ?? '').slice(startColumn, endColumn);
  return [
    (lines[startLine - 1] ?? '').slice(startColumn),
    ...lines.slice(startLine, endLine - 1),
    (lines[endLine - 1] ?? '').slice(0, endColumn),
  ].join('\n');
}

function byPlace(a: Finding, b: Finding): number {
  if (a.place.path !== b.place.path) return a.place.path < b.place.path ? -1 : 1;
  return (
    a.place.startLine - b.place.startLine ||
    a.place.startColumn - b.place.startColumn ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
  );
}
