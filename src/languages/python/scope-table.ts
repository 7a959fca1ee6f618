/** Scopes and variables of one file, by Python's rules (language reference, "Naming and binding"). */
export const ScopeKind = { module: 0, class: 1, function: 2, lambda: 3, comprehension: 4 } as const;

export class ScopeTable {
  readonly kind: number[] = [];
  readonly parent: number[] = [];
  readonly node: number[] = [];
  /** Nearest enclosing symbol row: its own for modules, classes, functions and lambdas. */
  readonly symbol: number[] = [];
  /** The scope whose code runs this one: a class body and a comprehension run in the function around them. */
  readonly runsIn: number[] = [];
  /** Name of a method's first parameter, −1. */
  readonly selfName: number[] = [];
  readonly #variables: Map<number, number>[] = [];
  readonly #declared: (Map<number, 'global' | 'nonlocal'> | undefined)[] = [];
  readonly #byNode = new Map<number, number>();

  readonly variableName: number[] = [];
  readonly variableScope: number[] = [];
  /** How often it is bound. */
  readonly bindings: number[] = [];
  readonly readElsewhere: boolean[] = [];
  readonly writtenElsewhere: boolean[] = [];
  readonly variableSymbol: number[] = [];
  readonly variableImport: number[] = [];
  readonly isParameter: boolean[] = [];

  open(kind: number, node: number, parent: number, symbol: number): number {
    const scope = this.kind.length;
    this.kind.push(kind);
    this.parent.push(parent);
    this.node.push(node);
    this.symbol.push(symbol);
    this.selfName.push(-1);
    const runs = kind === ScopeKind.class || kind === ScopeKind.comprehension ? this.runsIn[parent]! : scope;
    this.runsIn.push(runs);
    this.#variables.push(new Map());
    this.#declared.push(undefined);
    this.#byNode.set(node, scope);
    return scope;
  }

  /** The scope that a node opens. */
  of(node: number): number {
    return this.#byNode.get(node) ?? -1;
  }

  declare(scope: number, name: number, as: 'global' | 'nonlocal'): void {
    (this.#declared[scope] ??= new Map()).set(name, as);
  }

  /** The variable that binding `name` in `scope` binds; made if new. A name declared global or nonlocal is bound outside. */
  bind(scope: number, name: number): number {
    let target = scope;
    const declared = this.#declared[scope]?.get(name);
    if (declared === 'global') target = 0;
    else if (declared === 'nonlocal') target = this.#nonlocalScope(scope, name);
    let variable = this.#variables[target]!.get(name);
    if (variable === undefined) {
      variable = this.variableName.length;
      this.variableName.push(name);
      this.variableScope.push(target);
      this.bindings.push(0);
      this.readElsewhere.push(false);
      this.writtenElsewhere.push(false);
      this.variableSymbol.push(-1);
      this.variableImport.push(-1);
      this.isParameter.push(false);
      this.#variables[target]!.set(name, variable);
    }
    if (this.runsIn[target] !== this.runsIn[scope]) this.writtenElsewhere[variable] = true;
    return variable;
  }

  own(scope: number, name: number): number {
    return this.#variables[scope]!.get(name) ?? -1;
  }

  variablesOf(scope: number): Iterable<readonly [number, number]> {
    return this.#variables[scope]!;
  }

  /** The variable that reading `name` in `scope` reads; −1 if no scope of the file binds it. */
  resolve(scope: number, name: number): number {
    if (this.#declared[scope]?.get(name) === 'global') return this.own(0, name);
    const own = this.#variables[scope]!.get(name);
    if (own !== undefined) return own;
    for (let at = this.parent[scope]!; at >= 0; at = this.parent[at]!) {
      if (this.kind[at] === ScopeKind.class) continue;
      if (this.#declared[at]?.get(name) === 'global') return this.own(0, name);
      const found = this.#variables[at]!.get(name);
      if (found !== undefined) return found;
    }
    return -1;
  }

  #nonlocalScope(scope: number, name: number): number {
    let nearest = -1;
    for (let at = this.parent[scope]!; at > 0; at = this.parent[at]!) {
      if (this.kind[at] === ScopeKind.class || this.kind[at] === ScopeKind.comprehension) continue;
      if (nearest < 0) nearest = at;
      if (this.#variables[at]!.has(name)) return at;
    }
    return nearest < 0 ? 0 : nearest;
  }
}
