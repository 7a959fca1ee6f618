/**
 * The constraint program of one file: what its code does with values, as set constraints over numbered slots. Extractors
 * emit it; link solves it (inclusion constraints in the manner of Andersen, with the call graph built on the way). It knows
 * no language: what an attribute look-up or a call means in Python or in ECMAScript is the solver's dialect.
 *
 * A slot is a variable or a temporary of one function (slots of the module body belong to function 0). Extractors keep
 * straight-line precision themselves: each assignment to a local opens a new slot, a join copies the versions into one;
 * a variable that a nested function reads, and a module-level name read inside functions, has one merged slot that all its
 * versions are copied into. A nested function uses the outer slot directly: that is its closure.
 */

/** Row of `flow`: operation | flags << 8, then five operands. Rows are grouped by function, in `flowFunctions` order. */
export const FLOW_STRIDE = 6;

export const FlowOp = {
  /** dst, src */
  copy: 0,
  /** dst, function row: the function object is created here */
  function: 1,
  /** dst, class row, keyword arguments of a Python class (index into flowLists) | −1 */
  class: 2,
  /** dst, ContainerKind: a container or object literal is created here; the row's own place is its identity */
  object: 3,
  /** dst, ConstantKind, string | −1: a literal; strings matter as keys and names, the rest as types */
  constant: 4,
  /** dst, base, name, reference | −1: base.name. A name with one `*` stands for all with that beginning and end. */
  load: 5,
  /** base, name, src, reference | −1: base.name = src */
  store: 6,
  /** dst, base, key slot | −1: base[key]; key −1 is any element */
  loadElement: 7,
  /** base, key slot | −1, src */
  storeElement: 8,
  /** dst | −1, callee, receiver | −1, arguments (index into flowLists), reference | −1. See CallFlag. */
  call: 9,
  /** dst, import row: the value that the import binds (the module when its name is −1) */
  import: 10,
  /** name, src: an outward name of the module. Python: every module-level binding. ECMAScript: exports, `module.exports` as "module.exports" */
  export: 11,
  /** dst, name: a name no scope of the file binds: first what the file's star imports bring, then a builtin or a global of the host */
  global: 12,
  /** dst, class row, receiver slot: `super` inside that class */
  super: 13,
  /** dst, src, line, column: an element by the iteration protocol (`for`, spread, unpacking, `yield from`). Line 0: unknown */
  iterate: 14,
  /** dst, src, line, column */
  await: 15,
  /** dst, src, line, column: what `with src as dst` binds (Python) */
  enter: 16,
  /** dst, type slot: dst may be an instance of what the type slot holds; weak: used where flow finds nothing */
  annotate: 17,
  /** class row, name, src, MemberFlag bits: a member declared in a class body */
  member: 18,
  /**
   * dst, left, name, arguments, reference: an operator or protocol call (`a + b` → "__add__"), made only if a project's class
   * defines it. `__iadd__` and its kin stand for `__add__` where a class lacks them; on containers, `__add__` and `__or__` yield
   * what both hold. A `load` whose reference is a call's row reads the callee of that call.
   */
  protocol: 19,
  /** name, src: assignment to an undeclared or host-global name (ECMAScript `window.x`, Python `builtins`) */
  storeGlobal: 20,
  /** dst, src, type slot | −1, NarrowKind | NOT: what of src a test lets through */
  narrow: 21,
  /** nothing, src, line, column: the truth of a value is asked (Python `if x`) */
  truth: 22,
} as const;
export type FlowOp = (typeof FlowOp)[keyof typeof FlowOp];

/** Flags of a `call` row (bits 8 and up of its first column, shifted down). */
export const CallFlag = {
  /** `new C()` in ECMAScript. (In Python a class is simply called.) */
  construct: 1 << 4,
  /** Arguments hold a spread: positions after it are unknown. */
  spread: 1 << 5,
  /** `await`ed or `yield from`-ed directly */
  awaited: 1 << 6,
  /** A decorator's application: the reference has role `decorate` */
  decorator: 1 << 7,
} as const;

/** What a test asks of a value. `instance`, `subclass` and `exact` ask by what the type slot holds. */
export const NarrowKind = {
  instance: 0,
  subclass: 1,
  /** Of the very class: `type(x) is C` */
  exact: 2,
  callable: 3,
  string: 4,
  number: 5,
  boolean: 6,
  undefined: 7,
  /** ECMAScript's `typeof x === "object"` */
  object: 8,
  array: 9,
} as const;
/** Added to a NarrowKind: what the test keeps out. */
export const NOT = 16;

/** Flags of a `store` row. */
export const StoreFlag = {
  /** In a constructor, on the object that it makes, whatever way it takes. */
  certain: 1 << 4,
} as const;

/** Flags of a `loadElement` row. */
export const ElementFlag = {
  /** By unpacking (`a, b = …`): what has no positions (a generator, a set, an instance) gives any element by iteration. */
  unpack: 1 << 4,
} as const;

export const ContainerKind = {
  object: 0,
  list: 1,
  tuple: 2,
  set: 3,
  dictionary: 4,
  generator: 5,
  promise: 6,
  map: 7,
  regexp: 8,
  arguments: 9,
  /** Made by link alone. */
  proxy: 10,
} as const;

/** `template`: a string of which the beginning and end are known; its text has `*` for what is between. */
export const ConstantKind = {
  string: 0,
  number: 1,
  boolean: 2,
  none: 3,
  bytes: 4,
  undefined: 5,
  bigint: 6,
  template: 7,
} as const;

/** Row of `flowFunctions`. Row 0 is the module body. */
export const FlowFunctionColumn = {
  symbol: 0, // symbol row
  owner: 1, // enclosing function row, −1 for row 0
  class: 2, // class row when it is a method, else −1
  flags: 3, // FlowFunctionFlag
  receiver: 4, // slot of `this` (ECMAScript) or −1. Python's `self` is an ordinary first parameter.
  returns: 5, // slot that collects returned values
  yields: 6, // slot that collects yielded values, −1 if no generator
  parameters: 7, // index into flowLists: [count, (kind, slot, name, default slot | −1)…], kind indexes parameterKinds
  firstOperation: 8, // row in `flow`
  operationCount: 9,
  arguments: 10, // slot of ECMAScript's `arguments`, −1
} as const;
export const FLOW_FUNCTION_STRIDE = 11;
export const FlowFunctionFlag = {
  async: 1,
  generator: 2,
  /** ECMAScript arrow: `this` is the enclosing function's (receiver holds that slot already) */
  arrow: 4,
  static: 8,
  classmethod: 16,
  property: 32,
  setter: 64,
  constructor: 128,
  abstract: 256,
} as const;

/** Row of `flowClasses`. */
export const FlowClassColumn = {
  symbol: 0,
  slot: 1, // where the class object is first held
  bases: 2, // index into flowLists: [count, slot…]
  metaclass: 3, // slot | −1
  owner: 4, // function row in which it is defined
} as const;
export const FLOW_CLASS_STRIDE = 5;

/** Bits of a `member` row. */
export const MemberFlag = { static: 1, getter: 2, setter: 4, field: 8 } as const;

/** Keyword under which a call that adds to a list is given the place of the new element, where the extractor knows it. */
export const NEXT_PLACE = '#at';

/** Arguments in flowLists: [count, (kind, slot, keyword name | −1)…]. */
export const ArgumentKind = { positional: 0, keyword: 1, spread: 2, keywordSpread: 3 } as const;

/**
 * What each operand of an operation is, by operation: S slot, F function row, C class row, I import row, T string,
 * A list of arguments (index into flowLists), R reference row, P place (line or column), K other number.
 */
export const flowOperands: readonly string[] = [
  'SS',
  'SF',
  'SCA',
  'SK',
  'SKT',
  'SSTR',
  'STSR',
  'SSS',
  'SSS',
  'SSSAR',
  'SI',
  'TS',
  'ST',
  'SCS',
  'SSPP',
  'SSPP',
  'SSPP',
  'SS',
  'CTSK',
  'SSTAR',
  'TS',
  'SSSK',
  'KSPP',
];
