/** What the rules say of one file: a function of its text, language, role and the rules. */
import { TextIndex } from '#languages/text-index.ts';
import { findLanguage } from '#languages/catalogue.ts';
import type { SyntaxNodes } from '#languages/declarative/syntax-nodes.ts';
import { ecmascriptLanguages, parseEcmascript, prepareEcmascript } from '#languages/ecmascript-tree.ts';
import { loadGrammar, parseSyntaxTree } from '#languages/tree-sitter.ts';
import { analyseEcmascriptScopes } from '#rules/analysis/ecmascript-scopes.ts';
import type { EsScopes } from '#rules/analysis/ecmascript-variables.ts';
import { analysePythonScopes, type PyScopes } from '#rules/analysis/python-scopes.ts';
import type { EsFile, MarkupElement, Note, Rule, TreeFile } from '#rules/rule.ts';
import { askFlow, nodesOf } from './ask-flow.ts';
import { type FileProblem, FileReporter, type FileText } from './file-reporter.ts';
import { type CommentText, readSuppressions, type Suppression } from './suppressions.ts';
import { jsxElement } from './jsx-elements.ts';
import { markupElements } from './markup-elements.ts';
import { parentsOf, walkEcmascript } from './walk-ecmascript.ts';
import { walkTree } from './walk-tree.ts';

export interface FileJudgement {
  readonly problems: readonly FileProblem[];
  /** By rule. */
  readonly notes: readonly (readonly [rule: string, notes: readonly Note[]])[];
  readonly suppressions: readonly Suppression[];
  readonly isPartial: boolean;
  /** Rules that threw. */
  readonly failures: readonly { readonly rule: string; readonly message: string }[];
}

/** Languages whose trees have rules. */
export function isJudged(language: string, rules: readonly Rule[]): boolean {
  return ecmascriptLanguages.has(language)
    ? rules.some(({ ecmascript, markup, tree }) => ecmascript ?? markup ?? tree?.[language])
    : rules.some(({ tree, markup, languages }) => tree?.[language] ?? (markup && languages.includes(language)));
}

/** Loads what parsing needs. Once a thread and language, before the first `judgeFile`. */
export async function prepareToJudge(language: string): Promise<void> {
  if (markupFiles.has(language)) return;
  if (ecmascriptLanguages.has(language)) await prepareEcmascript(language);
  const grammar = findLanguage(language)?.grammar;
  if (grammar !== undefined) await loadGrammar(grammar);
}

/** `rules`: those that look into files of this role. */
export function judgeFile(file: FileText, rules: readonly Rule[]): FileJudgement {
  const index = new TextIndex(file.text);
  const reporter = new FileReporter(file, index);
  const failures: { rule: string; message: string }[] = [];
  const onFailure = (rule: string, error: unknown): void => {
    failures.push({ rule, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  };
  const wanted = rules.filter(({ languages }) => languages.includes(file.language));
  // What a bundler or compiler wrote is judged in its source.
  if (
    isMachineMade(file.text) ||
    (isCode(file.language) && holes.test(file.text)) ||
    (file.language === 'python' && cython.test(file.text))
  )
    return { problems: [], notes: [], suppressions: [], isPartial: false, failures: [] };
  const judge = ecmascriptLanguages.has(file.language)
    ? judgeEcmascript
    : markupFiles.has(file.language)
      ? judgeMarkup
      : judgeTree;
  const walked = judge(file, index, wanted, reporter, onFailure);
  return {
    problems: reporter.problems,
    notes: [...reporter.notes],
    suppressions: readSuppressions(walked.comments),
    isPartial: walked.isPartial,
    failures,
  };
}

/** Parsed as Python, but another language: C's types decide what its statements mean. */
const cython = /^[ \t]*(?:c(?:p?def|import)\s+\w|from\s+[\w.]+\s+cimport\s)/m;
const compiled =
  /^(?:var|const|let|function) (?:__awaiter|__importDefault|__webpack_modules__|__defProp|__commonJS|__toESM|_interopRequire\w+|_createForOfIteratorHelper|_classCallCheck|_interopRequireDefault)\b|\b__webpack_require__\(|\bfunction (?:_interopRequireDefault|_classCallCheck|_createForOfIteratorHelper)\(|^Object\.defineProperty\(exports, ["']__esModule["']/m;
/** What bundlers lay around the modules that they join: browserify, webpack, Rollup, Babel’s UMD, SystemJS, Parcel. */
const bundled =
  /\(function e\(t,n,r\)\s*\{|\bfunction r\(e,n,t\)\s*\{|\bfunction outer\s*\(modules, cache, entry\)|\bwebpackUniversalModuleDefinition\b|^!?\(function \(global, factory\) \{|^System\.register\(|\bparcelRequire\b/m;
/** Before the first module. */
const PRELUDE = 5000;
/** A line of this length was not typed; some files hold one such line of data, so the whole must be dense, too. */
const LONG_LINE = 1500;
/** A template of another language on a line of its own: what is between the holes is no program yet. */
const holes = /^[ \t]*\{\{[#/^>]?[ \t]*[a-z][\w-]*[^\n{}]*\}\}[ \t]*$|^[ \t]*(?:\{%-? |<%[=_-]? )/m;

function isCode(language: string): boolean {
  return language === 'python' || (ecmascriptLanguages.has(language) && !/^[jt]sx$/.test(language));
}

function isMachineMade(text: string): boolean {
  if (compiled.test(text) || /\/\/[#@] sourceMappingURL=\S+\s*$/.test(text.slice(-300))) return true;
  if (bundled.test(text.slice(0, PRELUDE))) return true;
  const lines = text.split('\n');
  return text.length / lines.length > 160 && lines.some(({ length }) => length > LONG_LINE);
}

const markupFiles: ReadonlySet<string> = new Set(['html', 'vue', 'svelte']);

function judgeMarkup(
  file: FileText,
  index: TextIndex,
  rules: readonly Rule[],
  reporter: FileReporter,
  onFailure: OnFailure,
): Walked {
  const listeners = markupListeners(rules, reporter, onFailure, false);
  for (const element of markupElements(file.text)) for (const listen of listeners) listen(element);
  const comments = Array.from(file.text.matchAll(/<!--[^]*?-->/g), ({ 0: text, index: start }) =>
    commentText(file.text, index, start, start + text.length),
  );
  return { comments, isPartial: false };
}

function markupListeners(
  rules: readonly Rule[],
  reporter: FileReporter,
  onFailure: OnFailure,
  isPartial: boolean,
): readonly ((element: MarkupElement) => void)[] {
  return rules.flatMap(({ id, markup }) => {
    if (!markup) return [];
    let failed = false;
    const attempt = <Result>(work: () => Result): Result | undefined => {
      if (failed) return undefined;
      try {
        return work();
      } catch (error) {
        failed = true;
        onFailure(id, error);
        return undefined;
      }
    };
    const listen = attempt(() => markup(reporter.view(id, isPartial)));
    return listen ? [(element: MarkupElement) => attempt(() => listen(element))] : [];
  });
}

interface Walked {
  readonly comments: readonly CommentText[];
  readonly isPartial: boolean;
}

type OnFailure = (rule: string, error: unknown) => void;

function judgeEcmascript(
  file: FileText,
  index: TextIndex,
  rules: readonly Rule[],
  reporter: FileReporter,
  onFailure: OnFailure,
): Walked {
  const { text, language, isDeclaration } = file;
  const source = parseEcmascript(text, language, isDeclaration);
  if (!source) return { comments: [], isPartial: true };
  const { program, comments, partial } = source;
  try {
    const parents = parentsOf(program);
    let scopes: EsScopes | undefined;
    const grammar = findLanguage(language)?.grammar;
    const flow = askFlow(
      () => (partial || grammar === undefined ? undefined : nodesOf(parseSyntaxTree(text, grammar))),
      index,
      language,
    );
    const fileFor = (rule: string): EsFile =>
      Object.defineProperty(
        {
          ...reporter.view(rule, partial),
          program,
          comments,
          flow,
          parent: (node) => parents.get(node),
        } as EsFile,
        'scopes',
        { get: () => (scopes ??= analyseEcmascriptScopes(program)) },
      );
    const listeners = markupListeners(rules, reporter, onFailure, partial);
    walkEcmascript(program, rules, fileFor, onFailure, (node) => {
      const element = listeners.length > 0 ? jsxElement(node) : undefined;
      if (element) for (const listen of listeners) listen(element);
    });
  } catch (error) {
    // Nested too deeply for the stack: what was found so far stands.
    if (!(error instanceof RangeError)) throw error;
    onFailure('*', error);
  }
  // Patterns of people's own rules are matched on the other kind of tree.
  if (rules.some(({ tree }) => tree?.[language])) judgeTree(file, index, rules, reporter, onFailure);
  return {
    comments: comments.map(({ start, end }) => commentText(text, index, start, end)),
    isPartial: partial,
  };
}

/** Lines of errors, 1-based. */
function brokenLines(nodes: SyntaxNodes, index: TextIndex): ReadonlySet<number> {
  const { count, start, end } = nodes.tree;
  const lines = new Set<number>();
  for (let node = 0; node < count; node++)
    if (nodes.is(node, 'ERROR'))
      for (let line = index.line(start[node]!); line <= index.line(end[node]!); line++) lines.add(line);
  return lines;
}

function commentText(text: string, index: TextIndex, start: number, end: number): CommentText {
  const line = index.line(start);
  return {
    text: text.slice(start, end),
    line,
    isTrailing: /\S/.test(text.slice(index.lineStarts[line - 1], start)),
  };
}

function judgeTree(
  file: FileText,
  index: TextIndex,
  rules: readonly Rule[],
  reporter: FileReporter,
  onFailure: OnFailure,
): Walked {
  const grammar = findLanguage(file.language)?.grammar;
  if (grammar === undefined) return { comments: [], isPartial: true };
  const tree = parseSyntaxTree(file.text, grammar);
  const nodes = nodesOf(tree);
  const flow = askFlow(() => nodes, index, file.language);
  let python: PyScopes | undefined;
  const fileFor = (rule: string): TreeFile =>
    Object.defineProperty(
      {
        ...reporter.view(rule, tree.hasError),
        nodes,
        flow,
        at: (node) => ({ start: tree.start[node]!, end: tree.end[node]! }),
      } as TreeFile,
      'python',
      { get: () => (python ??= analysePythonScopes(nodes)) },
    );
  walkTree(tree, file.language, rules, fileFor, onFailure);
  if (tree.hasError) reporter.withoutLines(brokenLines(nodes, index));
  const comments: CommentText[] = [];
  for (let node = 0; node < tree.count; node++)
    if (nodes.typeName(node).includes('comment') && (tree.flags[node]! & 1) !== 0)
      comments.push(commentText(file.text, index, tree.start[node]!, tree.end[node]!));
  return { comments, isPartial: tree.hasError };
}
