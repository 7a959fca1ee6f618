import type { EsNode } from '#languages/ecmascript-tree.ts';
import type { EsReference, EsScope, EsScopes, EsVariable, EsVariableKind } from './ecmascript-variables.ts';

/** Takes down scopes, declarations and uses during a walk; names are looked up at its end, when all is declared. */
export class ScopeRecorder {
  scope: EsScope;
  /** Above 0: in a type, where names stand for types. */
  inType = 0;
  readonly #module: EsScope;
  readonly #all: EsScope[] = [];
  readonly #references: EsReference[] = [];
  readonly #byNode = new Map<EsNode, EsVariable>();
  readonly #scopes = new Map<EsNode, EsScope>();

  constructor(program: EsNode) {
    this.#module = this.#open(program, true, undefined);
    this.scope = this.#module;
  }

  within(node: EsNode, hoists: boolean, work: () => void): void {
    const outer = this.scope;
    this.scope = this.#open(node, hoists, outer);
    work();
    this.scope = outer;
  }

  declare(node: EsNode, name: string, kind: EsVariableKind, scope: EsScope): void {
    let variable = scope.variables.get(name);
    if (!variable) {
      variable = { name, kind, scope, declarations: [], references: [] };
      scope.variables.set(name, variable);
    }
    variable.declarations.push(node);
    this.#byNode.set(node, variable);
  }

  refer(node: EsReference['node'], use: { read?: boolean; write?: boolean; init?: boolean }): void {
    this.#references.push({
      node,
      scope: this.scope,
      isRead: use.read ?? false,
      isWrite: use.write ?? false,
      isInit: use.init ?? false,
      isType: this.inType > 0,
      variable: undefined,
    });
  }

  finish(): EsScopes {
    for (const reference of this.#references) {
      const variable = find(reference.scope, reference.node.name);
      reference.variable = variable;
      if (!variable) continue;
      variable.references.push(reference);
      if (!this.#byNode.has(reference.node)) this.#byNode.set(reference.node, variable);
    }
    return {
      module: this.#module,
      all: this.#all,
      references: this.#references,
      variableOf: (node) => this.#byNode.get(node),
      scopeOf: (node) => this.#scopes.get(node),
    };
  }

  #open(node: EsNode, hoists: boolean, parent: EsScope | undefined): EsScope {
    const scope: { -readonly [Key in keyof EsScope]: EsScope[Key] } = {
      node,
      parent,
      hoist: undefined as unknown as EsScope,
      variables: new Map(),
      isDynamic: false,
    };
    scope.hoist = hoists || !parent ? scope : parent.hoist;
    this.#all.push(scope);
    this.#scopes.set(node, scope);
    return scope;
  }
}

function find(scope: EsScope, name: string): EsVariable | undefined {
  for (let at: EsScope | undefined = scope; at; at = at.parent) {
    const found = at.variables.get(name);
    if (found) return found;
  }
  return undefined;
}
