/**
 * Writes the table of what the Python standard library declares, from the stubs that the development dependency `pyright`
 * carries (typeshed, Apache-2.0): results, callbacks and bases only.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DeclaredClass, DeclaredMember, DeclaredModule } from '../src/link/declarations/declaration.ts';
import { writeDeclarations } from '../src/link/declarations/declaration-text.ts';
import { Declarations } from '../src/link/declarations/declarations.ts';
import { readPythonStub } from '../src/link/declarations/python-stub.ts';

const root = path.resolve(import.meta.dirname, '..');
const stubs = path.join(root, 'node_modules/pyright/dist/typeshed-fallback/stdlib');
/** Modules that no longer exist, draw on a screen, or are stubs about stubs. */
const left =
  /^(?:_typeshed|tkinter|turtle|lib2to3|distutils|idlelib|msilib|curses|ensurepip|pydoc_data|antigravity|this|_tkinter|_curses|_msi|_bootlocale)(?:\.|$)/;
/** What says nothing about calls. */
const plain = new Set(['builtins#int', 'builtins#float', 'builtins#bool', 'builtins#object', 'builtins#type']);

function read(folder: string, prefix: string, modules: Map<string, DeclaredModule>): void {
  for (const name of readdirSync(folder).toSorted()) {
    const full = path.join(folder, name);
    if (statSync(full).isDirectory()) {
      read(full, `${prefix}${name}.`, modules);
      continue;
    }
    if (!name.endsWith('.pyi')) continue;
    const stem = name.slice(0, -4);
    const isPackage = stem === '__init__';
    const module = isPackage ? prefix.slice(0, -1) : `${prefix}${stem}`;
    if (!left.test(module)) modules.set(module, readPythonStub(readFileSync(full, 'utf8'), module, isPackage));
  }
}

const all = new Map<string, DeclaredModule>();
read(stubs, '', all);
const declarations = new Declarations((name) => all.get(name));

/** The class's public name: a class of `_io` or `asyncio.tasks` is known by the module that offers it. */
const publicNames = new Map<string, string>();
for (const [module, { members, stars }] of all) {
  if (module.split('.').some((part) => part.startsWith('_')) || module === 'typing_extensions') continue;
  const offer = (name: string): void => {
    if (name.startsWith('_')) return;
    const found = declarations.find(`${module}#${name}`);
    if (found?.member.kind !== 'class' || found.name === `${module}#${name}`) return;
    const own = found.name.slice(0, found.name.indexOf('#'));
    const isHidden = own.split('.').some((part) => part.startsWith('_')) || own.startsWith(`${module}.`);
    const known = publicNames.get(found.name);
    if (isHidden && (known === undefined || module.length < known.indexOf('#')))
      publicNames.set(found.name, `${module}#${name}`);
  };
  for (const [name, member] of members) if (member.kind === 'alias') offer(name);
  for (const star of stars)
    for (const name of all.get(star)?.members.keys() ?? []) if (!name.startsWith('_')) offer(name);
}

/** A type that `from` names, as `to` names it; undefined for what says nothing. */
function typeName(type: string | undefined, from: string, to: string): string | undefined {
  if (type === undefined) return undefined;
  const full = declarations.qualified(type, `${from}#`);
  if (full === undefined || plain.has(full)) return undefined;
  if (/^(?:typing|typing_extensions|collections\.abc|_typeshed[\w.]*)#/.test(full)) return undefined;
  const known = publicNames.get(full) ?? full;
  return known.startsWith(`${to}#`) ? known.slice(to.length + 1) : known;
}

function shortenClass({ bases, members }: DeclaredClass, from: string, to: string): DeclaredMember {
  const known = bases.map((base) => typeName(base, from, to)).filter((base) => base !== undefined);
  return { kind: 'class', value: { bases: known, members: shorten(members, from, to) } };
}

/** `from`: the module that declares them, `to`: the one that shall. */
function shorten(
  members: ReadonlyMap<string, DeclaredMember>,
  from: string,
  to: string,
  isModule = false,
): Map<string, DeclaredMember> {
  const kept = new Map<string, DeclaredMember>();
  for (const [name, member] of members) {
    if (member.kind === 'class') {
      const home = isModule ? publicNames.get(`${from}#${name}`) : undefined;
      kept.set(name, home === undefined ? shortenClass(member.value, from, to) : { kind: 'alias', target: home });
    } else if (member.kind === 'value') {
      const type = typeName(member.type, from, to);
      if (type !== undefined && !type.startsWith('builtins#')) kept.set(name, { kind: 'value', type });
    } else if (member.kind === 'function') {
      const returns = typeName(member.value.returns, from, to);
      const { callbacks } = member.value;
      if (returns !== undefined || callbacks.length > 0)
        kept.set(name, { kind: 'function', value: { callbacks, returns } });
    } else if (!/^(?:typing|typing_extensions|_typeshed|collections\.abc)(?:#|$)/.test(member.target)) {
      const found = declarations.find(`${from}#${name}`);
      if (found && found.member.kind !== 'value') kept.set(name, member);
    }
  }
  return kept;
}

const modules = new Map<string, DeclaredModule>();
for (const [module, { members, stars }] of all) {
  const kept = shorten(members, module, module, true);
  // Classes that live elsewhere and are known by this module.
  for (const [hidden, home] of publicNames) {
    if (!home.startsWith(`${module}#`)) continue;
    const found = declarations.find(hidden);
    if (found?.member.kind === 'class')
      kept.set(
        home.slice(module.length + 1),
        shortenClass(found.member.value, hidden.slice(0, hidden.indexOf('#')), module),
      );
  }
  const offered = stars.filter((star) => all.has(star));
  if (kept.size > 0 || offered.length > 0) modules.set(module, { members: kept, stars: offered });
}
/** The table's text. */
export const table = writeDeclarations(modules);
const target = path.join(root, 'src/link/declarations/python-standard-library.ts');
if (import.meta.main) {
  const quoted = JSON.stringify(table).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  writeFileSync(
    target,
    `/** Made by \`npm run declarations\` from typeshed (Apache-2.0); the format is that of declaration-text.ts. */\nexport const pythonStandardLibrary =\n  '${quoted}';\n`,
  );
  console.log(`${modules.size} modules, ${(table.length / 1024).toFixed(0)} KB`);
}
