import type { Place } from '../model/candidate.ts';
import type { ImportedModule, TestStyle } from './test-file.ts';
import { EcmascriptScene } from './ecmascript-scene.ts';
import { propertyKey } from './ecmascript-literal.ts';

/** Collects what a test file takes from modules, and says how it is written there. */
export class EcmascriptImports {
  readonly #modules: ReadonlyMap<number, ImportedModule>;
  readonly #style: TestStyle;
  readonly #named = new Map<number, Map<string, string>>();
  readonly #whole = new Map<number, string>();
  readonly #taken = new Set<string>();

  constructor(modules: readonly ImportedModule[], style: TestStyle) {
    this.#modules = new Map(modules.map((one) => [one.module, one]));
    this.#style = style;
  }

  get taken(): ReadonlySet<string> {
    return this.#taken;
  }

  /** The expression for what lies at a path of a module. */
  expression(module: number, path: readonly string[]): string {
    const imported = this.#modules.get(module)!;
    if (imported.format === 'commonjs' && this.#style.format === 'module')
      return this.#member(this.#wholeName(module, 'default'), path);
    if (path.length === 0) return this.#wholeName(module, imported.format === 'commonjs' ? 'default' : '*');
    const [first = '', ...rest] = path;
    if (imported.format === 'module' && first === 'default')
      return this.#member(this.#wholeName(module, 'default'), rest);
    if (!isBindable(first))
      return this.#member(this.#wholeName(module, imported.format === 'commonjs' ? 'default' : '*'), path);
    return this.#member(this.#namedImport(module, first), rest);
  }

  place(place: Place, stepName: (index: number) => string): string {
    return 'step' in place ? this.#member(stepName(place.step), place.path) : this.expression(place.module, place.path);
  }

  #member(owner: string, path: readonly string[]): string {
    return path.reduce(
      (text, name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? `${text}.${name}` : `${text}[${propertyKey(name)}]`),
      owner,
    );
  }

  #wholeName(module: number, kind: 'default' | '*'): string {
    const key = kind === '*' ? -module - 1 : module;
    let name = this.#whole.get(key);
    if (name === undefined) {
      name = this.#free(this.#modules.get(module)!.name);
      this.#whole.set(key, name);
    }
    return name;
  }

  #namedImport(module: number, name: string): string {
    const names = this.#named.get(module) ?? new Map<string, string>();
    this.#named.set(module, names);
    let local = names.get(name);
    if (local === undefined) {
      local = this.#free(name in globalThis || FRAMEWORK.has(name) ? `${name}_` : name);
      names.set(name, local);
    }
    return local;
  }

  #free(wanted: string): string {
    let name = FRAMEWORK.has(wanted) ? `${wanted}Module` : wanted;
    for (let number = 2; this.#taken.has(name); number++) name = `${wanted}${number}`;
    this.#taken.add(name);
    return name;
  }

  /** Import or require lines, in the order of the modules. */
  lines(): string[] {
    const lines: string[] = [];
    for (const { module, specifier, format } of this.#modules.values()) {
      const named = [...(this.#named.get(module) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
      const whole = this.#whole.get(module);
      const star = this.#whole.get(-module - 1);
      const from = `'${specifier}'`;
      if (this.#style.format === 'commonjs') {
        if (format === 'module') continue;
        if (whole !== undefined) lines.push(`const ${whole} = require(${from});`);
        if (named.length > 0)
          lines.push(
            wrap(
              `const { ${named.map(([name, local]) => (name === local ? name : `${name}: ${local}`)).join(', ')} } = require(${from});`,
            ),
          );
      } else {
        const list = named.map(([name, local]) => (name === local ? name : `${name} as ${local}`)).join(', ');
        if (star !== undefined) lines.push(`import * as ${star} from ${from};`);
        if (whole !== undefined || named.length > 0) {
          lines.push(
            wrap(
              `import ${[whole, named.length > 0 ? `{ ${list} }` : undefined].filter(Boolean).join(', ')} from ${from};`,
            ),
          );
        }
      }
    }
    return lines;
  }
}

function isBindable(name: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(name) && !RESERVED.has(name);
}

/** Words that cannot name a variable. */
const RESERVED = new Set(
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield'.split(
    ' ',
  ),
);

const FRAMEWORK = new Set([
  ...EcmascriptScene.taken,
  'describe',
  'it',
  'test',
  'expect',
  'assert',
  'vi',
  'jest',
  'mock',
  'before',
  'after',
  'beforeEach',
  'afterEach',
]);

function wrap(line: string): string {
  if (line.length <= 110) return line;
  return line.replace(
    /\{ (.*) \}/,
    (_, inner: string) =>
      `{\n${inner
        .split(', ')
        .map((name) => `  ${name},\n`)
        .join('')}}`,
  );
}
