/** What passes between the main thread and the workers that judge. */
import type { FileText } from '#judge/file-reporter.ts';
import type { FileJudgement } from '#judge/judge-file.ts';
import type { CustomRuleFile } from '#judge/custom/load-rules.ts';

export interface JudgeWorkerSettings {
  /** Rules that are on somewhere. */
  readonly rules: readonly string[];
  readonly custom: readonly CustomRuleFile[];
  /** One cell: the index of the file at hand, −1 between files. The main thread's watchdog reads it. */
  readonly current: SharedArrayBuffer;
}

export interface JudgeRequest {
  readonly files: readonly (FileText & { readonly index: number })[];
}

export interface JudgeReply {
  readonly judged: readonly { readonly index: number; readonly judgement: FileJudgement }[];
}
