/** Names that no declaration of an ECMAScript file binds: whether the tree or the environment does is known at the end. */
import { compilerNames, toldNames } from '#ecosystems/npm/told-names.ts';
import { ecmascriptGlobals } from '#languages/ecmascript-globals.ts';
import type { EsNode } from '#languages/ecmascript-tree.ts';
import type { FoundProblem } from '#model/finding.ts';
import type { Snapshot } from '#model/snapshot.ts';
import type { EsFile, FileNotes, Project } from '../rule.ts';
import type { EsScope } from './ecmascript-variables.ts';

/** `global[name] = api[name]`: whatever is unbound may be made by it. */
const ANY = '*';

/** What bundlers and build tools put in. */
const isBuildConstant = (name: string): boolean => /^(?:__\w+|[A-Z][A-Z0-9_]+|\$\w*)$/.test(name);

/** Notes each unbound name once, and the names that the file puts into the global object. */
export function noteUnbound(file: EsFile): void {
  if (file.isPartial || file.isDeclaration) return;
  for (const name of madeGlobals(file)) file.note({ start: 0, end: 0 }, { name, isMade: true });
  if (!isModule(file)) return;
  // Compiled from another language, or code for a bundler that joins texts.
  if (/^\s*\/[*/]\s*(?:@ts-nocheck|eslint-disable\s*(?:\*\/)?$)/m.test(file.text)) return;
  const known = new Set(ecmascriptGlobals);
  for (const comment of file.comments) {
    const list = /^\/\*\s*(?:globals?|exported)\s+([^]*)\*\//.exec(file.slice(comment))?.[1] ?? '';
    for (const name of list.split(/[\s,]+/)) known.add(name.replace(/:.*/, ''));
  }
  const isWritten = new Set<string>();
  const isAsked = new Set<string>();
  for (const { node, variable, isWrite } of file.scopes.references) {
    if (variable) continue;
    if (isWrite) isWritten.add(node.name);
    const above = file.parent(node);
    if (above?.type === 'UnaryExpression' && above.operator === 'typeof') isAsked.add(node.name);
  }
  const told = new Set<string>();
  for (const { node, variable, isType, isRead, scope } of file.scopes.references) {
    const { name } = node;
    if (variable || isType || !isRead || told.has(name)) continue;
    if (known.has(name) || isWritten.has(name) || isAsked.has(name) || isBuildConstant(name)) continue;
    if (isDynamic(scope) || isGuarded(file, node)) continue;
    told.add(name);
    file.note(node, { name, isMade: false });
  }
}

export function* undefinedIn(files: readonly FileNotes[], { snapshot }: Project): Generator<FoundProblem> {
  const asked = files.flatMap(({ path, notes }) => notes.map((note) => ({ path, note })));
  const unbound = asked.filter(({ note }) => note.data['isMade'] === false);
  if (unbound.length === 0) return;
  const madeBy = (isPython: boolean): ReadonlySet<string> =>
    new Set(
      asked.flatMap(({ note: { data } }) =>
        data['isMade'] === true && (data['isPython'] === true) === isPython ? [String(data['name'])] : [],
      ),
    );
  const made = madeBy(false);
  const builtIn = madeBy(true);
  const manifests = manifestsOf(snapshot);
  const ambient = new Set([
    ...ambientNames(snapshot),
    ...settingsNames(snapshot),
    ...manifests.flatMap(({ ownName }) => ownName ?? []),
  ]);
  const isCompiledIn = (path: string, name: string): boolean =>
    manifests.some(
      ({ folder, names }) => path.startsWith(folder) && names.some((each) => each === name || each === ANY),
    );
  const uses = new Map<string, Set<string>>();
  for (const { path, note } of unbound) {
    const name = String(note.data['name']);
    uses.set(name, (uses.get(name) ?? new Set()).add(path));
  }
  for (const { path, note } of unbound) {
    const name = String(note.data['name']);
    if (note.data['isPython'] === true) {
      if (!builtIn.has(name))
        yield {
          message: `\`${name}\` is not defined anywhere in this file, nor is it a built-in.`,
          // Nothing runs a stub.
          ...(note.data['isStub'] === true && { severity: 3 as const }),
          place: { ...note.place, path },
          identity: name,
        };
      continue;
    }
    // What three files use alike comes from somewhere.
    if (made.has(ANY) || made.has(name) || ambient.has(name) || uses.get(name)!.size > 2) continue;
    if (isCompiledIn(path, name)) continue;
    yield {
      message: `\`${name}\` is not declared in this file, nor is it a name of the language or its environments.`,
      place: { ...note.place, path },
      identity: name,
    };
  }
}

interface Manifest {
  /** With `/` at its end, or empty. */
  readonly folder: string;
  /** A library may give itself to all under its own name. */
  readonly ownName: string | undefined;
  /** Names that compilers of frameworks bind, which the package depends on. */
  readonly names: readonly string[];
}

function manifestsOf(snapshot: Snapshot): readonly Manifest[] {
  return snapshot.files().flatMap(({ id, path }) => {
    if (!/(?:^|\/)package\.json$/.test(path)) return [];
    const text = snapshot.text(id) ?? '';
    const name = /"name"\s*:\s*"(?:@[^/"]+\/)?([^"]+)"/.exec(text)?.[1];
    return {
      folder: path.slice(0, -'package.json'.length),
      ownName: name?.replace(/[-.](\w)/g, (_, letter: string) => letter.toUpperCase()),
      names: compilerNames(
        Array.from(text.matchAll(/"\w*[dD]ependencies"\s*:\s*\{([^}]*)\}/g), ([, list]) => list!).flatMap((list) =>
          Array.from(list.matchAll(/"([^"]+)"\s*:/g), ([, each]) => each!),
        ),
      ),
    };
  });
}

/** What settings beside the code tell linters and bundlers; what scripts tell them is in their notes. */
function settingsNames(snapshot: Snapshot): readonly string[] {
  return snapshot
    .files()
    .flatMap(({ id, path }) =>
      /(?:^|\/)(?:package\.json|\.?(?:es|js|ox|ts)(?:lint|hint)[\w.-]*)$/.test(path)
        ? [...toldNames(snapshot.text(id) ?? '').globals]
        : [],
    );
}

/** Top-level names of declaration files and of scripts that share one global scope. */
function ambientNames(snapshot: Snapshot): ReadonlySet<string> {
  const names = new Set<string>();
  for (const file of snapshot.files()) {
    if (!/\.(?:d\.[cm]?ts|d\.\w+\.ts)$/.test(file.path)) continue;
    for (const { name } of snapshot.symbolsOf(file.id)) names.add(name);
  }
  return names;
}

function isModule({ program }: EsFile): boolean {
  return (
    program.body.some(({ type }) => /^(?:Import|Export)\w*Declaration$/.test(type)) ||
    program.body.some((statement) => {
      const expression = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
      if (statement.type === 'VariableDeclaration')
        return statement.declarations.some(({ init }) => init !== null && isRequire(init));
      return expression?.type === 'AssignmentExpression' && isExports(expression.left);
    })
  );
}

function isRequire(node: EsNode): boolean {
  if (node.type === 'MemberExpression') return isRequire(node.object);
  if (node.type !== 'CallExpression') return false;
  return node.callee.type === 'Identifier' ? node.callee.name === 'require' : isRequire(node.callee);
}

function isExports(node: EsNode): boolean {
  if (node.type !== 'MemberExpression') return false;
  const { object, property } = node;
  if (object.type !== 'Identifier') return isExports(object);
  return object.name === 'exports' || (object.name === 'module' && property.type === 'Identifier');
}

/** `global.name = …`, `window.name = …`, `name = …` without a declaration, and what scripts declare at their top. */
function madeGlobals(file: EsFile): ReadonlySet<string> {
  const names = new Set<string>();
  if (
    file.role === 'source' &&
    /\b(?:global|globalThis|window)\s*\[(?!\s*["'`])[^\]\n]+\]\s*=(?!=)|\bassign\(\s*(?:global|globalThis|window)\s*,/.test(
      file.text,
    )
  )
    names.add(ANY);
  for (const [, name] of file.text.matchAll(
    /\b(?:global|globalThis|window|self|root)\.([\w$]+)\s*(?:=(?!=)|\|\|=|\?\?=)/g,
  ))
    names.add(name!);
  for (const [, name] of file.text.matchAll(
    /\bdefineProperty\(\s*(?:global|globalThis|window|self)\s*,\s*['"]([\w$]+)/g,
  ))
    names.add(name!);
  for (const name of toldNames(file.text).globals) names.add(name);
  // What code is run with in a context of its own.
  if (/\b(?:runIn(?:New)?Context|createContext|vm\.Script)\b/.test(file.text))
    for (const [, key, stored] of file.text.matchAll(/(?<![\w$.])([A-Za-z_$][\w$]*)\s*[:,}]|\.([\w$]+)\s*=(?!=)/g))
      names.add((key ?? stored)!);
  for (const { node, variable, isWrite } of file.scopes.references) if (!variable && isWrite) names.add(node.name);
  if (!isModule(file)) for (const name of file.scopes.module.variables.keys()) names.add(name);
  for (const scope of file.scopes.all)
    if (scope.node.type === 'TSModuleDeclaration' && /^\s*(?:declare\s+)?global\b/.test(file.slice(scope.node)))
      for (const name of scope.variables.keys()) names.add(name);
  return names;
}

function isDynamic(scope: EsScope): boolean {
  for (let at: EsScope | undefined = scope; at; at = at.parent) if (at.isDynamic) return true;
  return false;
}

/** In a `try`, a reference that fails is caught. */
function isGuarded(file: EsFile, node: EsNode): boolean {
  for (let at: EsNode | undefined = node, above = file.parent(node); above; at = above, above = file.parent(above)) {
    if (above.type === 'TryStatement' && above.block === at && above.handler) return true;
    if (above.type === 'TSModuleDeclaration') return true;
  }
  return false;
}
