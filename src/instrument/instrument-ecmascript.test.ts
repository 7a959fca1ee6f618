import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRuntime } from '../../harness/javascript/runtime.mjs';
import {
  type EcmascriptInstrumenter,
  type EcmascriptOptions,
  ecmascriptInstrumenter,
} from './instrument-ecmascript.ts';

let instrument: EcmascriptInstrumenter;
beforeAll(async () => {
  instrument = await ecmascriptInstrumenter();
});

type Runtime = ReturnType<typeof createRuntime>;

function run(text: string, options: Partial<EcmascriptOptions> = {}, active = 0): { value: unknown; runtime: Runtime } {
  const done = instrument(text, 'typescript', { id: 'a', strip: true, ...options })!;
  const runtime = createRuntime();
  runtime.m = active;
  const context = vm.createContext({ __trowel: runtime, module: { exports: {} } });
  return { value: vm.runInContext(done.text, context), runtime };
}

const everything = { mutants: true, distances: true } as const;

/** Each ends in an expression; its value must be the same after rewriting. */
const programs: readonly string[] = [
  `const f = (a, b = 3) => a?.b?.(b) ?? b; JSON.stringify([f(), f({ b: (x) => x * 2 }, 4), f.name, f.length])`,
  `function g(x) {\n  // two\n  if (x > 3 && !x.y)\n    return 'big'\n  else if ((x) === ("a")) x += 1\n  return x\n}\n[g(5), g('a'), g(1)].join()`,
  `let n = 0\nouter: for (const x of [1, 2, 3]) { for (let i = 0; i < 3; i++) { if (i === x) continue outer; n += i } }\nn`,
  `function s(x) { switch (x) { case 1: return 'one'\n case 2:\n case 3: x++; break\n default: x = -x }\n return x }\n[1, 2, 3, 4].map(s).join()`,
  `let log = []\ndo log.push(log.length)\nwhile (log.length < 3)\nlog.join()`,
  `function t() { try { null.x } catch { return 'c' } finally { t.done = true } }\nt() + t.done`,
  `class A { #p = 1; static s = () => 1; m() { return this.#p } get k() { return #p in this } }\nclass B extends A { constructor() { super(); this.z = 2 } }\nconst b = new B; [b.m(), b.k, A.s(), A.s.name, b.z].join()`,
  `const o = { a: 1, ['b' + 1]: 2, get c() { return 3 }, d() { return this.a } };\n const { a, b1 = 5, ...rest } = o; [a, b1, rest.c, o.d()].join()`,
  `function* gen() { const x = yield 1; yield x + 1 }\nconst it = gen(); [it.next().value, it.next(4).value].join()`,
  'const tag = (q, ...v) => q.raw.join("|") + v; const x = `a\n${1 + 1}\n`; tag`x${x}y`',
  `var x = 1, y = 2\n;[x, y] = [y, x]\n;(function () { x++ })()\nx + '' + y`,
  `const r = []; for (var k in { a: 1, b: 2 }) r.push(k); for (;;) { break } r.join() + typeof nowhere + delete r[0]`,
  `const f = function () { return arguments.length }; let z; z ??= () => 1; z ||= 2; f(1, 2) + z.name`,
  `class F { a = 1; static b = "x"; ["c" + 1] = [2]; d; #e = 3; g = () => this.#e; get h() { return this.a } }\nconst f = new F; [f.a, F.b, f.c1[0], f.d, f.g(), f.h].join()`,
  `const c = new (class { static x = 1; static { this.y = this.x + 1 } })().constructor.y; c`,
  `enum E { A, B = 4, C, D = 'd' }\ninterface I { x: number }\nclass P { constructor(private readonly q: number, public r?: string) {} get() { return this.q as number } }\nconst g = <T,>(x: T): T => x!;\n[E.A, E.C, E[4], E.D, new P(7).get(), g<number>(3)].join()`,
  `'use strict'\nconst a = [3, 1, 2].filter((v) => {\n  return v > 1\n}).sort()\na.join('-') + ((a.length, 1) ? 'y' : 'n')`,
];

describe('rewritten code', () => {
  it.each(programs)('does what it did: %#', (text) => {
    const plain = run(text, { id: 'plain' }).value;
    const original = instrument(text, 'typescript', { id: 'a', strip: true })!;
    expect(original.text.split('\n')).toHaveLength(text.split('\n').length);
    for (const options of [{ mutants: true }, { distances: true }, everything]) {
      const rewritten = instrument(text, 'typescript', { id: 'a', strip: true, ...options })!;
      expect(rewritten.text.split('\n')).toHaveLength(text.split('\n').length);
      expect(run(text, options).value).toEqual(plain);
    }
    if (/enum|interface/.test(text)) return;
    expect(vm.runInContext(text, vm.createContext({}))).toEqual(plain);
    // Plain JavaScript has another tree: fields of types are missing in it, not empty.
    const script = instrument(text, 'javascript', { id: 'a', strip: true, ...everything })!;
    const context = vm.createContext({ __trowel: createRuntime(), module: { exports: {} } });
    expect(vm.runInContext(script.text, context)).toEqual(plain);
  });

  it('compiles under every mutant', () => {
    for (const text of programs) {
      const { mutants } = instrument(text, 'typescript', { id: 'a', strip: true, ...everything })!.file;
      expect(mutants.length).toBeGreaterThan(0);
      for (const { place, replacement } of mutants) {
        const lines = text.split('\n');
        const before = [
          ...lines.slice(0, place.startLine - 1),
          lines[place.startLine - 1]!.slice(0, place.startColumn),
        ];
        const after = [lines[place.endLine - 1]!.slice(place.endColumn), ...lines.slice(place.endLine)];
        const mutated = `${before.join('\n')}(${replacement})${after.join('\n')}`;
        const braces = `${before.join('\n')}${replacement}${after.join('\n')}`;
        const parsed = [mutated, braces].some((each) => instrument(each, 'typescript', { id: 'm' }) !== undefined);
        expect(parsed, mutated).toBe(true);
      }
    }
  });

  it('rewrites all of our own sources, with and without types', () => {
    const folder = path.resolve(import.meta.dirname, '..');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    let seen = 0;
    for (const name of names.filter((_, index) => index % 7 === 0)) {
      const text = readFileSync(path.join(folder, name), 'utf8');
      const kept = instrument(text, 'typescript', { id: name, mutants: true })!;
      expect(instrument(kept.text, 'typescript', { id: 'again' }), name).toBeDefined();
      const stripped = instrument(text, 'typescript', { id: name, ...everything, strip: true })!;
      expect(instrument(stripped.text, 'javascript', { id: 'again' }), name).toBeDefined();
      expect(stripped.text.split('\n').length).toBe(text.split('\n').length);
      seen++;
    }
    expect(seen).toBeGreaterThan(50);
  });
});

describe('counters', () => {
  it('count statements, functions and arms', () => {
    const text = `function f(x) {\n  if (x) return 1\n  return x || 2\n}\nf(0); f(0); f(1)`;
    const { file } = instrument(text, 'javascript', { id: 'a' })!;
    const { runtime } = run(text);
    const counts = runtime.c['a']!;
    expect(file.functions.map(({ name, counter }) => [name, counts[counter]])).toEqual([['f', 3]]);
    expect(file.statements.map(({ place, counter }) => [place.startLine, counts[counter]])).toEqual([
      [2, 3],
      [2, 1],
      [3, 2],
      [5, 1],
      [5, 1],
      [5, 1],
    ]);
    expect(file.branches.map(({ kind, arms }) => [kind, ...arms.map(({ counter }) => counts[counter])])).toEqual([
      ['if', 1, 2],
      ['logical', 2, 2],
    ]);
  });

  it('are there for functions that are called before their module is evaluated', () => {
    const { text } = instrument(`export function f() { return 1 }`, 'javascript', { id: 'a' })!;
    expect(text).toMatch(/function f\(\) \{\$tc===void 0&&\$ti\(\);/);
  });
});

describe('distances', () => {
  const distances = (test: string, x: unknown): number[] => {
    const text = `(function (x) { if (${test}) return 1 })`;
    const { file } = instrument(text, 'javascript', { id: 'a', distances: true })!;
    const { value, runtime } = run(text, { distances: true });
    (value as (x: unknown) => void)(x);
    const { condition } = file.branches.find(({ kind }) => kind === 'if')!;
    return [...runtime.d['a']!.slice(2 * condition!, 2 * condition! + 2)];
  };

  it.each([
    ['x < 10', 15, [6, 0]],
    ['x < 10', 5, [0, 6]],
    ['x === 7', 9, [2, 0]],
    ['!(x === 7)', 7, [1, 0]],
    ['x > 0 && x < 10', 12, [3, 0]],
    ['x > 0 && x < 10', 4, [0, 5]],
    ['x > 0 && x < 10', -4, [6, 0]],
    ['x < 0 || x > 10', 4, [5, 0]],
    ['x', '', [1, 0]],
  ] as const)('%s for %s', (test, x, expected) => {
    expect(distances(test, x)).toEqual(expected);
  });

  it('fall as a text comes nearer', () => {
    const tries = ['', 'h', 'he', 'hel', 'help', 'hello'].map((x) => distances('x === "hello"', x)[0]!);
    expect(tries).toEqual([...tries].sort((a, b) => b - a));
    expect(tries.at(-1)).toBe(0);
  });

  it('keep what was compared', () => {
    const { runtime } = run(`const f = (x) => x === 'open sesame' || x > 41; f('a'); f(3)`, { distances: true });
    expect(runtime.values()).toEqual(expect.arrayContaining(['open sesame', 41]));
  });
});

it('runs the mutant that is active and no other', () => {
  const text = `const add = (a, b) => a + b;\nadd(5, 3)`;
  const { mutants } = instrument(text, 'javascript', { id: 'a', mutants: true })!.file;
  const sum = mutants.find(({ operator }) => operator === 'ArithmeticOperator')!;
  expect(run(text, { mutants: true }).value).toBe(8);
  expect(run(text, { mutants: true }, sum.id).value).toBe(2);
  expect(sum).toMatchObject({
    replacement: 'a - b',
    place: { startLine: 1, startColumn: 22, endLine: 1, endColumn: 27 },
  });
});

it('ends loops that have no end', () => {
  const { value, runtime } = run(`(function () { for (let i = 0; i < 3; i++) {} })`, { mutants: true });
  runtime.f = 1000;
  runtime.m = 4;
  const { mutants } = instrument(`(function () { for (let i = 0; i < 3; i++) {} })`, 'javascript', {
    id: 'a',
    mutants: true,
  })!.file;
  runtime.m = mutants.find(({ operator }) => operator === 'UpdateOperator')!.id;
  expect(value as () => void).toThrow('out of steps');
  expect(runtime.out).toBe(true);
});

it('a comment inside a returned expression without a semicolon', () => {
  const text = `(function (a) {\n  return a + 1 // one more\n    - 2\n})(5)`;
  expect(run(text, { mutants: true }).value).toBe(4);
});
