import type { ImportedModule } from './test-file.ts';

/** Collects what a Python test file imports. */
export class PythonImports {
  readonly #modules: ReadonlyMap<number, ImportedModule>;
  readonly #names = new Map<string, Map<string, string>>();
  /** By module, the name that it has in the file. */
  readonly #whole = new Map<string, string>();
  readonly #taken = new Set<string>([
    'pytest',
    'unittest',
    're',
    'asyncio',
    'random',
    'calls',
    'callback',
    'input',
    'mock',
    'popen',
    'urlopen',
    'request',
    'getresponse',
    'system',
    'make_file',
    'NOW',
  ]);

  #mocks = false;

  constructor(modules: readonly ImportedModule[]) {
    this.#modules = new Map(modules.map((one) => [one.module, one]));
  }

  get taken(): ReadonlySet<string> {
    return this.#taken;
  }

  expression(module: number, path: readonly string[]): string {
    const [first = '', ...rest] = path;
    return [this.from(this.#modules.get(module)!.specifier, first), ...rest].join('.');
  }

  /** `from module import name`; the name that it has in the file. */
  from(module: string, name: string, wanted = name): string {
    if (module === 'builtins') return name;
    const names = this.#names.get(module) ?? new Map<string, string>();
    this.#names.set(module, names);
    let local = names.get(name);
    if (local === undefined) {
      local = wanted;
      for (let number = 2; this.#taken.has(local); number++) local = `${wanted}_${number}`;
      this.#taken.add(local);
      names.set(name, local);
    }
    return local;
  }

  /** `unittest.mock`, by the name that everybody knows. */
  mock(): string {
    this.#mocks = true;
    return 'mock';
  }

  /** `import module`; under another name where something of the same name was taken from a module before. */
  whole(module: string): string {
    const [root = ''] = module.split('.');
    const isTaken = [...this.#names.values()].some((names) => [...names.values()].includes(root));
    const local = this.#whole.get(module) ?? (isTaken ? `${module.replaceAll('.', '_')}_module` : module);
    this.#whole.set(module, local);
    this.#taken.add(local);
    return local;
  }

  /** `datetime.date` and `package.module:Class.member`. */
  made(name: string): string {
    if (name.includes(':')) {
      const [module = '', path = ''] = name.split(':');
      const [first = '', ...rest] = path.split('.');
      return [this.from(module, first), ...rest].join('.');
    }
    const dot = name.lastIndexOf('.');
    if (dot < 0) return name;
    return `${this.whole(name.slice(0, dot))}.${name.slice(dot + 1)}`;
  }

  /** In groups, as PEP 8 has them; `standard`, `others`: modules that the file uses besides. */
  lines(standard: readonly string[], others: readonly string[]): string[] {
    const whole = (names: Iterable<string>): string[] => [...new Set(names)].sort().map((name) => `import ${name}`);
    const named = (isOurs: boolean): string[] =>
      [...this.#names]
        .filter(([module]) => (module === 'hypothesis') !== isOurs)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([module, names]) => fromLine(module, names));
    const all = [...standard.map((name) => [name, name] as const), ...this.#whole].map(([name, local]) =>
      name === local ? name : `${name} as ${local}`,
    );
    const mocks = this.#mocks ? ['from unittest import mock'] : [];
    return [[...whole(all), ...mocks], [...whole(others), ...named(false)], named(true)]
      .filter((group) => group.length > 0)
      .flatMap((group, i) => (i === 0 ? group : ['', ...group]));
  }
}

function fromLine(module: string, names: ReadonlyMap<string, string>): string {
  const list = [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, local]) => (name === local ? name : `${name} as ${local}`));
  const line = `from ${module} import ${list.join(', ')}`;
  return line.length <= 88 ? line : `from ${module} import (\n${list.map((name) => `    ${name},\n`).join('')})`;
}
