/** What the main job tells about a repository. Every number is counted from the index; what was not counted is absent. */
import type { SkipReason } from './source-file.ts';
import type { HistoryAbsence } from './history.ts';

export interface Survey {
  readonly name: string;
  readonly root: string;
  readonly revision: SurveyRevision;
  readonly size: SurveySize;
  readonly languages: readonly SurveyLanguage[];
  readonly modules: readonly SurveyModule[];
  /** Dependencies between modules, strongest first. */
  readonly dependencies: readonly SurveyDependency[];
  /** Files that use each other more than the rest, whatever their folders; largest first, single files left out. */
  readonly communities: readonly SurveyCommunity[];
  readonly entryPoints: readonly SurveyEntryPoint[];
  readonly readFirst: readonly SurveyReading[];
  readonly central: readonly SurveySymbol[];
  readonly complex: readonly SurveySymbol[];
  readonly hotspots: readonly SurveyHotspot[];
  readonly cycles: readonly SurveyCycle[];
  readonly people: SurveyPeople | undefined;
  readonly historyAbsence: HistoryAbsence | undefined;
  readonly activity: readonly SurveyMonth[];
  readonly coupling: readonly SurveyCoupling[];
  readonly trust: SurveyTrust;
  readonly files: readonly SurveyFile[];
}

export interface SurveyRevision {
  readonly branch: string | undefined;
  readonly commit: string | undefined;
  /** Milliseconds since the epoch at which the tree was last compared with the index. */
  readonly asOf: number;
  readonly level: 'quick' | 'full';
  readonly partial: boolean;
}

export interface SurveySize {
  readonly files: number;
  readonly codeLines: number;
  readonly commentLines: number;
  readonly blankLines: number;
  readonly symbols: number;
  readonly functions: number;
  readonly types: number;
  readonly testFiles: number;
  readonly testCodeLines: number;
}

export interface SurveyLanguage {
  readonly language: string;
  readonly name: string;
  readonly files: number;
  readonly codeLines: number;
  /** Of all code lines, 0 to 1. */
  readonly share: number;
  readonly level: string;
}

export interface SurveyModule {
  readonly path: string;
  readonly files: number;
  readonly codeLines: number;
  /** 0 depends on no other module, upward dependencies left out; higher ones stand on lower ones. */
  readonly layer: number;
  readonly usedBy: number;
  readonly uses: number;
  readonly instability: number | undefined;
  readonly abstractness: number | undefined;
  /** Distance from the main sequence. */
  readonly distance: number | undefined;
  /** First sentence of its documentation, where it has one. */
  readonly about: string | undefined;
}

export interface SurveyDependency {
  readonly from: string;
  readonly to: string;
  /** Edges between symbols or files of the two. */
  readonly weight: number;
  /** It goes against the grain: without these few, lightest dependencies the modules would form layers. */
  readonly upward: boolean;
}

export interface SurveyCommunity {
  /** The file that the others use most. */
  readonly centre: string;
  readonly files: number;
  readonly codeLines: number;
  /** Folders that its files lie in, by number of files. */
  readonly folders: readonly { readonly path: string; readonly files: number }[];
}

export interface SurveyEntryPoint {
  readonly path: string;
  readonly line: number;
  readonly name: string;
  /** Why it is one: "package.json bin", "main function", "__main__", … */
  readonly reason: string;
}

export interface SurveyReading {
  readonly path: string;
  readonly line: number;
  readonly title: string;
  readonly reason: string;
}

export interface SurveySymbol {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly path: string;
  readonly line: number;
  readonly callers: number;
  /** Symbols that depend on it in any way: calls, types, bases, reads. */
  readonly users: number;
  readonly rank: number;
  readonly cyclomatic: number | undefined;
  readonly cognitive: number | undefined;
  readonly codeLines: number | undefined;
}

export interface SurveyHotspot {
  readonly path: string;
  readonly score: number;
  readonly commits: number;
  readonly complexity: number;
  readonly codeLines: number;
  readonly mainAuthor: string | undefined;
}

export interface SurveyCycle {
  readonly files: readonly string[];
  /** The shortest way round, as files in order. */
  readonly example: readonly string[];
  /** Only type imports close it: it does not exist at run time. */
  readonly typeOnly: boolean;
}

export interface SurveyPeople {
  readonly commits: number;
  readonly authors: number;
  readonly activeAuthors: number;
  readonly truckFactor: number;
  readonly keyAuthors: readonly { readonly name: string; readonly files: number }[];
  readonly islands: readonly {
    readonly folder: string;
    readonly author: string;
    readonly files: number;
    readonly share: number;
  }[];
  readonly firstCommit: number;
  readonly lastCommit: number;
  readonly bugFixes: number;
  readonly shallow: boolean;
  readonly truncated: boolean;
}

export interface SurveyMonth {
  /** "2024-03" */
  readonly month: string;
  readonly commits: number;
  readonly bugFixes: number;
}

export interface SurveyCoupling {
  readonly first: string;
  readonly second: string;
  readonly support: number;
  readonly confidence: number;
  /** No import, call or other edge joins the two. */
  readonly hidden: boolean;
}

export interface SurveyTrust {
  readonly exactCalls: number;
  readonly inferredCalls: number;
  readonly candidateCalls: number;
  readonly externalCalls: number;
  readonly unresolvedCalls: number;
  readonly partialFiles: readonly string[];
  readonly skipped: readonly { readonly reason: SkipReason; readonly files: number }[];
}

/** One file for the pictures. */
export interface SurveyFile {
  readonly path: string;
  readonly language: string;
  readonly codeLines: number;
  readonly complexity: number;
  readonly commits: number;
  readonly test: boolean;
}
