/** Import rows of import statements, and of imports by constant names. */
import { ImportFlag } from '#model/facts.ts';
import { importKinds } from '#model/vocabulary.ts';
import { Kind } from './grammar.ts';
import type { Unit } from './unit.ts';

const moduleKind = importKinds.indexOf('module');
const memberKind = importKinds.indexOf('member');
const starKind = importKinds.indexOf('star');
const dynamicKind = importKinds.indexOf('dynamic');

/** `bind` receives the node of the local name that each row binds (−1 for a star) and the row. */
export function addImports(
  unit: Unit,
  node: number,
  symbol: number,
  inFunction: boolean,
  bind: (nameNode: number, row: number) => void,
): void {
  const flags = circumstances(unit, node) | (inFunction ? ImportFlag.inFunction : 0);
  const add = (
    kind: number,
    specifier: string,
    name: string | undefined,
    alias: string | undefined,
    place: number,
    level: number,
  ): number => {
    const start = unit.tree.start[place]!;
    const line = unit.line(start);
    const { facts } = unit;
    const row = facts.imports.rows;
    facts.imports.add(
      kind,
      facts.string(specifier),
      facts.string(name),
      facts.string(alias),
      line,
      unit.column(start, line),
      symbol,
      level,
      flags,
    );
    return row;
  };
  if (unit.kind(node) === Kind.import_statement) {
    for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
      const isAliased = unit.kind(child) === Kind.aliased_import;
      const name = isAliased ? unit.child(child, unit.fields.name) : child;
      const alias = isAliased ? unit.child(child, unit.fields.alias) : -1;
      if (name < 0 || unit.kind(name) !== Kind.dotted_name) continue;
      const row = add(moduleKind, dotted(unit, name), undefined, alias < 0 ? undefined : unit.textOf(alias), name, 0);
      bind(alias < 0 ? unit.firstNamed(name) : alias, row);
    }
    return;
  }
  const module = unit.child(node, unit.fields.module_name);
  let level = 0;
  let specifier = unit.kind(node) === Kind.future_import_statement ? '__future__' : '';
  if (module >= 0 && unit.kind(module) === Kind.relative_import) {
    for (let child = unit.firstNamed(module); child >= 0; child = unit.nextNamed(child, module)) {
      if (unit.kind(child) === Kind.import_prefix) level = unit.textOf(child).replace(/[^.]/g, '').length;
      else specifier = dotted(unit, child);
    }
  } else if (module >= 0) specifier = dotted(unit, module);
  for (let child = unit.firstNamed(node); child >= 0; child = unit.nextNamed(child, node)) {
    if (child === module) continue;
    if (unit.kind(child) === Kind.wildcard_import) {
      bind(-1, add(starKind, specifier, undefined, undefined, child, level));
      continue;
    }
    const isAliased = unit.kind(child) === Kind.aliased_import;
    const name = isAliased ? unit.child(child, unit.fields.name) : child;
    const alias = isAliased ? unit.child(child, unit.fields.alias) : -1;
    if (name < 0) continue;
    const row = add(memberKind, specifier, dotted(unit, name), alias < 0 ? undefined : unit.textOf(alias), name, level);
    bind(alias < 0 ? unit.firstNamed(name) : alias, row);
  }
}

/** `import_module("a.b")`, `__import__("a")`: leading dots count as a relative level. */
export function addDynamicImport(
  unit: Unit,
  node: number,
  symbol: number,
  inFunction: boolean,
  specifier: string,
): number {
  const start = unit.tree.start[node]!;
  const line = unit.line(start);
  const { facts } = unit;
  const level = specifier.length - specifier.replace(/^\.+/, '').length;
  const row = facts.imports.rows;
  const flags = circumstances(unit, node) | (inFunction ? ImportFlag.inFunction : 0);
  facts.imports.add(
    dynamicKind,
    facts.string(specifier.slice(level)),
    -1,
    -1,
    line,
    unit.column(start, line),
    symbol,
    level,
    flags,
  );
  return row;
}

function dotted(unit: Unit, node: number): string {
  const text = unit.textOf(node);
  return /\s/.test(text) ? text.replace(/\s+/g, '') : text;
}

/** Under `if` or `try`: conditional; under `if TYPE_CHECKING`: for types only. */
function circumstances(unit: Unit, node: number): number {
  let flags = 0;
  let below = node;
  for (let at = unit.tree.parent[node]!; at > 0; below = at, at = unit.tree.parent[at]!) {
    const kind = unit.kind(at);
    if (kind === Kind.function_definition || kind === Kind.class_definition) break;
    if (kind === Kind.try_statement) flags |= ImportFlag.conditional;
    if (kind !== Kind.if_statement) continue;
    const condition = unit.child(at, unit.fields.condition);
    const isTypeChecking = condition >= 0 && /(^|\.)TYPE_CHECKING$/.test(unit.textOf(condition));
    flags |=
      isTypeChecking && unit.tree.field[below] === unit.fields.consequence
        ? ImportFlag.typeOnly
        : ImportFlag.conditional;
  }
  return flags;
}
