import { LocalColumn } from '#model/declared-types.ts';
import { SymbolColumn } from '#model/facts.ts';
import { typeText } from './declare-symbol.ts';
import type { Extraction } from './extraction.ts';
import type { ParameterRule } from './language-spec.ts';

/** Adds the parameters of a list to the symbol and binds them in the scope that is open. */
export function addParameters(x: Extraction, symbol: number, list: number): void {
  const first = x.facts.parameters.rows;
  for (let at = x.firstNamed(list); at >= 0; at = x.nextNamed(at)) {
    const rule = x.spec.source.parameters?.[x.typeName(at)];
    if (rule) addParameter(x, at, rule, true);
  }
  x.facts.symbols.set(symbol, SymbolColumn.parameters, first);
  x.facts.symbols.set(symbol, SymbolColumn.parameterCount, x.facts.parameters.rows - first);
}

/** Binds the parameters of a lambda as locals; it has no symbol. */
export function bindParameters(x: Extraction, list: number): void {
  for (let at = x.firstNamed(list); at >= 0; at = x.nextNamed(at)) {
    const rule = x.spec.source.parameters?.[x.typeName(at)];
    if (rule) addParameter(x, at, rule, false);
  }
}

export function bindTypeParameter(x: Extraction, node: number, rule: ParameterRule): void {
  const bound = typeText(x, x.find(node, rule.type));
  const field = rule.name ?? 'name';
  if (typeof field !== 'string') {
    const name = field(x, node);
    if (name >= 0) x.local(name, bound, -1, -1);
    return;
  }
  for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at)) if (x.fieldIs(at, field)) x.local(at, bound, -1, -1);
}

function addParameter(x: Extraction, node: number, rule: ParameterRule, rows: boolean): void {
  const written = typeText(x, x.find(node, rule.type));
  const type = written >= 0 && rule.typePrefix ? x.facts.string(rule.typePrefix + x.facts.strings[written]!) : written;
  const defaultNode = x.find(node, rule.default);
  const defaultText =
    defaultNode < 0 ? -1 : x.facts.string(x.oneLine(x.tree.start[defaultNode]!, x.tree.end[defaultNode]!, 120));
  const kind = rule.variadic ? 'variadic' : 'positional';
  const field = rule.name ?? 'name';
  let any = false;
  const add = (nameNode: number): void => {
    if (rows) x.parameter(x.name(nameNode), written, defaultText, kind);
    const local = x.local(nameNode, type);
    if (type < 0 && defaultNode >= 0) x.facts.locals.set(local, LocalColumn.initializer, x.expression(defaultNode));
    any = true;
  };
  if (typeof field === 'string') {
    for (let at = x.firstNamed(node); at >= 0; at = x.nextNamed(at)) if (x.fieldIs(at, field)) add(at);
  } else {
    const nameNode = field(x, node);
    if (nameNode >= 0) add(nameNode);
  }
  if (!any && rows) x.parameter(x.facts.string(''), written, defaultText, kind);
}
