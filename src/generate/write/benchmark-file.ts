import type { Value } from '../model/value.ts';
import { describeValue } from './describe-value.ts';
import { EcmascriptImports } from './ecmascript-imports.ts';
import { ecmascriptLiteral, quote } from './ecmascript-literal.ts';
import { PythonImports } from './python-imports.ts';
import { pythonLiteral, pythonText } from './python-literal.ts';
import { snakeCase } from './step-names.ts';
import type { ImportedModule, TestStyle } from './test-file.ts';

/** A call whose time is of interest. */
export interface BenchmarkCase {
  readonly module: number;
  readonly path: readonly string[];
  readonly inputs: readonly Value[];
  /** The first input, a text or a list, so many times over. */
  readonly times: number;
}

export interface BenchmarkRequest {
  readonly cases: readonly BenchmarkCase[];
  readonly modules: readonly ImportedModule[];
  /** `vitest` and `pytest-benchmark` have their own; else a script measures. */
  readonly with: 'vitest' | 'node' | 'pytest-benchmark' | 'timeit';
  /** Vitest 5 and later: `bench` is what a test is given, and no longer imported. */
  readonly asFixture?: boolean | undefined;
}

/** A file that measures and asserts nothing: times differ between machines. */
export function writeBenchmarks(request: BenchmarkRequest): string {
  return request.with === 'vitest' || request.with === 'node' ? ecmascriptFile(request) : pythonFile(request);
}

function titleOf({ inputs, times }: BenchmarkCase, language: 'ecmascript' | 'python'): string {
  const shown = inputs.map((value) => describeValue(value, language)).join(', ');
  return times > 1 ? `${shown}, ${times} times over` : shown === '' ? 'no arguments' : shown;
}

function ecmascriptFile({ cases, modules, with: kind, asFixture = false }: BenchmarkRequest): string {
  const style: TestStyle = { framework: 'vitest', format: 'module', globals: false, typescript: false };
  const imports = new EcmascriptImports(modules, style);
  const literal = (value: Value): string =>
    ecmascriptLiteral(value, { step: String, imported: () => 'undefined', callback: () => undefined }, 4);
  const call = (one: BenchmarkCase): string => {
    const [first, ...rest] = one.inputs.map(literal);
    const large =
      one.times === 1
        ? first
        : typeof one.inputs[0] === 'string'
          ? `${first}.repeat(${one.times})`
          : `Array(${one.times}).fill(${first}).flat()`;
    return `${imports.expression(one.module, one.path)}(${[large, ...rest].filter((part) => part !== undefined).join(', ')})`;
  };
  const groups = Map.groupBy(cases, ({ module, path }) => imports.expression(module, path));
  if (kind === 'vitest') {
    const measured = (one: BenchmarkCase): string => {
      const title = quote(titleOf(one, 'ecmascript'));
      return asFixture
        ? `  test(${title}, async ({ bench }) => {\n    await bench(${title}, () => {\n      ${call(one)};\n    }).run();\n  });\n`
        : `  bench(${title}, () => {\n    ${call(one)};\n  });\n`;
    };
    const bodies = [...groups].map(
      ([name, list]) => `describe(${quote(name)}, () => {\n${list.map(measured).join('\n')}});\n`,
    );
    const used = asFixture ? 'describe, test' : 'bench, describe';
    return `import { ${used} } from 'vitest';\n${imports.lines().join('\n')}\n\n${bodies.join('\n')}`;
  }
  const entries = [...groups].flatMap(([name, list]) =>
    list.map((one) => `  ${quote(`${name}: ${titleOf(one, 'ecmascript')}`)}: () => ${call(one)},`),
  );
  return `${imports.lines().join('\n')}

const cases = {
${entries.join('\n')}
};

/** Nanoseconds a call: the median of rounds that take a few milliseconds each. */
function measure(run) {
  let calls = 1;
  let began;
  do {
    calls *= 2;
    began = performance.now();
    for (let i = 0; i < calls; i++) run();
  } while (performance.now() - began < 5);
  const rounds = Array.from({ length: 15 }, () => {
    const start = performance.now();
    for (let i = 0; i < calls; i++) run();
    return (1e6 * (performance.now() - start)) / calls;
  });
  return rounds.sort((a, b) => a - b)[7];
}

for (const [name, run] of Object.entries(cases)) console.log(\`\${measure(run).toFixed(0)} ns  \${name}\`);
`;
}

function pythonFile({ cases, modules, with: kind }: BenchmarkRequest): string {
  const imports = new PythonImports(modules);
  const literal = (value: Value): string =>
    pythonLiteral(
      value,
      { step: String, imported: () => 'None', callback: () => undefined, made: (made) => imports.made(made) },
      4,
    );
  const given = (one: BenchmarkCase): string[] =>
    one.inputs.map((value, i) => (i === 0 && one.times > 1 ? `${literal(value)} * ${one.times}` : literal(value)));
  const used = new Set<string>();
  const nameOf = (one: BenchmarkCase): string => {
    const words = `${one.path.join(' ')} ${titleOf(one, 'python')}`.replaceAll(/[^A-Za-z0-9]+/g, ' ').trim();
    const plain = snakeCase(words.replaceAll(' ', '_')).slice(0, 70).replace(/_+$/, '');
    let name = plain;
    for (let number = 2; used.has(name); number++) name = `${plain}_${number}`;
    used.add(name);
    return name;
  };
  if (kind === 'pytest-benchmark') {
    const bodies = cases.map(
      (one) =>
        `def test_${nameOf(one)}(benchmark):\n    benchmark(${[imports.expression(one.module, one.path), ...given(one)].join(', ')})\n`,
    );
    return `${imports.lines([], []).join('\n')}\n\n\n${bodies.join('\n\n')}`;
  }
  const entries = cases.map(
    (one) =>
      `    ${pythonText(`${one.path.join('.')}: ${titleOf(one, 'python')}`)}: lambda: ${imports.expression(one.module, one.path)}(${given(one).join(', ')}),`,
  );
  return `${imports.lines(['timeit'], []).join('\n')}

CASES = {
${entries.join('\n')}
}


def main():
    for name, run in CASES.items():
        timer = timeit.Timer(run)
        calls, _ = timer.autorange()
        best = min(timer.repeat(repeat=5, number=calls)) / calls
        print(f"{best * 1e9:.0f} ns  {name}")


if __name__ == "__main__":
    main()
`;
}
