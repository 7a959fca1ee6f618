import type { ProvenTest } from '../keep/proven-test.ts';
import type { Value } from '../model/value.ts';
import type { Domain } from '../properties/domain.ts';
import type { ProvenProperty } from '../properties/property.ts';
import type { Relation } from '../properties/relation.ts';
import { nameInputs } from './property-words.ts';
import type { PythonImports } from './python-imports.ts';
import { pythonLiteral, pythonText } from './python-literal.ts';
import { snakeCase } from './step-names.ts';
import type { TestStyle } from './test-file.ts';

const WIDTH = 88;

/** A test of a property: with Hypothesis where the project has it, else a loop over inputs that were tried. */
export function writePythonProperty(
  { property }: ProvenTest & { readonly property: ProvenProperty },
  name: string,
  imports: PythonImports,
  style: TestStyle,
): string {
  const { relation, functions, domains, examples } = property;
  const isPytest = style.framework === 'pytest';
  const { receiver, module } = functions[0]!;
  const made = receiver && { name: objectName(receiver.path), of: imports.expression(module, receiver.path) };
  const callees = functions.map((one): Called => {
    const name = made ? [made.name, ...one.path].join('.') : imports.expression(one.module, one.path);
    return { name, isAsync: one.isAsync === true, takes: one.takes };
  });
  const names = nameInputs(property, new Set([...imports.taken, ...(made ? [made.name] : [])])).map((one) =>
    snakeCase(one).replace(/^bytes_?$/, 'raw'),
  );
  const columns = isPytest ? 0 : 4;
  const literal = (value: Value, indent: number): string =>
    pythonLiteral(
      value,
      { step: String, imported: () => '', callback: () => undefined, made: (made) => imports.made(made) },
      indent,
    );
  const making = made
    ? [`${made.name} = ${made.of}(${receiver!.with.map((value) => literal(value, 4)).join(', ')})`]
    : [];
  const checked = checks(relation, callees, names, isPytest, imports);
  const body = making.length > 0 && checked.length === 1 ? [...making, '', ...checked] : [...making, ...checked];
  const self = isPytest ? [] : ['self'];
  let lines: string[];
  if (style.properties === 'hypothesis') {
    const shown = examples.map(
      (inputs) => `@example(${inputs.map((value, i) => `${names[i]}=${literal(value, columns + 4)}`).join(', ')})`,
    );
    for (const one of ['example', 'given', 'settings']) imports.from('hypothesis', one);
    const st = imports.from('hypothesis', 'strategies', 'st');
    lines = [
      `@given(${domains.map((domain, i) => `${names[i]}=${strategy(domain, st)}`).join(', ')})`,
      ...shown,
      '@settings(derandomize=True, deadline=None)',
      `def ${name}(${[...self, ...names].join(', ')}):`,
      ...body.map((line) => (line === '' ? '' : `    ${line}`)),
    ];
  } else {
    const isSingle = names.length === 1;
    const items = examples.map((inputs) =>
      isSingle ? literal(inputs[0]!, 8) : `(${inputs.map((value) => literal(value, 8)).join(', ')})`,
    );
    const flat = `[${items.join(', ')}]`;
    const list =
      flat.length + columns + 20 <= WIDTH ? flat : `[\n${items.map((item) => `        ${item},\n`).join('')}    ]`;
    const each = isPytest ? [] : [`    with self.subTest(${names.map((one) => `${one}=${one}`).join(', ')}):`];
    const pad = isPytest ? '        ' : '            ';
    lines = [
      `def ${name}(${self.join('')}):`,
      `    for ${names.join(', ')} in ${list}:`,
      ...each.map((line) => `    ${line}`),
      ...body.map((line) => (line === '' ? '' : `${pad}${line}`)),
    ];
  }
  const pad = ' '.repeat(columns);
  return `${lines
    .join('\n')
    .split('\n')
    .map((line) => (line === '' ? '' : pad + line))
    .join('\n')}\n`;
}

interface Called {
  readonly name: string;
  readonly isAsync: boolean;
  readonly takes: number | undefined;
}

function objectName(path: readonly string[]): string {
  const name = snakeCase(path.at(-1) ?? 'thing').replaceAll(/^_+/g, '');
  return /^[a-z]/.test(name) ? name : 'thing';
}

function checks(
  relation: Relation,
  callees: readonly Called[],
  names: readonly string[],
  isPytest: boolean,
  imports: PythonImports,
): string[] {
  const call = ({ name, isAsync }: Called, of: string): string =>
    isAsync ? `asyncio.run(${name}(${of}))` : `${name}(${of})`;
  const first = (of: string): string => call(callees[0]!, of);
  const second = (of: string): string => call(callees[1]!, of);
  const given = names.join(', ');
  const input = names[0]!;
  const rest = names
    .slice(1)
    .map((one) => `, ${one}`)
    .join('');
  const equal = (left: string, right: string): string =>
    isPytest ? `assert ${left} == ${right}` : `self.assertEqual(${left}, ${right})`;
  const ok = (condition: string): string => (isPytest ? `assert ${condition}` : `self.assertTrue(${condition})`);
  switch (relation.kind) {
    case 'round trip':
      return [equal(second(first(given)), input)];
    case 'stored': {
      const found = second(names.slice(0, callees[1]!.takes).join(', '));
      return [first(given), '', relation.as === 'presence' ? ok(found) : equal(found, names.at(-1)!)];
    }
    case 'involution':
      return [equal(first(`${first(given)}${rest}`), input)];
    case 'idempotent':
      return [`result = ${first(given)}`, '', equal(first(`result${rest}`), 'result')];
    case 'commutative':
      return [equal(first(given), first(names.toReversed().join(', ')))];
    case 'same items':
      return isPytest
        ? [equal(`sorted(${first(given)}, key=repr)`, `sorted(${input}, key=repr)`)]
        : [`self.assertCountEqual(${first(given)}, ${input})`];
    case 'keeps order':
      return [`left = iter(${input})`, '', ok(`all(item in left for item in ${first(given)})`)];
    case 'same length':
      return [equal(`len(${first(given)})`, `len(${input})`)];
    case 'no longer':
      return isPytest
        ? [ok(`len(${first(given)}) <= len(${input})`)]
        : [`self.assertLessEqual(len(${first(given)}), len(${input}))`];
    case 'ascending':
      return [`result = ${first(given)}`, '', equal('result', 'sorted(result)')];
    case 'distinct':
      return [`result = ${first(given)}`, '', ok('all(item not in result[:at] for at, item in enumerate(result))')];
    case 'at least':
      return isPytest
        ? [ok(`${first(given)} >= ${relation.low}`)]
        : [`self.assertGreaterEqual(${first(given)}, ${relation.low})`];
    case 'between':
      return [ok(`${relation.low} <= ${first(given)} <= ${relation.high}`)];
    case 'pattern':
      return [
        ok(
          `${imports.made('re.fullmatch')}(r${pythonText(relation.pattern).replaceAll('\\\\', '\\')}, ${first(given)})`,
        ),
      ];
    case 'type':
      return isPytest
        ? [ok(`isinstance(${first(given)}, ${TYPES[relation.of]})`)]
        : [`self.assertIsInstance(${first(given)}, ${TYPES[relation.of]})`];
  }
}

const TYPES = { string: 'str', number: '(int, float)', integer: 'int', boolean: 'bool', list: 'list' };

/** The domain in Hypothesis' words. */
function strategy(domain: Domain, st: string): string {
  switch (domain.kind) {
    case 'text':
      return domain.letters === 'any'
        ? `${st}.text()`
        : `${st}.text(alphabet=${st}.characters(min_codepoint=32, max_codepoint=126))`;
    case 'matching':
      return `${st}.from_regex(r"${domain.pattern}", fullmatch=True)`;
    case 'integer':
      return `${st}.integers(${domain.low}, ${domain.high})`;
    case 'number':
      return `${st}.floats(allow_nan=False, allow_infinity=False)`;
    case 'boolean':
      return `${st}.booleans()`;
    case 'bytes':
      return `${st}.binary()`;
    case 'one-of':
      return `${st}.sampled_from([${domain.values.map((value) => pythonLiteral(value, { step: String, imported: () => '', callback: () => undefined, made: String })).join(', ')}])`;
    case 'list':
      return `${st}.lists(${strategy(domain.of, st)})`;
    case 'dictionary':
      return `${st}.dictionaries(${st}.from_regex(r"[a-z]{1,5}", fullmatch=True), ${strategy(domain.of, st)})`;
    case 'record':
      return `${st}.fixed_dictionaries({${domain.fields.map(([name, of]) => `${pythonText(name)}: ${strategy(of, st)}`).join(', ')}})`;
  }
}
