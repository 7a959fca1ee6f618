/**
 * Facts for languages whose types are declared: enough of each expression to ask "what type is the receiver of this call?".
 * Link answers by scope, imports, declarations and hierarchy; nothing is iterated to a fixed point.
 */

/** Row of `expressions`: [operation, a, b]. Operands come before their users. */
export const EXPRESSION_STRIDE = 3;
export const ExpressionOp = {
  /**
   * a = string: an identifier, resolved by scope. b = row in `locals` if it is one; −2 − e: the members of the value of expression
   * e come first (`x.apply { … }`); else −1
   */
  name: 0,
  /** a = expression, b = string: a.b, a->b, a::b */
  member: 1,
  /** a = expression of the callee, b = number of arguments: the call's result */
  call: 2,
  /** a = string, the type as written: `new T(…)`, `T{…}`, a cast, a literal's type ("string", "int") */
  type: 3,
  /** this, self: an instance of the enclosing type */
  self: 4,
  /** super, base, parent */
  super: 5,
  /** a = expression: an element, `a[i]`, `*a`, iteration variable of `a` */
  element: 6,
  /** a = expression: awaited or unwrapped (`await a`, `a?`, `a!!`) */
  unwrap: 7,
  /** a = string, the path as written: `a::b::C`, `java.util.List` */
  path: 8,
} as const;

/** Row of `locals`: parameters and local variables, in order of declaration. */
export const LocalColumn = {
  name: 0, // string
  symbol: 1, // enclosing function's symbol row
  type: 2, // string as written, −1 when inferred
  initializer: 3, // expression row, −1
  /** Position in the results of a call with several (`a, err := f()`), else 0. −1: a type parameter, whose type is its bound. */
  position: 4,
  /** Scope of the variable, in lines. 0: the row is not a local but tells the initializer of `symbol` itself, an untyped field or global. */
  startLine: 5,
  endLine: 6,
} as const;
export const LOCAL_STRIDE = 7;
