import type { ProvenTest } from '../keep/proven-test.ts';
import { plainScene } from '../model/scene.ts';
import { ecmascriptDoubles, type EcmascriptDouble } from './ecmascript-doubles.ts';
import { quote } from './ecmascript-literal.ts';
import type { TestStyle } from './test-file.ts';

/** What JavaScript tests of one file replace of the world outside, by their framework's own means. */
export class EcmascriptScene {
  readonly #style: TestStyle;
  readonly #helpers = new Map<string, string>();
  /** What is imported from Node's modules: names, and the whole under a name. */
  readonly #names = new Map<string, Set<string>>();
  readonly #wholes = new Map<string, string>();
  /** Owner and name of what is replaced before modules under test are loaded. */
  readonly #early = new Map<string, EcmascriptDouble>();
  #surroundings = false;
  #files = false;

  constructor(style: TestStyle) {
    this.#style = style;
  }

  /** Words that the file uses itself. */
  static readonly taken = [
    'childProcess',
    'http',
    'https',
    'EventEmitter',
    'Readable',
    'makeFile',
    'replace',
    'standIn',
    'path',
    'folder',
    'replaced',
    'surroundings',
  ];

  /** Lines before a test's steps; whether they use the test's own context. */
  begin(test: ProvenTest): { readonly lines: readonly string[]; readonly usesContext: boolean } {
    const used = new Set(test.seen.mocks);
    const scene = { ...plainScene, ...test.candidate.scene };
    const lines: string[] = [];
    const { answer, program } = scene;
    if (used.has('process.argv'))
      lines.push(`process.argv = [${['node', 'program', ...scene.argv].map(quote).join(', ')}];`);
    if (used.has('process.env')) {
      const held = scene.environment.map(
        ([name, value]) => `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name)}: ${quote(value)}`,
      );
      lines.push(`process.env = ${held.length === 0 ? '{}' : `{ ${held.join(', ')} }`};`);
    }
    this.#surroundings ||= lines.length > 0;
    let isLive = false;
    for (const double of ecmascriptDoubles) {
      if (!used.has(double.target)) continue;
      if (double.maker !== '') this.#helpers.set(double.maker, double.source);
      for (const name of double.imports) this.#import(name === 'Readable' ? 'node:stream' : 'node:events', name);
      const given =
        double.takes === 'answer'
          ? `${answer.status}, ${quote(answer.type)}, ${quote(answer.body)}`
          : double.takes === 'program'
            ? `${program.code}, ${quote(program.output)}, ${quote(program.errors)}`
            : '';
      const stand = double.maker === '' ? '() => {}' : `${double.maker}(${given})`;
      lines.push(...this.#replace(double, stand));
      isLive ||= double.module !== undefined && !this.#isEarly(double);
    }
    if (isLive) {
      this.#import('node:module', 'syncBuiltinESMExports');
      lines.push('syncBuiltinESMExports();');
    }
    const usesContext = this.#style.framework === 'node:test' && lines.some((line) => line.startsWith('t.'));
    return { lines, usesContext };
  }

  /** CommonJS may have taken a function out of its module while it was loaded. */
  #isEarly({ module }: EcmascriptDouble): boolean {
    return module !== undefined && this.#style.format === 'commonjs' && this.#style.framework !== 'vitest';
  }

  #replace(double: EcmascriptDouble, stand: string): string[] {
    const [owner = '', name = ''] = double.target.split('.');
    if (double.module !== undefined) this.#wholes.set(double.module, owner);
    const { framework } = this.#style;
    if (this.#isEarly(double)) {
      this.#early.set(double.target, double);
      if (framework === 'jest') return [`${this.#variable(double)}.mockReset().mockImplementation(${stand});`];
      if (framework === 'mocha') return [`Object.assign(${double.target}, { calls: [], stand: ${stand} });`];
      return [`${double.target}.mock.resetCalls();`, `${double.target}.mock.mockImplementation(${stand});`];
    }
    switch (framework) {
      case 'vitest':
      case 'jest':
        return [
          `${framework === 'jest' ? 'jest' : 'vi'}.spyOn(${owner}, ${quote(name)}).mockImplementation(${stand});`,
        ];
      case 'mocha':
        this.#helpers.set('replace', REPLACE);
        return [`replace(${owner}, ${quote(name)}, ${stand});`];
      default:
        return [`t.mock.method(${owner}, ${quote(name)}, ${stand});`];
    }
  }

  #variable({ target }: EcmascriptDouble): string {
    return target.split('.')[1]!;
  }

  /** The arguments of each call of what stands at a target. */
  calls(target: string): string {
    const early = this.#early.get(target);
    switch (this.#style.framework) {
      case 'vitest':
      case 'jest':
        return early ? `${this.#variable(early)}.mock.calls` : `${target}.mock.calls`;
      case 'mocha':
        return `${target}.calls`;
      default:
        return `${target}.mock.calls.map((call) => call.arguments)`;
    }
  }

  makeFile(name: string, text: string): string {
    this.#files = true;
    for (const one of ['mkdtempSync', 'rmSync', 'writeFileSync']) this.#import('node:fs', one);
    this.#import('node:os', 'tmpdir');
    this.#wholes.set('node:path', 'path');
    return `makeFile(${quote(name)}, ${quote(text)})`;
  }

  readFile(subject: string): string {
    this.#import('node:fs', 'readFileSync');
    return `readFileSync(${subject}, 'utf8')`;
  }

  exists(subject: string): string {
    this.#import('node:fs', 'existsSync');
    return `existsSync(${subject})`;
  }

  #import(module: string, name: string): void {
    this.#names.set(module, (this.#names.get(module) ?? new Set()).add(name));
  }

  /** What the framework itself must be imported for. */
  get frameworkNames(): readonly string[] {
    const { framework } = this.#style;
    const names: string[] = [];
    const spies = this.#wholes.size > 0 || this.#helpers.size > 0 || this.#early.size > 0;
    if (this.#files) names.push(framework === 'node:test' ? 'after' : 'afterAll');
    if (this.#surroundings || (spies && framework !== 'node:test')) names.push('afterEach');
    if (framework === 'node:test' && this.#early.size > 0) names.push('mock');
    return framework === 'mocha' ? [] : names;
  }

  /** Whether spies were made that must go after each test. */
  get restores(): boolean {
    return this.#early.size === 0;
  }

  /** Import or require lines of Node's modules, and what stands in before the modules under test are loaded. */
  imports(): string[] {
    const isModule = this.#style.format === 'module';
    const modules = [...new Set([...this.#wholes.keys(), ...this.#names.keys()])].sort();
    const lines = modules.flatMap((module) => {
      const whole = this.#wholes.get(module);
      const names = [...(this.#names.get(module) ?? [])].sort();
      const list = names.length > 0 ? `{ ${names.join(', ')} }` : undefined;
      if (isModule) return [`import ${[whole, list].filter(Boolean).join(', ')} from '${module}';`];
      return [
        ...(whole === undefined ? [] : [`const ${whole} = require('${module}');`]),
        ...(list === undefined ? [] : [`const ${list} = require('${module}');`]),
      ];
    });
    const early = [...this.#early.values()].map((double) => {
      const [owner = '', name = ''] = double.target.split('.');
      if (this.#style.framework === 'jest') return `const ${name} = jest.spyOn(${owner}, '${name}');`;
      if (this.#style.framework === 'mocha') return `standIn(${owner}, '${name}');`;
      return `mock.method(${owner}, '${name}');`;
    });
    if (early.length === 0) return lines;
    return [...lines, ...(this.#style.framework === 'mocha' ? ['', STAND_IN] : []), '', ...early, ''];
  }

  /** Between imports and tests. */
  texts(): string[] {
    const { framework } = this.#style;
    const all = framework === 'node:test' || framework === 'mocha' ? 'after' : 'afterAll';
    const texts = [...this.#helpers.values()];
    if (this.#files) texts.push(FILES.replace('AFTER', all));
    if (this.#surroundings)
      texts.push(
        'const surroundings = { argv: process.argv, env: process.env };\nafterEach(() => {\n  Object.assign(process, surroundings);\n});',
      );
    return texts;
  }
}

const REPLACE = `const replaced = [];
function replace(owner, name, stand) {
  const real = owner[name];
  const double = (...given) => {
    double.calls.push(given);
    return stand(...given);
  };
  double.calls = [];
  owner[name] = double;
  replaced.push(() => {
    owner[name] = real;
  });
}
afterEach(() => {
  for (const putBack of replaced.splice(0)) putBack();
});`;

const STAND_IN = `function standIn(owner, name) {
  const double = (...given) => {
    double.calls.push(given);
    return double.stand(...given);
  };
  Object.assign(double, { calls: [], stand: owner[name] });
  owner[name] = double;
}`;

const FILES = `const folder = mkdtempSync(path.join(tmpdir(), 'made-'));
AFTER(() => {
  rmSync(folder, { recursive: true, force: true });
});
function makeFile(name, text) {
  const file = path.join(mkdtempSync(path.join(folder, 'files-')), name);
  writeFileSync(file, text);
  return file;
}`;
