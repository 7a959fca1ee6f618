/** Technical debt: what a finding costs, what it harms, and in which order to pay. */
import type { Finding } from '#model/finding.ts';

export const debtStatuses = ['open', 'in-progress', 'resolved', 'wont-fix'] as const;
export type DebtStatus = (typeof debtStatuses)[number];

export interface DebtItem {
  readonly finding: Finding;
  readonly status: DebtStatus;
  readonly note: string | undefined;
  /** When it was first seen, in milliseconds since the epoch. */
  readonly firstSeen: number;
  /** To put it right, in minutes: the rule's own (SQALE), scaled by how long mends of this repository take. */
  readonly minutes: number;
  /** 0–1: centrality × change frequency × size of use, each by its rank in the repository. */
  readonly impact: number;
  /** 0–1: how likely its file is to need a bug fix soon, by the repository's own history. */
  readonly risk: number;
  /** What is gained for an hour of work; the list is in this order. */
  readonly priority: number;
}

export interface FileStanding {
  readonly path: string;
  /** 0–1 each, by rank among the files of the repository. */
  readonly centrality: number;
  readonly changes: number;
  readonly use: number;
  readonly risk: number;
  readonly codeLines: number;
}

export interface DebtSum {
  readonly findings: number;
  readonly minutes: number;
  /** SQALE's technical debt ratio: minutes to mend ÷ minutes to write (30 a line of code). */
  readonly ratio: number;
  /** A to E by that ratio: ≤ 5, 10, 20, 50 %. */
  readonly grade: 'A' | 'B' | 'C' | 'D' | 'E';
}

/** SQALE's (and SonarQube's) cost of writing one line of code, in minutes. */
const MINUTES_A_LINE = 30;

export function sumOf(minutes: number, findings: number, codeLines: number): DebtSum {
  const ratio = codeLines === 0 ? 0 : minutes / (codeLines * MINUTES_A_LINE);
  const grade = ratio <= 0.05 ? 'A' : ratio <= 0.1 ? 'B' : ratio <= 0.2 ? 'C' : ratio <= 0.5 ? 'D' : 'E';
  return { findings, minutes: Math.round(minutes), ratio, grade };
}

const severityWeight = [1, 2, 4, 8, 16] as const;

/** Harm that is taken away, for an hour: severity doubles it, impact and risk double it again. */
export function priorityOf(finding: Finding, impact: number, risk: number, minutes: number): number {
  const harm = severityWeight[finding.severity - 1]! * finding.confidence * (1 + impact) * (1 + risk);
  return harm / Math.sqrt(Math.max(1, minutes) / 60);
}
