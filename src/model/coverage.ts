/** Coverage as reports and formats see it. */
import type { BranchKind } from './instrumented.ts';

/** `importOnly`: reached while files were loaded, and by no test. It is part of `covered`. 0 of 0 is never 100 %. */
export interface Share {
  readonly total: number;
  readonly covered: number;
  readonly importOnly: number;
}

export interface CoveragePoint {
  /** How many tests reach it. In a file that was read: as often as it says. */
  readonly hits: number;
  readonly importOnly: boolean;
}

export interface CoverageOfFile {
  readonly path: string;
  readonly lines: readonly (CoveragePoint & { readonly line: number })[];
  readonly branches: readonly {
    readonly kind: BranchKind;
    readonly line: number;
    readonly arms: readonly CoveragePoint[];
  }[];
  readonly functions: readonly (CoveragePoint & {
    readonly name: string;
    readonly line: number;
    readonly endLine: number;
  })[];
  readonly lineShare: Share;
  readonly branchShare: Share;
  readonly functionShare: Share;
}

export interface Coverage {
  readonly files: readonly CoverageOfFile[];
  readonly lines: Share;
  readonly branches: Share;
  readonly functions: Share;
  readonly tests: number;
}
