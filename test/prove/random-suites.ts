/** Small projects with suites, made up from a seed: modules that use one another in the ways that languages offer, and tests of them. */

export interface RandomSuite {
  readonly files: Readonly<Record<string, string>>;
  /** Whose lines are changed. */
  readonly sources: readonly string[];
  /** Expressions that tests compare, by test. */
  readonly tests: readonly {
    readonly name: string;
    readonly file: string;
    readonly module: number;
    readonly expression: string;
  }[];
}

export type Random = (below: number) => number;

/** What a module may hold; `n` is its number, `used` the name of something that an earlier module exports. */
interface Piece {
  readonly text: (n: number, used: string | undefined) => string;
  /** Names for later modules. */
  readonly exports: (n: number) => readonly string[];
  readonly expressions: (n: number) => readonly string[];
}

const piece = (text: Piece['text'], exports: Piece['exports'], expressions: Piece['expressions']): Piece => ({
  text,
  exports,
  expressions,
});

const scriptPieces: readonly Piece[] = [
  piece(
    (n, used) =>
      `export const LIMIT${n} = ${used ? `${used} + ` : ''}${n + 3};\nconst table${n} = [1, 2, 3].map((each) => each * LIMIT${n});\nexport const pick${n} = (at) => table${n}[at];\n`,
    (n) => [`LIMIT${n}`],
    (n) => [`LIMIT${n}`, `pick${n}(1)`, `pick${n}(2)`],
  ),
  piece(
    (n) =>
      `export function grade${n}(x, least = ${n + 2}) {\n  if (x < least) {\n    return 'low';\n  }\n  let sum = 0;\n  for (let i = 0; i < x; i++) {\n    sum += i;\n  }\n  return sum > 20 ? 'high' : 'mid';\n}\n`,
    () => [],
    (n) => [`grade${n}(1)`, `grade${n}(4)`, `grade${n}(9)`, `grade${n}(5, 9)`],
  ),
  piece(
    (n, used) =>
      `function build${n}(size) {\n  const list = [];\n  for (let i = 0; i < size; i++) list.push(i * 2);\n  return list;\n}\nexport const built${n} = build${n}(3);\nexport function total${n}() {\n  return built${n}.reduce((sum, each) => sum + each, ${used ?? '0'});\n}\n`,
    () => [],
    (n) => [`built${n}.length`, `total${n}()`],
  ),
  piece(
    (n) =>
      `export class Shape${n} {\n  static sides = ${n + 1};\n  size = 2;\n  constructor(scale) {\n    this.scale = scale;\n  }\n  get area() {\n    return this.size * this.scale;\n  }\n  grow(by) {\n    this.size += by;\n    return this;\n  }\n}\nexport class Round${n} extends Shape${n} {\n  get area() {\n    return super.area + Shape${n}.sides;\n  }\n}\n`,
    () => [],
    (n) => [`new Shape${n}(3).area`, `new Shape${n}(2).grow(4).area`, `new Round${n}(5).area`, `Round${n}.sides`],
  ),
  piece(
    (n) =>
      `export const adder${n} = (first) => {\n  const base = first * 2;\n  return (second) => {\n    if (second > 5) return base;\n    return base + second;\n  };\n};\nconst known${n} = new Map();\nexport function remembered${n}(key) {\n  if (!known${n}.has(key)) known${n}.set(key, adder${n}(key)(1));\n  return known${n}.get(key);\n}\n`,
    () => [],
    (n) => [`adder${n}(2)(3)`, `adder${n}(2)(7)`, `remembered${n}(4)`],
  ),
  piece(
    (n) =>
      `export function* steps${n}(from) {\n  for (let i = from; i < from + 3; i++) {\n    yield i * 2;\n  }\n}\nexport function kind${n}(value) {\n  switch (typeof value) {\n    case 'string':\n      return value.length;\n    case 'number':\n      return value + 1;\n    default:\n      return -1;\n  }\n}\nexport function safe${n}(text) {\n  try {\n    return JSON.parse(text).value;\n  } catch {\n    return kind${n}(text);\n  }\n}\n`,
    () => [],
    (n) => [`[...steps${n}(2)].join()`, `kind${n}('abc')`, `kind${n}(4)`, `safe${n}('{"value": 3}')`, `safe${n}('no')`],
  ),
];

const pythonPieces: readonly Piece[] = [
  piece(
    (n, used) =>
      `LIMIT${n} = ${used ? `${used} + ` : ''}${n + 3}\n_table${n} = [each * LIMIT${n} for each in (1, 2, 3)]\n\n\ndef pick${n}(at):\n    return _table${n}[at]\n`,
    (n) => [`LIMIT${n}`],
    (n) => [`LIMIT${n}`, `pick${n}(1)`, `pick${n}(2)`],
  ),
  piece(
    (n) =>
      `def grade${n}(x, least=${n + 2}):\n    if x < least:\n        return "low"\n    total = 0\n    for i in range(x):\n        total += i\n    return "high" if total > 20 else "mid"\n`,
    () => [],
    (n) => [`grade${n}(1)`, `grade${n}(4)`, `grade${n}(9)`, `grade${n}(5, 9)`],
  ),
  piece(
    (n, used) =>
      `def _build${n}(size):\n    found = []\n    for i in range(size):\n        found.append(i * 2)\n    return found\n\n\nbuilt${n} = _build${n}(3)\n\n\ndef total${n}():\n    return sum(built${n}) + ${used ?? '0'}\n`,
    () => [],
    (n) => [`len(built${n})`, `total${n}()`],
  ),
  piece(
    (n) =>
      `class Shape${n}:\n    sides = ${n + 1}\n\n    def __init__(self, scale):\n        self.scale = scale\n        self.size = 2\n\n    @property\n    def area(self):\n        return self.size * self.scale\n\n    def grow(self, by):\n        self.size += by\n        return self\n\n\nclass Round${n}(Shape${n}):\n    @property\n    def area(self):\n        return super().area + self.sides\n`,
    () => [],
    (n) => [`Shape${n}(3).area`, `Shape${n}(2).grow(4).area`, `Round${n}(5).area`, `Round${n}.sides`],
  ),
  piece(
    (n) =>
      `import functools as functools${n}\n\n\ndef _twice${n}(work):\n    @functools${n}.wraps(work)\n    def inner(*values):\n        return work(*values) * 2\n\n    return inner\n\n\n@_twice${n}\ndef doubled${n}(x):\n    return x + 1\n\n\n@functools${n}.lru_cache(maxsize=None)\ndef remembered${n}(key):\n    return doubled${n}(key) + 1\n`,
    () => [],
    (n) => [`doubled${n}(2)`, `remembered${n}(4)`],
  ),
  piece(
    (n) =>
      `def steps${n}(start):\n    for i in range(start, start + 3):\n        yield i * 2\n\n\ndef kind${n}(value):\n    if isinstance(value, str):\n        return len(value)\n    elif isinstance(value, int):\n        return value + 1\n    return -1\n\n\ndef safe${n}(text):\n    try:\n        return int(text)\n    except ValueError:\n        return kind${n}(text)\n    finally:\n        steps${n}(1)\n`,
    () => [],
    (n) => [`list(steps${n}(2))`, `kind${n}("abc")`, `kind${n}(4)`, `safe${n}("7")`, `safe${n}("no")`],
  ),
];

const MODULES = 3;

export function randomSuite(language: 'javascript' | 'python', random: Random): RandomSuite {
  const isPython = language === 'python';
  const pieces = isPython ? pythonPieces : scriptPieces;
  const files: Record<string, string> = {};
  const sources: string[] = [];
  const tests: { name: string; file: string; module: number; expression: string }[] = [];
  const offered: { readonly name: string; readonly module: number }[] = [];
  for (let module = 0; module < MODULES; module++) {
    const chosen = pieces.filter(() => random(2) === 0);
    if (chosen.length === 0) chosen.push(pieces[random(pieces.length)]!);
    const texts: string[] = [];
    const imports = new Map<string, number>();
    for (const [index, each] of chosen.entries()) {
      const n = module * 10 + index;
      const used = offered.length > 0 && random(2) === 0 ? offered[random(offered.length)] : undefined;
      if (used && used.module !== module) imports.set(used.name, used.module);
      texts.push(each.text(n, used?.module === module ? undefined : used?.name));
      for (const expression of each.expressions(n))
        tests.push({
          name: `test_${module}_${tests.length}`,
          file: isPython ? `tests/test_m${module}.py` : `test/m${module}.test.js`,
          module,
          expression,
        });
    }
    for (const [index, each] of chosen.entries())
      for (const name of each.exports(module * 10 + index)) offered.push({ name, module });
    const head = [...imports].map(([name, from]) =>
      isPython ? `from m${from} import ${name}\n` : `import { ${name} } from './m${from}.js';\n`,
    );
    const file = isPython ? `m${module}.py` : `src/m${module}.js`;
    files[file] = `${head.join('')}${isPython && head.length > 0 ? '\n' : ''}${texts.join(isPython ? '\n\n' : '\n')}`;
    sources.push(file);
  }
  return { files, sources, tests };
}

/** Changes of one line each that keep the text a program: numbers, operators, comparisons, what is returned, whole statements. */
export function changesOf(
  text: string,
  language: 'javascript' | 'python',
): { readonly line: number; readonly text: string }[] {
  const isPython = language === 'python';
  const lines = text.split('\n');
  const found: { line: number; text: string }[] = [];
  lines.forEach((line, index) => {
    const changed = [
      line.replace(/(?<![\w.'"])(\d+)(?![\w'"])/, (digits) => String(Number(digits) + 1)),
      line.replace(/ \+ /, ' - ').replace(/ \* /, ' + '),
      line.replace(/ < /, ' >= ').replace(/ > /, ' <= '),
      line.replace(/'(\w+)'|"(\w+)"/, (quoted) => `${quoted[0]}x${quoted.slice(1)}`),
      isPython
        ? line.replace(/^(\s+)(?:return|yield) .*$/, '$1return None')
        : line.replace(/^(\s+)return .*;$/, '$1return undefined;'),
      isPython
        ? line.replace(/^(\s+)(?:\w+(?:\.\w+)* \+?= |found\.append).*$/, '$1pass')
        : line.replace(/^\s+(?:sum|this\.\w+) \+?= .*;$/, ''),
    ];
    for (const other of new Set(changed))
      if (other !== line && !/^(?:import|from) /.test(line))
        found.push({ line: index + 1, text: lines.with(index, other).join('\n') });
  });
  return found;
}
