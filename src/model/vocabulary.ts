/**
 * The closed vocabularies of the index. Packed tables store a member's position in its list, so lists only grow at the
 * end; changing one is a new facts version.
 */

export const symbolKinds = [
  'module',
  'namespace',
  'class',
  'interface',
  'trait',
  'enum',
  'struct',
  'union',
  'type',
  'function',
  'method',
  'constructor',
  'property',
  'field',
  'enum-member',
  'constant',
  'variable',
  'macro',
  'section',
] as const;
export type SymbolKind = (typeof symbolKinds)[number];

/** Kinds that have members and instances or implementations. */
export const typeKinds: readonly SymbolKind[] = ['class', 'interface', 'trait', 'enum', 'struct', 'union'];
/** Kinds with a body that runs. */
export const functionKinds: readonly SymbolKind[] = ['function', 'method', 'constructor'];

export const visibilities = ['public', 'protected', 'private', 'internal'] as const;
export type Visibility = (typeof visibilities)[number];

/** How a name is used at one place. */
export const referenceRoles = [
  'call',
  'instantiate',
  'read',
  'write',
  'import',
  'inherit',
  'implement',
  'type',
  'decorate',
] as const;
export type ReferenceRole = (typeof referenceRoles)[number];

export const edgeKinds = [
  'contains',
  'imports',
  'calls',
  'instantiates',
  'inherits',
  'implements',
  'overrides',
  'reads',
  'writes',
  'decorates',
  'types',
  'tests',
  // An import that only types need, erased at run time: it makes no cycle at run time.
  'imports-types',
] as const;
export type EdgeKind = (typeof edgeKinds)[number];

/**
 * How an edge is known. `exact`: scope, import or declared type. `inferred`: data flow. `candidate`: the name only; it
 * carries the number of rivals and never counts as a call. `external`: the target lies outside the repository.
 */
export const provenances = ['exact', 'inferred', 'candidate', 'external'] as const;
export type Provenance = (typeof provenances)[number];

/**
 * How deep the facts of a file go. `flow`: symbols, references, data flow; `typed`: symbols, references and declared
 * types; `names`: symbols and references by name; `lexical`: symbols by Trowel's own lexer-level extractor; `text`: lines
 * and searchable chunks only.
 */
export const factLevels = ['text', 'lexical', 'names', 'typed', 'flow'] as const;
export type FactLevel = (typeof factLevels)[number];

export const parameterKinds = [
  'positional',
  'positional-only',
  'keyword-only',
  'variadic',
  'keyword-variadic',
] as const;
export type ParameterKind = (typeof parameterKinds)[number];

export const importKinds = [
  'module',
  'member',
  'star',
  'side-effect',
  're-export',
  're-export-star',
  'dynamic',
  'include',
] as const;
export type ImportKind = (typeof importKinds)[number];

export const chunkKinds = ['code', 'comment', 'docstring', 'prose', 'configuration'] as const;
export type ChunkKind = (typeof chunkKinds)[number];

/** Bits of a symbol's `flags` column. */
export const SymbolFlag = {
  exported: 1 << 0,
  async: 1 << 1,
  static: 1 << 2,
  abstract: 1 << 3,
  generator: 1 << 4,
  /** Lambdas, arrow functions and function expressions without a name; hidden from listings, present in the graph. */
  anonymous: 1 << 5,
  readonly: 1 << 6,
  override: 1 << 7,
  final: 1 << 8,
  getter: 1 << 9,
  setter: 1 << 10,
  deprecated: 1 << 11,
  /** A declaration without a body: overload signature, `.d.ts`, `.pyi`, prototype. */
  declaration: 1 << 12,
  default: 1 << 13,
  test: 1 << 14,
  /** Python: the name is bound again elsewhere in the same scope. */
  rebound: 1 << 15,
  entryPoint: 1 << 16,
  operator: 1 << 17,
  classmethod: 1 << 18,
} as const;
