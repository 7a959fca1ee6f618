/**
 * Engines beside the rules that find problems: dead code, duplication, debt, outside tools. A source says which rules it speaks
 * for, so that configuration, suppressions, baselines and formats treat its findings as any other's.
 */
import type { Config } from '#config/schema.ts';
import type { Emit } from '#base/progress.ts';
import type { FoundProblem } from '#model/finding.ts';
import type { HistoryFacts } from '#model/history.ts';
import type { Snapshot } from '#model/snapshot.ts';
import type { TreeMemory } from './tree-memory.ts';
import type { TreeReads } from './tree-reads.ts';
import type { JudgedRole, Project, RuleMeta } from '#rules/rule.ts';

export interface SourceInputs {
  readonly snapshot: Snapshot;
  readonly root: string;
  readonly config: Config;
  readonly project: Project;
  /** Files of the tree, indexed or not. */
  readonly tree: TreeReads;
  /** What is known from before. */
  readonly memory: TreeMemory;
  role(path: string): JudgedRole | undefined;
  /** Whether a rule may report anything anywhere: what is off everywhere need not be computed. */
  isOn(rule: string): boolean;
  /** Read on first use; undefined without one. Findings from it are advisory. */
  history(): Promise<HistoryFacts | undefined>;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

export interface SourcedProblem {
  readonly rule: string;
  readonly problem: FoundProblem;
}

export interface FindingSource {
  /** As reports list their inputs. */
  readonly name: string;
  readonly rules: readonly RuleMeta[];
  /** What it finds is decided by the tree, what it reads by `tree`, and the settings: it need not be found again where they are as they were. */
  readonly ofTree?: boolean;
  find(inputs: SourceInputs): Promise<readonly SourcedProblem[]>;
}
