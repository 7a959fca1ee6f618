/**
 * What a rule is: one file, one id. A rule looks at one file's tree (`ecmascript`, `tree`), and there it may only report or
 * take notes, so that its result depends on nothing but the text; what needs other files it says in `conclude`, from its notes
 * and the whole project. Rules that need no tree at all say it in `project`.
 */
import type { EsComment, EsNode, EsNodeOf, EsProgram } from '#languages/ecmascript-tree.ts';
import type { FlowGraphs } from '#flowgraph/flow-graph.ts';
import type { SyntaxNodes } from '#languages/declarative/syntax-nodes.ts';
import type { FindingCategory, FindingPlace, FoundProblem, Severity, TextEdit } from '#model/finding.ts';
import type { CoChange, FileHistory } from '#model/history.ts';
import type { FileRecord, Snapshot } from '#model/snapshot.ts';
import type { EsScopes } from './analysis/ecmascript-variables.ts';
import type { PyScopes } from './analysis/python-scopes.ts';

/** What a file is to the judge: roles of scan, by their weight. Generated and vendored files are judged by few. */
export const judgedRoles = ['source', 'test', 'generated', 'vendored'] as const;
export type JudgedRole = (typeof judgedRoles)[number];

export interface RuleExample {
  /** Identifier of the language; the examples of a rule for two languages stand side by side. */
  readonly language: string;
  readonly bad: string;
  readonly good: string;
  /** `bad` after the rule's edits. */
  readonly fixed?: string;
  /** Other files of the project in which `bad` and `good` stand as `example.<extension>`. */
  readonly files?: Readonly<Record<string, string>>;
  /** What the configuration's `check` says. */
  readonly check?: unknown;
  /** Commits, oldest first: the files that each changed. */
  readonly history?: { readonly bad: MadeUpHistory; readonly good: MadeUpHistory };
  /** Problems in `bad`; default 1. */
  readonly count?: number;
}

export type MadeUpHistory = readonly (readonly string[])[];

export interface RuleMeta {
  /** Kebab-case, for ever: baselines and suppressions name it. */
  readonly id: string;
  /** What is wrong, in a few words without a stop. */
  readonly title: string;
  /** Why it matters and what to do instead: a paragraph for the reference and for reports. */
  readonly reason: string;
  readonly category: FindingCategory;
  readonly severity: Severity;
  /** `CWE-480`, `Fowler: Long Parameter List`, `WCAG 1.1.1`, `PEP 8`, … */
  readonly references: readonly string[];
  readonly languages: readonly string[];
  /** Names of other tools' rules for the same: their suppressions (`# noqa: F821`, `eslint-disable no-undef`) count. */
  readonly aliases?: readonly string[];
  /** To put one right. Default by severity. */
  readonly minutes?: number;
  /** Files in which it looks; default: bugs in source and tests, all else in source. */
  readonly roles?: readonly JudgedRole[];
  /** Where its answer comes from; all but `tree` never gate. */
  readonly evidence?: 'tree' | 'history' | 'tool';
  /** Off unless the configuration turns it on: taste, or many findings. */
  readonly optIn?: boolean;
}

export interface Rule extends RuleMeta {
  readonly examples: readonly RuleExample[];
  readonly ecmascript?: (file: EsFile) => EsVisitor;
  /** By language, over its tree-sitter tree. */
  readonly tree?: Readonly<Record<string, (file: TreeFile) => TreeVisitor>>;
  /** Elements of HTML, in JSX, HTML, Vue and Svelte alike; what an element holds comes before it. */
  readonly markup?: (file: JudgedFile) => (element: MarkupElement) => void;
  readonly conclude?: (notes: readonly FileNotes[], project: Project) => Iterable<FoundProblem>;
  readonly project?: (project: Project) => Iterable<FoundProblem>;
  /**
   * What `conclude` and `project` say of a file is said when they are given that file alone, by `notes` and `project.files`, and
   * they look at the rest of the tree only from there. They are asked file by file then, and again only when something that they
   * looked at has changed.
   */
  readonly eachFile?: boolean;
  /** What `join` needs to know of a file (`project.files` has that one): plain data, kept as the answers of `eachFile` are. */
  readonly gather?: (project: Project) => Iterable<Gathered>;
  /** What is said of the whole tree from what was gathered, by path: it is asked at each run and looks at nothing else. */
  readonly join?: (gathered: readonly GatheredFile[], project: Project) => Iterable<FoundProblem>;
  /** Joined into `FileJudgement.cacheKey`: raise it when the rule changes. Default 1. */
  readonly version?: number;
}

/** Lets the compiler check a rule where it stands. */
export function defineRule(rule: Rule): Rule {
  return rule;
}

/** Whether its findings depend on more than the file that they stand in. */
export function looksBeyondFile({ conclude, project, join }: Rule): boolean {
  return (conclude ?? project ?? join) !== undefined;
}

export const markupLanguages: readonly string[] = ['jsx', 'tsx', 'javascript', 'typescript', 'html', 'vue', 'svelte'];

/** Attributes are in lower case and by HTML's names: `for`, `class`, `onclick`. */
export interface MarkupElement {
  readonly name: string;
  /** Of the opening tag. */
  readonly range: Range;
  has(attribute: string): boolean;
  /** Undefined where there is none, or where it is known at run time only. */
  value(attribute: string): string | undefined;
  readonly keys: readonly string[];
  /** Attributes come from an object, too: any may be there. */
  readonly hasSpread: boolean;
  /** It, or what it stands in, is hidden from everybody, or may be: nobody meets it as it is. */
  readonly isHidden: boolean;
  /** Something inside shows text, or may. */
  readonly hasText: boolean;
  /** Elements of HTML directly inside. */
  readonly children: readonly MarkupElement[];
}

export type EsVisitor = {
  readonly [Type in EsNode['type']]?: (node: EsNodeOf<Type>) => void;
} & {
  /** Functions, arrows, methods' functions: the node types that have a body and parameters. */
  readonly anyFunction?: (node: EsFunction) => void;
  /** After the whole tree. */
  readonly end?: () => void;
};

export type EsFunction = EsNodeOf<'FunctionDeclaration'> | EsNodeOf<'ArrowFunctionExpression'>;

/** By node type of the grammar, entered before its children; `end` after the whole tree. */
export interface TreeVisitor {
  readonly [nodeType: string]: ((node: number) => void) | undefined;
}

export interface ReportOptions {
  /** What keeps the finding the same when its text changes; default: the place's own normalised text. */
  readonly identity?: string;
  /** The identity is the normalised text of this range. */
  readonly identityOf?: Range;
  readonly severity?: Severity;
  readonly confidence?: number;
  readonly minutes?: number;
  readonly related?: readonly { readonly start: number; readonly end: number; readonly message: string }[];
  readonly edits?: readonly Omit<TextEdit, 'path'>[];
}

/** UTF-16 offsets. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** What every rule sees of a file, whatever its language. The path is not part of it: judgements are kept by content. */
export interface JudgedFile {
  readonly text: string;
  readonly language: string;
  readonly role: JudgedRole;
  /** It parses only in part: rules that prove an absence keep silent. */
  readonly isPartial: boolean;
  readonly isDeclaration: boolean;
  slice(range: Range): string;
  /** 1-based. */
  line(offset: number): number;
  report(where: Range, message: string, options?: ReportOptions): void;
  /**
   * Control and data flow of the innermost function around an offset, of the module where there is none; made when first asked for.
   * Undefined where the language has none, and where the file parses only in part.
   */
  flow(at: number): FlowGraphs | undefined;
  /** For `conclude`: plain data, kept with the file's judgement. */
  note(where: Range, data: NoteData, options?: ReportOptions): void;
}

export type NoteData = Readonly<Record<string, string | number | boolean | null | readonly (string | number)[]>>;

export interface EsFile extends JudgedFile {
  readonly program: EsProgram;
  readonly comments: readonly EsComment[];
  readonly scopes: EsScopes;
  parent(node: EsNode): EsNode | undefined;
}

export interface TreeFile extends JudgedFile {
  readonly nodes: SyntaxNodes;
  /** Range of a node. */
  at(node: number): Range;
  readonly python: PyScopes;
}

export interface Note {
  readonly place: Omit<FindingPlace, 'path'>;
  readonly data: NoteData;
  /** Normalised text of the place, for the fingerprint. */
  readonly identity: string;
}

export type Gathered = Readonly<Record<string, unknown>>;

export interface GatheredFile {
  readonly path: string;
  readonly gathered: readonly Gathered[];
}

export interface FileNotes {
  readonly path: string;
  readonly notes: readonly Note[];
}

/** What rules that look beyond a file see. */
export interface Project {
  readonly snapshot: Snapshot;
  /** Those to look at: all of the tree, or one (`Rule.eachFile`). */
  readonly files: readonly FileRecord[];
  /** Files that are judged, with what they are to the judge. */
  role(path: string): JudgedRole | undefined;
  readonly architecture: ArchitectureRules | undefined;
  /** What `make` makes of a file's content, made once for a content. */
  ofContent<Value>(file: FileRecord, what: string, make: () => Value): Value;
  /** Undefined without one. Only rules whose evidence is `history` may look at it: others gate, and a clone may be shallow. */
  readonly history: ProjectHistory | undefined;
}

/** What time knows of the files that are judged as source. */
export interface ProjectHistory {
  /** Commits, bug fixes, lines and authors of a file. */
  of(path: string): FileHistory | undefined;
  /** Pairs that change together, strongest first. */
  coChanges(): readonly CoChange[];
  /** For each commit, newest first, the judged files that it changed. Merges and sweeping commits are left out. */
  changeSets(): readonly (readonly string[])[];
}

export interface ArchitectureRules {
  /** From the top down: a layer may use those below it. */
  readonly layers: readonly string[];
  /** Index into `layers`; −1 for a file that belongs to none. */
  layerOf(path: string): number;
}
