/** First pass, its state: scopes, bindings and symbols of one file; which variables are captured. */
import type { SymbolKind } from '#model/vocabulary.ts';
import type { Class, Expression, FunctionNode, Node, Statement } from './estree.ts';
import type { Binding, FunctionUnit, Scope } from './scope.ts';
import { lookup, openScope } from './scope.ts';
import type { ClassUnit, Unit } from './unit.ts';

/** What a function, class or object literal is called by the place it is assigned to. */
export interface NameHint {
  readonly name: string;
  readonly kind?: SymbolKind;
  readonly parent: number;
  readonly start: number;
  readonly end?: number;
  readonly nameStart: number;
  readonly statementStart?: number;
  readonly flags: number;
}

/** A CommonJS or ES export whose symbol is known once every binding is. */
export interface PendingExport {
  readonly name: string;
  readonly scope: Scope;
  /** The local name or the exported expression. */
  readonly local: string | undefined;
  readonly node: Node | undefined;
  readonly typeOnly: boolean;
}

export interface DeclarePass {
  readonly unit: Unit;
  scope: Scope;
  owner: FunctionUnit;
  /** Symbol that what follows is nested in. */
  symbol: number;
  /** The class that `this` is an instance of. */
  classUnit: ClassUnit | undefined;
  /** Flags of the declaration that an export statement holds, taken by the first declaration. */
  exportFlags: number;
  /** Start of the statement whose documentation is the declaration's. */
  statementStart: number;
  readonly useNames: string[];
  readonly useScopes: Scope[];
  readonly writeNames: string[];
  readonly writeScopes: Scope[];
  readonly writeOffsets: number[];
  readonly exports: PendingExport[];
  /** Hand-overs to the walker; the files of the pass do not import it. */
  readonly visit: (node: Node) => void;
  readonly value: (node: Expression, hint: NameHint | undefined) => void;
  readonly statements: (body: readonly Statement[]) => void;
  readonly declareFunction: (node: FunctionNode, hint: NameHint | undefined) => number;
  readonly declareClass: (node: Class, hint: NameHint | undefined) => number;
}

export function use(pass: DeclarePass, name: string): void {
  pass.useNames.push(name);
  pass.useScopes.push(pass.scope);
}

export function write(pass: DeclarePass, name: string, offset: number, scope: Scope = pass.scope): void {
  pass.writeNames.push(name);
  pass.writeScopes.push(scope);
  pass.writeOffsets.push(offset);
}

/** Runs `body` in a new scope of the node. */
export function within(pass: DeclarePass, node: Node, scope: Scope, body: () => void): void {
  const outer = pass.scope;
  const owner = pass.owner;
  pass.unit.scopes.set(node, scope);
  pass.scope = scope;
  pass.owner = scope.unit;
  body();
  pass.scope = outer;
  pass.owner = owner;
}

export function blockScope(pass: DeclarePass, container = -1): Scope {
  return openScope(pass.scope, pass.owner, { container });
}

/** Takes the flags that an export statement left for its declaration. */
export function takeExportFlags(pass: DeclarePass): number {
  const flags = pass.exportFlags;
  pass.exportFlags = 0;
  return flags;
}

export interface ResolvedWrites {
  readonly offsets: readonly number[];
  readonly bindings: readonly Binding[];
}

/** Marks captured bindings and counts writes, now that every declaration is known. */
export function resolveUses(pass: DeclarePass): ResolvedWrites {
  for (let at = 0; at < pass.useNames.length; at++) {
    const scope = pass.useScopes[at]!;
    const binding = lookup(scope, pass.useNames[at]!);
    if (binding && binding.scope.unit !== scope.unit) binding.captured = true;
  }
  const found: { offset: number; binding: Binding }[] = [];
  for (let at = 0; at < pass.writeNames.length; at++) {
    const scope = pass.writeScopes[at]!;
    const binding = lookup(scope, pass.writeNames[at]!);
    if (!binding) continue;
    binding.writes++;
    if (binding.scope.unit !== scope.unit) binding.captured = true;
    found.push({ offset: pass.writeOffsets[at]!, binding });
  }
  const versioned = found.filter(({ binding }) => binding.writes > 1 && !binding.captured);
  versioned.sort((a, b) => a.offset - b.offset);
  return { offsets: versioned.map(({ offset }) => offset), bindings: versioned.map(({ binding }) => binding) };
}
