/**
 * What a language's node types mean to the metrics, by role. Every list holds grammar type names; only named nodes match,
 * except in `booleanOperators`, which holds operator tokens. A role that a language lacks is left out.
 */
export interface MetricSpec {
  /** Function-like nodes: nested inside another function they raise the cognitive nesting of what they hold. */
  readonly functions: readonly string[];
  /** Functions without a name of their own (lambdas): their decisions count for the function around them. */
  readonly lambdas?: readonly string[];
  /** Cyclomatic: one more path each. */
  readonly decisions: readonly string[];
  /** Cyclomatic: one more path for each, unless the node holds only a wildcard (`case _`, `default`). */
  readonly cases?: readonly string[];
  /** Texts of a case's pattern, up to the colon or arrow, that always match: `_`, `default`. */
  readonly wildcards?: readonly string[];
  /** Cyclomatic: one more path for an `else` under one of these parents (radon: loops and try). */
  readonly elseDecisions?: readonly string[];
  /** Expressions with two operands that may be boolean, and the tokens that make them so (`and`, `&&`). */
  readonly booleans?: readonly string[];
  readonly booleanOperators?: readonly string[];
  /** Cognitive: +1, +1 for each level of nesting, and what they hold is one level deeper. */
  readonly nesting: readonly string[];
  /** Deeper for the nesting metric alone (`try`, `with`), without a cognitive price. */
  readonly blocks?: readonly string[];
  /** `if` nodes: one that stands in the else of another is an else-if and costs 1 whatever its depth. */
  readonly ifs: readonly string[];
  /** Cognitive +1 without nesting: else clauses and else-ifs with nodes of their own. */
  readonly elses?: readonly string[];
  /** Parents under which an else costs nothing (`try`). */
  readonly freeElseParents?: readonly string[];
  /** Field of an `if` under which its else stands where the grammar has no node for `else`. */
  readonly alternativeField?: string;
  /** Cognitive +1: `goto`. */
  readonly jumps?: readonly string[];
  /** Cognitive +1 when they name a label: `break`, `continue`. */
  readonly labelledJumps?: readonly string[];
  /** Calls and the field of their callee: a function that calls itself costs 1. */
  readonly calls?: readonly string[];
  readonly calleeField?: string;
  /** Field of what a call is made on: anything but `this` or `self` there is no call of the function itself. */
  readonly receiverField?: string;
  /** Field of a function's name; `name` by default. */
  readonly nameField?: string;
  /** Statements; a leading `*` stands for any beginning (`*_statement`). */
  readonly statements: readonly string[];
  /** Halstead operands among leaves; a whole literal counts once. All other leaves are operators. */
  readonly operands: readonly string[];
  /** Leaves and subtrees that are neither: comments. */
  readonly ignored: readonly string[];
  /** Closing halves of pairs and pure layout, which are no operators of their own: `)`, `]`, `}`. */
  readonly silentTokens?: readonly string[];
}
