import { SymbolColumn } from '#model/facts.ts';
import { SymbolFlag, symbolKinds } from '#model/vocabulary.ts';
import { isTypeKind, typeText } from '../declarative/declare-symbol.ts';
import type { Extraction } from '../declarative/extraction.ts';

/** Defaults and `vararg` stand beside a parameter, not inside it. */
export function parameters(x: Extraction, list: number, symbol: number): void {
  const first = x.facts.parameters.rows;
  let variadic = false;
  for (let at = x.firstNamed(list); at >= 0; at = x.nextNamed(at)) {
    if (x.is(at, 'parameter_modifiers')) variadic = /\bvararg\b/.test(x.slice(at));
    if (!x.is(at, 'parameter') && !x.is(at, 'class_parameter')) continue;
    const name = x.childOfType(at, 'identifier');
    const type = name < 0 ? -1 : x.nextNamed(name);
    const value = x.is(at, 'class_parameter') ? (type < 0 ? -1 : x.nextNamed(type)) : x.nextNamed(at);
    const hasDefault = value >= 0 && !x.is(value, 'parameter') && !x.is(value, 'parameter_modifiers');
    const written = typeText(x, type);
    const isVariadic = variadic || /\bvararg\b/.test(x.text.slice(x.tree.start[at], x.tree.start[name]));
    x.parameter(
      x.name(name),
      written,
      hasDefault ? x.facts.string(x.oneLine(x.tree.start[value]!, x.tree.end[value]!, 120)) : -1,
      isVariadic ? 'variadic' : 'positional',
    );
    // With `val` or `var` it is a property, which members name as such.
    if (name >= 0 && !isProperty(x, at, name)) x.local(name, written);
    variadic = false;
  }
  x.facts.symbols.set(symbol, SymbolColumn.parameters, first);
  x.facts.symbols.set(symbol, SymbolColumn.parameterCount, x.facts.parameters.rows - first);
}

/** `class A(val n: Int, m: String)`: a constructor, and properties where `val` or `var` says so. */
export function primaryConstructor(x: Extraction, node: number, symbol: number): void {
  const constructor = x.childOfType(node, 'primary_constructor');
  if (constructor < 0) return;
  const made = x.declare({
    node: constructor,
    kind: 'constructor',
    nameNode: -1,
    name: x.nameOf(symbol),
    parent: symbol,
  });
  const list = x.childOfType(constructor, 'class_parameters');
  parameters(x, list, made);
  for (let at = x.firstNamed(list); at >= 0; at = x.nextNamed(at)) {
    if (!x.is(at, 'class_parameter')) continue;
    const name = x.childOfType(at, 'identifier');
    if (name < 0 || !isProperty(x, at, name)) continue;
    x.declare({
      node: at,
      kind: 'property',
      nameNode: name,
      parent: symbol,
      declaredType: typeText(x, x.nextNamed(name)),
    });
  }
}

function isProperty(x: Extraction, parameter: number, name: number): boolean {
  return (
    x.is(parameter, 'class_parameter') && /\bva[lr]\s+$/.test(x.text.slice(x.tree.start[parameter], x.tree.start[name]))
  );
}

export function property(x: Extraction, node: number): void {
  const variable = x.childOfType(node, 'variable_declaration', 'multi_variable_declaration');
  if (variable < 0) return;
  const kind = x.kindOf(x.symbol);
  let value = x.nextNamed(variable);
  if (
    value >= 0 &&
    (x.is(value, 'getter') ||
      x.is(value, 'setter') ||
      x.is(value, 'property_delegate') ||
      x.is(value, 'type_constraints'))
  )
    value = -1;
  if (
    kind === 'function' ||
    kind === 'method' ||
    kind === 'constructor' ||
    kind === 'property' ||
    x.is(variable, 'multi_variable_declaration')
  ) {
    const initial = value < 0 ? -1 : x.expression(value);
    x.bindBehind(node, () => bindVariables(x, variable, initial));
    return;
  }
  const name = x.childOfType(variable, 'identifier');
  if (name < 0) return;
  const written = typeText(x, x.nextNamed(name));
  const isConstant = /\bconst\s/.test(x.text.slice(x.tree.start[node], x.tree.start[variable]));
  const symbol = x.declare({
    node,
    kind: isConstant ? 'constant' : isTypeKind(kind) ? 'property' : 'variable',
    nameNode: name,
    declaredType: written,
    flags: inCompanion(x, node) ? SymbolFlag.static : 0,
  });
  if (written < 0 && value >= 0) x.initializer(symbol, x.expression(value));
  if (x.childOfType(node, 'getter', 'setter', 'property_delegate') >= 0) {
    x.facts.symbols.set(symbol, SymbolColumn.kind, symbolKinds.indexOf('property'));
    x.enter(node, symbol);
  }
}

export function bindVariables(x: Extraction, variable: number, value: number): void {
  if (variable < 0) return;
  if (x.is(variable, 'multi_variable_declaration')) {
    for (let at = x.firstNamed(variable); at >= 0; at = x.nextNamed(at)) bindVariables(x, at, -1);
    return;
  }
  const name = x.childOfType(variable, 'identifier');
  if (name < 0) return;
  const written = typeText(x, x.nextNamed(name));
  x.local(name, written, written < 0 ? value : -1);
}

export function inCompanion(x: Extraction, node: number): boolean {
  return node < (x.memory.get('companion') ?? 0);
}
