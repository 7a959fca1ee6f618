/**
 * Counts per module, class and function of one file in one pass over its tree: McCabe's cyclomatic complexity, Cognitive
 * Complexity (SonarSource, version 1.7), Halstead's counts, nesting, statements, lines.
 */
import type { SyntaxTree } from '#model/syntax-tree.ts';
import { METRIC_STRIDE, MetricColumn } from '#model/facts.ts';
import { LineClass } from '../line-classes.ts';
import { halsteadScratch, TokenSequence } from './halstead.ts';
import type { MetricSpec } from './metric-spec.ts';
import { childByField, fieldId, nodeText } from './walk.ts';

const Role = {
  decision: 1 << 0,
  case: 1 << 1,
  elseDecision: 1 << 2,
  boolean: 1 << 3,
  nesting: 1 << 4,
  block: 1 << 5,
  if: 1 << 6,
  else: 1 << 7,
  freeElseParent: 1 << 8,
  jump: 1 << 9,
  labelledJump: 1 << 10,
  call: 1 << 11,
  statement: 1 << 12,
  operand: 1 << 13,
  ignored: 1 << 14,
  function: 1 << 15,
  lambda: 1 << 16,
  elseDecisionParent: 1 << 17,
} as const;

/** A spec bound to a grammar; made once a grammar. */
export interface MetricTable {
  readonly spec: MetricSpec;
  readonly roles: Int32Array;
  /** By type: 1 a boolean operator's token, 2 a silent token. */
  readonly tokens: Uint8Array;
  readonly alternative: number;
  readonly callee: number;
  readonly receiver: number;
  readonly name: number;
}

export function metricTable(
  spec: MetricSpec,
  typeNames: readonly string[],
  fieldNames: readonly (string | null)[],
): MetricTable {
  const roles = new Int32Array(65536);
  const tokens = new Uint8Array(65536);
  const mark = (names: readonly string[] | undefined, role: number): void => {
    for (const name of names ?? []) {
      typeNames.forEach((type, id) => {
        if (name.startsWith('*') ? type?.endsWith(name.slice(1)) : type === name) roles[id]! |= role;
      });
    }
  };
  mark(spec.functions, Role.function);
  mark(spec.lambdas, Role.lambda);
  mark(spec.decisions, Role.decision);
  mark(spec.cases, Role.case);
  mark(spec.elseDecisions, Role.elseDecisionParent);
  mark(spec.booleans, Role.boolean);
  mark(spec.nesting, Role.nesting);
  mark(spec.blocks, Role.block);
  mark(spec.ifs, Role.if);
  mark(spec.elses, Role.else);
  mark(spec.freeElseParents, Role.freeElseParent);
  mark(spec.jumps, Role.jump);
  mark(spec.labelledJumps, Role.labelledJump);
  mark(spec.calls, Role.call);
  mark(spec.statements, Role.statement);
  mark(spec.operands, Role.operand);
  mark(spec.ignored, Role.ignored);
  typeNames.forEach((type, id) => {
    if (spec.booleanOperators?.includes(type)) tokens[id] = 1;
    if (spec.silentTokens?.includes(type)) tokens[id] = 2;
  });
  return {
    spec,
    roles,
    tokens,
    alternative: spec.alternativeField === undefined ? 0 : fieldId(fieldNames, spec.alternativeField),
    callee: fieldId(fieldNames, spec.calleeField ?? 'function'),
    receiver: spec.receiverField === undefined ? 0 : fieldId(fieldNames, spec.receiverField),
    name: fieldId(fieldNames, spec.nameField ?? 'name'),
  };
}

/** What has a row of its own: the tree's root first, then classes and functions in the order of their nodes. */
export interface MetricScope {
  readonly node: number;
  readonly kind: 'module' | 'class' | 'function';
  readonly startLine: number;
  readonly endLine: number;
}

/** What is open during the pass: a scope with a row, or a node that deepens the scope around it. */
interface Frame {
  readonly end: number;
  /** The scope that is deepened; undefined for a scope's own frame. */
  readonly deepens: Scope | undefined;
  readonly cognitive: boolean;
}

interface Scope {
  readonly row: number;
  readonly isFunction: boolean;
  readonly name: string | undefined;
  /** Current cognitive nesting and current depth of control structures. */
  level: number;
  depth: number;
  recursive: boolean;
  readonly firstToken: number;
}

/**
 * Rows of METRIC_STRIDE in the order of `scopes`; the symbol column is the caller's to set. A class's cyclomatic number is
 * 1 plus its own decisions plus its methods' numbers, and so is a module's: what is nested is contained. A function's own
 * number leaves out the named functions nested in it (they have their own rows) while its cognitive number holds them, one
 * level deeper, as the definition says. `lineClasses` is what `classifyLines` yields.
 */
export function computeMetrics(
  tree: SyntaxTree,
  table: MetricTable,
  scopes: readonly MetricScope[],
  lineClasses: Uint8Array,
): Int32Array {
  const pass = new MetricPass(tree, table, scopes);
  countLines(pass.rows, scopes, lineClasses);
  return pass.run();
}

/** One for all files of the thread: marks only grow. */
const scratch = halsteadScratch();

class MetricPass {
  readonly rows: Int32Array;
  readonly #tree: SyntaxTree;
  readonly #table: MetricTable;
  readonly #given: readonly MetricScope[];
  readonly #frames: Frame[] = [];
  readonly #scopes: Scope[] = [];
  readonly #tokens: TokenSequence;
  readonly #scratch = scratch;
  #next = 0;

  constructor(tree: SyntaxTree, table: MetricTable, scopes: readonly MetricScope[]) {
    this.#tree = tree;
    this.#table = table;
    this.#given = scopes;
    this.rows = new Int32Array(scopes.length * METRIC_STRIDE);
    this.#tokens = new TokenSequence(tree.units);
  }

  run(): Int32Array {
    const { roles, tokens, alternative } = this.#table;
    const { type, field, flags, subtreeEnd, start, end } = this.#tree;
    const count = this.#tree.count;
    for (let node = 0; node < count; node++) {
      this.#closeUntil(node);
      const role = (flags[node]! & 1) !== 0 ? roles[type[node]!]! : 0;
      if ((role & Role.ignored) !== 0) {
        node = subtreeEnd[node]! - 1;
        continue;
      }
      if (this.#next < this.#given.length && this.#given[this.#next]!.node === node) {
        if ((role & Role.statement) !== 0) this.#add(MetricColumn.statements, 1);
        this.#open(node);
      } else if (role !== 0 || (alternative !== 0 && field[node] === alternative && (flags[node]! & 1) !== 0)) {
        if ((role & Role.statement) !== 0) this.#add(MetricColumn.statements, 1);
        if ((role & (Role.function | Role.lambda)) !== 0) this.#deepen(node, true);
        this.#visit(node, role);
      }
      if ((role & Role.operand) !== 0) {
        this.#tokens.operand(start[node]!, end[node]!);
        if ((role & ~Role.operand) === 0) node = subtreeEnd[node]! - 1;
      } else if (subtreeEnd[node] === node + 1 && end[node]! > start[node]! && tokens[type[node]!] !== 2) {
        this.#tokens.operator(type[node]!);
      }
    }
    this.#closeUntil(Number.MAX_SAFE_INTEGER);
    return this.rows;
  }

  #add(column: number, amount: number): void {
    const scope = this.#scopes.at(-1);
    if (scope) this.rows[scope.row * METRIC_STRIDE + column]! += amount;
  }

  #open(node: number): void {
    const isFunction = this.#given[this.#next]!.kind === 'function';
    const name = isFunction ? childByField(this.#tree, node, this.#table.name) : -1;
    this.#frames.push({ end: this.#tree.subtreeEnd[node]!, deepens: undefined, cognitive: false });
    this.#scopes.push({
      row: this.#next++,
      isFunction,
      name: name < 0 ? undefined : nodeText(this.#tree, name),
      level: 0,
      depth: 0,
      recursive: false,
      firstToken: this.#tokens.length,
    });
  }

  #deepen(node: number, cognitive: boolean): void {
    const scope = this.#scopes.at(-1);
    if (!scope) return;
    this.#frames.push({ end: this.#tree.subtreeEnd[node]!, deepens: scope, cognitive });
    scope.depth++;
    if (cognitive) scope.level++;
    const column = scope.row * METRIC_STRIDE + MetricColumn.nesting;
    if (scope.depth > this.rows[column]!) this.rows[column] = scope.depth;
  }

  #closeUntil(node: number): void {
    for (let frame = this.#frames.at(-1); frame && frame.end <= node; frame = this.#frames.at(-1)) {
      this.#frames.pop();
      if (frame.deepens) {
        frame.deepens.depth--;
        if (frame.cognitive) frame.deepens.level--;
      } else {
        this.#close(this.#scopes.pop()!);
      }
    }
  }

  #close(scope: Scope): void {
    const { rows } = this;
    const at = scope.row * METRIC_STRIDE;
    if (scope.recursive) this.#thinkFor(scope);
    rows[at + MetricColumn.cyclomatic]! += 1;
    this.#tokens.count(rows, scope.row, scope.firstToken, this.#tokens.length, this.#scratch);
    const outer = this.#scopes.at(-1);
    if (!outer) return;
    const above = outer.row * METRIC_STRIDE;
    if (!outer.isFunction) rows[above + MetricColumn.cyclomatic]! += rows[at + MetricColumn.cyclomatic]!;
    rows[above + MetricColumn.statements]! += rows[at + MetricColumn.statements]!;
    rows[above + MetricColumn.nesting] = Math.max(
      rows[above + MetricColumn.nesting]!,
      outer.depth + rows[at + MetricColumn.nesting]!,
    );
  }

  /** A recursive function costs 1, for itself and for all that contains it. */
  #thinkFor(scope: Scope): void {
    for (const each of [...this.#scopes, scope]) this.rows[each.row * METRIC_STRIDE + MetricColumn.cognitive]! += 1;
  }

  /** An increment counts for every scope around it, in outer functions one level deeper for each function between. */
  #think(structural: boolean): void {
    let carried = 0;
    let amount = 1;
    let crossed = false;
    for (let i = this.#scopes.length - 1; i >= 0; i--) {
      const scope = this.#scopes[i]!;
      if (structural && !crossed && (scope.isFunction || i === this.#scopes.length - 1))
        amount = 1 + scope.level + carried;
      if (!scope.isFunction) crossed = true;
      carried += scope.level + 1;
      this.rows[scope.row * METRIC_STRIDE + MetricColumn.cognitive]! += amount;
    }
  }

  #visit(node: number, role: number): void {
    const tree = this.#tree;
    const { roles, tokens, alternative, callee, receiver, spec } = this.#table;
    const above = tree.parent[node]!;
    const aboveRole = above < 0 ? 0 : roles[tree.type[above]!]!;
    const isAlternative = alternative !== 0 && tree.field[node] === alternative && (aboveRole & Role.if) !== 0;
    if ((role & Role.decision) !== 0) this.#add(MetricColumn.cyclomatic, 1);
    if ((role & Role.case) !== 0 && !isWildcard(tree, node, spec.wildcards)) this.#add(MetricColumn.cyclomatic, 1);
    if ((role & Role.else) !== 0 && (aboveRole & Role.elseDecisionParent) !== 0) this.#add(MetricColumn.cyclomatic, 1);
    if ((role & Role.boolean) !== 0) {
      const operator = booleanOperator(tree, node, tokens);
      if (operator !== 0) {
        this.#add(MetricColumn.cyclomatic, 1);
        if ((aboveRole & Role.boolean) === 0 || booleanOperator(tree, above, tokens) !== operator) this.#think(false);
      }
    }
    if ((role & Role.if) !== 0 && ((aboveRole & Role.else) !== 0 || isAlternative)) this.#think(false);
    else if ((role & Role.nesting) !== 0) {
      this.#think(true);
      this.#deepen(node, true);
    } else if ((role & Role.else) !== 0) {
      if ((aboveRole & Role.freeElseParent) === 0 && !holdsOnlyIf(tree, node, roles)) this.#think(false);
    } else {
      if ((role & Role.block) !== 0) this.#deepen(node, false);
      if (isAlternative) this.#think(false);
    }
    if ((role & Role.jump) !== 0) this.#think(false);
    if ((role & Role.labelledJump) !== 0 && hasNamedChild(tree, node)) this.#think(false);
    if ((role & Role.call) !== 0) {
      const called = childByField(tree, node, callee);
      const scope = this.#scopes.at(-1);
      if (
        called >= 0 &&
        scope?.name !== undefined &&
        nodeText(tree, called) === scope.name &&
        isOwn(tree, node, receiver)
      )
        scope.recursive = true;
    }
  }
}

/** Whether a call is made on the object itself: on nothing, `this` or `self`. */
function isOwn(tree: SyntaxTree, call: number, receiver: number): boolean {
  const given = receiver === 0 ? -1 : childByField(tree, call, receiver);
  return given < 0 || /^(this|self)$/.test(nodeText(tree, given));
}

function countLines(rows: Int32Array, scopes: readonly MetricScope[], lineClasses: Uint8Array): void {
  const code = new Int32Array(lineClasses.length + 1);
  const comment = new Int32Array(lineClasses.length + 1);
  for (let line = 0; line < lineClasses.length; line++) {
    code[line + 1] = code[line]! + (lineClasses[line] === LineClass.code ? 1 : 0);
    comment[line + 1] = comment[line]! + (lineClasses[line] === LineClass.comment ? 1 : 0);
  }
  scopes.forEach((scope, row) => {
    const from = Math.min(scope.startLine - 1, lineClasses.length);
    const to = Math.min(scope.endLine, lineClasses.length);
    const at = row * METRIC_STRIDE;
    rows[at + MetricColumn.codeLines] = code[to]! - code[from]!;
    rows[at + MetricColumn.commentLines] = comment[to]! - comment[from]!;
    rows[at + MetricColumn.blankLines] =
      to - from - rows[at + MetricColumn.codeLines]! - rows[at + MetricColumn.commentLines]!;
    rows[at + MetricColumn.lackOfCohesion] = -1;
  });
}

/** Type number of the token that makes a two-operand node boolean, 0 for none. */
function booleanOperator(tree: SyntaxTree, node: number, tokens: Uint8Array): number {
  const end = tree.subtreeEnd[node]!;
  for (let child = node + 1; child < end; child = tree.subtreeEnd[child]!) {
    if (tokens[tree.type[child]!] === 1 && tree.subtreeEnd[child] === child + 1) return tree.type[child]!;
  }
  return 0;
}

/** `else { if … }` in grammars where the else clause holds the next `if`: that `if` is counted, not the clause. */
function holdsOnlyIf(tree: SyntaxTree, node: number, roles: Int32Array): boolean {
  const end = tree.subtreeEnd[node]!;
  for (let child = node + 1; child < end; child = tree.subtreeEnd[child]!) {
    if ((tree.flags[child]! & 1) !== 0 && (roles[tree.type[child]!]! & Role.if) !== 0) return true;
  }
  return false;
}

function hasNamedChild(tree: SyntaxTree, node: number): boolean {
  const end = tree.subtreeEnd[node]!;
  for (let child = node + 1; child < end; child = tree.subtreeEnd[child]!)
    if ((tree.flags[child]! & 1) !== 0) return true;
  return false;
}

/** Whether a case always matches: its text up to the first colon or arrow, without `case`, is a wildcard. */
function isWildcard(tree: SyntaxTree, node: number, wildcards: readonly string[] | undefined): boolean {
  if (!wildcards) return false;
  const head = tree.text.slice(tree.start[node], Math.min(tree.end[node]!, tree.start[node]! + 40));
  const stop = head.search(/:|->|=>/);
  const pattern = (stop < 0 ? head : head.slice(0, stop)).replace(/^\s*case\b/, '').trim();
  return wildcards.includes(pattern);
}
