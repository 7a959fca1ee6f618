/** Quality and testability of a tree, or of a part of it, from its index and its findings. */
import path from 'node:path';
import { judgedRole } from '#findings/judged-role.ts';
import { isCodeLanguage } from '#languages/catalogue.ts';
import type { Finding } from '#model/finding.ts';
import type { QualityReport, TestabilityReport } from '#model/score.ts';
import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import { qualityScores } from '#scores/quality-scores.ts';
import { testabilityScores } from '#scores/testability.ts';

export interface ScoreReport {
  readonly quality: QualityReport;
  readonly testability: TestabilityReport;
}

/** @param findings of the whole check; those outside of the scope do not count */
export function scoredTree(snapshot: Snapshot, root: string, scope: string, findings: readonly Finding[]): ScoreReport {
  const request = { snapshot, isScored: isScoredIn(scope), name: scope === '' ? path.basename(root) : scope };
  return { quality: qualityScores({ ...request, findings }), testability: testabilityScores(request) };
}

/** Product code in a folder or file: no tests, nothing generated or from elsewhere, no declarations of types only. */
export function isScoredIn(scope: string): (file: FileRecord) => boolean {
  return (file) =>
    (scope === '' || file.path === scope || file.path.startsWith(`${scope}/`)) &&
    judgedRole(file) === 'source' &&
    !file.roles.includes('types') &&
    isCodeLanguage(file.language);
}
