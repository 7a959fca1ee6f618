/** What the passes over one file share. */
import { FactsBuilder } from '#model/facts-builder.ts';
import type { ExtractInput } from '../extractor.ts';
import { TextIndex } from '../text-index.ts';
import type { Class, Comment, Node, ParsedSource, Program } from './estree.ts';
import type { DocumentationComment } from './jsdoc.ts';
import { type FunctionUnit, openScope, type Scope } from './scope.ts';

/** A class while its members are declared; function constructors with prototypes have one as well. */
export interface ClassUnit {
  readonly symbol: number;
  /** Member names that have a symbol. */
  readonly members: Set<string>;
}

export interface Unit {
  readonly text: string;
  readonly language: string;
  readonly declarations: boolean;
  readonly index: TextIndex;
  readonly program: Program;
  readonly comments: readonly Comment[];
  readonly facts: FactsBuilder;
  readonly scopes: Map<Node, Scope>;
  readonly functions: Map<Node, FunctionUnit>;
  /** Symbol row of functions, classes, interfaces, namespaces, enums and members, by node. */
  readonly symbols: Map<Node, number>;
  readonly classes: Map<Class, ClassUnit>;
  /** Documentation that names types, by symbol row. */
  readonly documented: Map<number, DocumentationComment>;
  /** Import rows of `require(…)`, `import(…)` and of what is destructured from them, by node. */
  readonly importRows: Map<Node, number>;
  readonly module: FunctionUnit;
  readonly moduleScope: Scope;
  /** Import or export declarations make it an ES module. */
  readonly isModule: boolean;
  /** Prefix hashes for `bodyHash`, made on first use. */
  prefixHashes: { readonly hash: Int32Array; readonly count: Int32Array } | undefined;
}

export function makeUnit(source: ParsedSource, input: ExtractInput): Unit {
  const { text, language, declarations } = input;
  const module: FunctionUnit = {
    node: source.program,
    symbol: 0,
    owner: undefined,
    arrow: false,
    usesArguments: false,
  };
  const moduleScope = openScope(undefined, module, { hoists: true, container: 0 });
  const facts = new FactsBuilder(language, 'flow');
  facts.partial = source.partial;
  const isModule = source.program.body.some(
    ({ type }) =>
      type === 'ImportDeclaration' ||
      type === 'ExportNamedDeclaration' ||
      type === 'ExportDefaultDeclaration' ||
      type === 'ExportAllDeclaration',
  );
  return {
    text,
    language,
    declarations,
    facts,
    module,
    moduleScope,
    isModule,
    index: input.index ?? new TextIndex(text),
    program: source.program,
    comments: source.comments,
    scopes: new Map([[source.program, moduleScope]]),
    functions: new Map([[source.program, module]]),
    symbols: new Map(),
    classes: new Map(),
    documented: new Map(),
    importRows: new Map(),
    prefixHashes: undefined,
  };
}
