/**
 * What made this build, in place of version numbers that somebody has to remember to raise: facts and indexes of another
 * identity are made again. Defined by scripts/build.ts; `source` where TypeScript runs as it is.
 */
declare const TROWEL_EXTRACTION_IDENTITY: string | undefined;
declare const TROWEL_INDEX_IDENTITY: string | undefined;

/** Hash of the sources and packages on which facts depend. */
export const extractionIdentity =
  typeof TROWEL_EXTRACTION_IDENTITY === 'string' ? TROWEL_EXTRACTION_IDENTITY : 'source';

declare const TROWEL_JUDGE_IDENTITY: string | undefined;

/** Hash of the sources and packages on which an index depends. */
export const indexIdentity = typeof TROWEL_INDEX_IDENTITY === 'string' ? TROWEL_INDEX_IDENTITY : 'source';

/** Hash of the sources and packages on which judgements of files depend. */
export const judgeIdentity = typeof TROWEL_JUDGE_IDENTITY === 'string' ? TROWEL_JUDGE_IDENTITY : 'source';

declare const TROWEL_FINDINGS_IDENTITY: string | undefined;

/** Hash of the sources and packages on which the findings of a whole tree depend. */
export const findingsIdentity = typeof TROWEL_FINDINGS_IDENTITY === 'string' ? TROWEL_FINDINGS_IDENTITY : 'source';
