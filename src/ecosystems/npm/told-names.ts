/** Names that no code declares, since a bundler, a linter or the page is told of them: read from settings as text. */

export interface ToldNames {
  /** Identifiers that are there at run time. */
  readonly globals: ReadonlySet<string>;
  /** Specifiers that `require` and `import` find without a package. */
  readonly modules: ReadonlySet<string>;
}

/** `/x.json` and rc files hold nothing else; scripts hold settings among code, so that their words must be sure. */
export function toldNames(text: string): ToldNames {
  const globals = new Set<string>();
  const modules = new Set<string>();
  if (!mayTell.test(text)) return { globals, modules };
  for (const { index, 0: found } of text.matchAll(makesNames))
    for (const [key] of entriesAt(text, index + found.length - 1)) addName(globals, key);
  for (const { 2: block = '' } of text.matchAll(yamlGlobals))
    for (const [, name] of block.matchAll(/^\s+(?:-\s*)?["']?([\w$]+)/gm)) addName(globals, name!);
  // `{ jquery: 'jQuery' }`: who imports `jquery` gets what the page has as `jQuery`.
  for (const { index, 0: found } of text.matchAll(givesModules))
    for (const [key, value] of entriesAt(text, index + found.length - 1)) {
      const name = /^["'`](?:(?:var|global|window|root|self)[ :.])?([\w$.]+)["'`]$/.exec(value)?.[1];
      if (isPermission.test(name ?? '') || (name === undefined && !(/^[[{]/.test(value) && found.includes('extern'))))
        continue;
      modules.add(key);
      addName(globals, name ?? key);
    }
  for (const { index, 0: found } of text.matchAll(shims))
    for (const [key, value] of entriesAt(text, index + found.length - 1)) {
      const name = /global:([\w$.]+)/.exec(value)?.[1];
      if (name === undefined) continue;
      modules.add(key);
      addName(globals, name);
    }
  for (const [, name] of text.matchAll(/\bexpose\s*:\s*["'`]([^"'`]+)["'`]/g)) modules.add(name!);
  return { globals, modules };
}

const mayTell = /Plugin\(|browserify|\bexternals\b|\bglobals\b|\bpredef\b|\bdefine\b|\bexpose\b|\binject\(/;

const makesNames =
  /\b(?:ProvidePlugin|DefinePlugin|inject)\s*\(\s*\{|["']?\b(?:globals|predef|define)["']?\s*:\s*[[{]/g;
const givesModules = /["']?\b(?:externals|globals)["']?\s*[:=]\s*\{/g;
/** What linters say of a name, where bundlers say what it stands for. */
const isPermission = /^(?:readonly|readable|writable|writeable|off|true|false)$/;
const yamlGlobals = /^([ \t]*)globals:[ \t]*\n((?:\1[ \t]+\S[^\n]*(?:\n|$))+)/gm;
const shims = /["']browserify-shim["']\s*:\s*\{/g;

function addName(names: Set<string>, dotted: string): void {
  const parts = dotted.split('.');
  const name = /^(?:window|global|globalThis|self)$/.test(parts[0]!) ? parts[1] : parts[0];
  if (name !== undefined && /^[A-Za-z_$][\w$]*$/.test(name)) names.add(name);
}

/** Keys with the text of their values, or the strings of a list, of the object or list that opens at the offset. */
function* entriesAt(text: string, open: number): Generator<readonly [key: string, value: string]> {
  const isList = text[open] === '[';
  let depth = 1;
  let start = open + 1;
  for (let at = open + 1; at < text.length && depth > 0; at++) {
    const letter = text[at]!;
    if (letter === '"' || letter === "'" || letter === '`') at = endOfString(text, at);
    else if (letter === '/' && text[at + 1] === '/') at = endOf(text, '\n', at);
    else if (letter === '/' && text[at + 1] === '*') at = endOf(text, '*/', at) + 1;
    else if (letter === '{' || letter === '[' || letter === '(') depth++;
    else if (letter === '}' || letter === ']' || letter === ')') depth--;
    if ((letter === ',' && depth === 1) || depth === 0) {
      const part = text.slice(start, at).replace(/^(?:\s|\/\/[^\n]*\n|\/\*[^]*?\*\/)+/, '');
      start = at + 1;
      const [, quoted, plain, value = ''] =
        (isList ? /^(?:["'`]([^"'`]+)["'`])()()\s*$/ : /^(?:["'`]([^"'`]+)["'`]|([\w$]+))\s*(?::\s*([^]*?))?\s*$/).exec(
          part,
        ) ?? [];
      const key = quoted ?? plain;
      if (key) yield [key, value];
    }
  }
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[start]) return at;
  }
  return text.length;
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at;
}

/** A framework's compiler binds these in code that depends on it; `*` is any name. */
const compiled: readonly (readonly [framework: RegExp, names: readonly string[]])[] = [
  [/^gatsby$/, ['graphql', '___loader', '___emitter']],
  [
    /^(?:vue|nuxt)$/,
    'defineProps defineEmits defineExpose defineOptions defineSlots defineModel withDefaults'.split(' '),
  ],
  [/^(?:nuxt|nuxt3|unplugin-auto-import|@umijs\/max|sails|meteor-node-stubs)$/, ['*']],
  [/^(?:@adonisjs\/\w+)$/, ['use']],
  [/^(?:react-native|expo|metro)$/, ['ErrorUtils', 'nativeFabricUIManager', 'HermesInternal']],
];

/** What frameworks bind in the code of a package that depends on these. */
export function compilerNames(dependencies: Iterable<string>): readonly string[] {
  return Array.from(dependencies).flatMap((name) =>
    compiled.flatMap(([framework, names]) => (framework.test(name) ? names : [])),
  );
}
