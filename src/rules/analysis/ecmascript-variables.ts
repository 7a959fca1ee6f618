/** What is known of a file's names. */
import type { EsNode, EsNodeOf } from '#languages/ecmascript-tree.ts';

export type EsVariableKind =
  | 'var'
  | 'let'
  | 'const'
  | 'function'
  | 'class'
  | 'parameter'
  | 'import'
  | 'catch'
  | 'enum'
  | 'namespace'
  | 'type'
  | 'own-name';

export interface EsVariable {
  readonly name: string;
  readonly kind: EsVariableKind;
  readonly scope: EsScope;
  /** The identifiers that declare it. */
  readonly declarations: EsNode[];
  readonly references: EsReference[];
}

export interface EsReference {
  readonly node: EsNodeOf<'Identifier'> | EsNodeOf<'JSXIdentifier'>;
  readonly scope: EsScope;
  readonly isRead: boolean;
  readonly isWrite: boolean;
  readonly isType: boolean;
  /** The declaration's own first value: `let a = 1`. */
  readonly isInit: boolean;
  variable: EsVariable | undefined;
}

export interface EsScope {
  readonly node: EsNode;
  readonly parent: EsScope | undefined;
  /** Function or module to which `var` goes. */
  readonly hoist: EsScope;
  readonly variables: Map<string, EsVariable>;
  /** `with` or a direct `eval`: names cannot be known. */
  isDynamic: boolean;
}

export interface EsScopes {
  readonly module: EsScope;
  readonly all: readonly EsScope[];
  readonly references: readonly EsReference[];
  /** The variable that an identifier declares or refers to. */
  variableOf(node: EsNode): EsVariable | undefined;
  /** The scope that a node opens. */
  scopeOf(node: EsNode): EsScope | undefined;
}
