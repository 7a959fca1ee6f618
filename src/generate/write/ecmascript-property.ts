import type { ProvenTest } from '../keep/proven-test.ts';
import type { Domain } from '../properties/domain.ts';
import type { ProvenProperty } from '../properties/property.ts';
import type { Relation } from '../properties/relation.ts';
import type { Value } from '../model/value.ts';
import type { EcmascriptImports } from './ecmascript-imports.ts';
import { ecmascriptLiteral, quote } from './ecmascript-literal.ts';
import { nameInputs } from './property-words.ts';
import { closeTest, openTest } from './ecmascript-it.ts';
import { camelCase } from './step-names.ts';
import type { TestStyle } from './test-file.ts';

/** A seed, so that a suite that passed passes again; `fc.assert` shows it, and whoever wants other inputs takes it away. */
const SEED = 1;

/** A test of a property: with fast-check where the project has it, else a loop over inputs that were tried. */
export function writeEcmascriptProperty(
  { property }: ProvenTest & { readonly property: ProvenProperty },
  title: string,
  style: TestStyle,
  imports: EcmascriptImports,
): string {
  const { relation, functions, domains, examples } = property;
  const { receiver, module } = functions[0]!;
  const made = receiver && { name: objectName(receiver.path), of: imports.expression(module, receiver.path) };
  const callees = functions.map((one): Called => {
    const name = made ? [made.name, ...one.path].join('.') : imports.expression(one.module, one.path);
    return { name, isAsync: one.isAsync === true, takes: one.takes };
  });
  const isAsync = callees.some((one) => one.isAsync);
  const names = nameInputs(property, new Set([...imports.taken, 'calls', ...(made ? [made.name] : [])]));
  const literal = (value: Value, indent: number): string =>
    ecmascriptLiteral(
      value,
      { step: String, imported: () => '', callback: () => undefined, plain: style.plainSyntax === true },
      indent,
    );
  const usesLibrary = style.properties === 'fast-check';
  const making = made
    ? [`const ${made.name} = new ${made.of}(${receiver!.with.map((value) => literal(value, 6)).join(', ')});`]
    : [];
  const body = (isPlain: boolean): string[] => apart(making, checks(relation, callees, names, style, isPlain));
  const wait = isAsync ? 'await ' : '';
  const [property_, arrow] = isAsync ? ['asyncProperty', 'async '] : ['property', ''];
  if (usesLibrary) {
    const shown = examples.map((inputs) => `[${inputs.map((value) => literal(value, 10)).join(', ')}]`);
    const isWide = names.length > 1 && domains.map(arbitrary).join(', ').length + names.join(', ').length > 75;
    const inner = isWide ? '        ' : '      ';
    const lines = body(domains.every(isPlainDomain)).map((line) => (line === '' ? '' : `${inner}  ${line}`));
    const flat = `{ seed: ${SEED}, examples: [${shown.join(', ')}] },`;
    return [
      openTest(title, style, isAsync),
      `    ${wait}fc.assert(`,
      ...(isWide ? [`      fc.${property_}(`, ...domains.map((domain) => `        ${arbitrary(domain)},`)] : []),
      isWide
        ? `        ${arrow}(${names.join(', ')}) => {`
        : `      fc.${property_}(${domains.map(arbitrary).join(', ')}, ${arrow}(${names.join(', ')}) => {`,
      ...lines,
      ...(isWide ? ['        },', '      ),'] : ['      }),']),
      ...(flat.length < 95
        ? [`      ${flat}`]
        : ['      {', `        seed: ${SEED},`, `        examples: ${listOf(shown, 8)},`, '      },']),
      '    );',
      closeTest(style),
      '',
    ].join('\n');
  }
  const isSingle = names.length === 1;
  const items = examples.map((inputs) =>
    isSingle ? literal(inputs[0]!, 6) : `[${inputs.map((value) => literal(value, 8)).join(', ')}]`,
  );
  return [
    openTest(title, style, isAsync),
    `    for (const ${isSingle ? names[0]! : `[${names.join(', ')}]`} of ${listOf(items, 4)}) {`,
    ...body(domains.every(isPlainDomain)).map((line) => (line === '' ? '' : `      ${line}`)),
    '    }',
    closeTest(style),
    '',
  ].join('\n');
}

function objectName(path: readonly string[]): string {
  const name = camelCase(path.filter((part) => part !== 'default').at(-1) ?? 'instance');
  return /^[a-z]/.test(name) ? name : 'instance';
}

/** What is done first stands apart from a single check. */
function apart(before: readonly string[], rest: readonly string[]): string[] {
  return before.length === 0 ? [...rest] : rest.length === 1 ? [...before, '', ...rest] : [...before, ...rest];
}

interface Called {
  readonly name: string;
  readonly isAsync: boolean;
  readonly takes: number | undefined;
}

function listOf(items: readonly string[], indent: number): string {
  const flat = `[${items.join(', ')}]`;
  if (flat.length + indent <= 90) return flat;
  const pad = ' '.repeat(indent + 2);
  return `[\n${items.map((item) => `${pad}${item},\n`).join('')}${' '.repeat(indent)}]`;
}

function isPlainDomain({ kind }: Domain): boolean {
  return kind === 'text' || kind === 'matching' || kind === 'integer' || kind === 'number' || kind === 'boolean';
}

function checks(
  relation: Relation,
  callees: readonly Called[],
  names: readonly string[],
  style: TestStyle,
  isPlain: boolean,
): string[] {
  const call = ({ name, isAsync }: Called, of: string): string => `${isAsync ? 'await ' : ''}${name}(${of})`;
  const first = (of: string): string => call(callees[0]!, of);
  const second = (of: string): string => call(callees[1]!, of);
  const ofFirst = (of: string): string => (callees[0]!.isAsync ? `(${first(of)})` : first(of));
  const given = names.join(', ');
  const input = names[0]!;
  const { equal, deep, ok, match } = says(style);
  const same = isPlain ? equal : deep;
  const rest = names
    .slice(1)
    .map((name) => `, ${name}`)
    .join('');
  switch (relation.kind) {
    case 'round trip':
      return [same(second(first(given)), input)];
    case 'stored': {
      const found = second(names.slice(0, callees[1]!.takes).join(', '));
      const result = relation.as === 'presence' ? equal(found, 'true') : same(found, names.at(-1)!);
      return [`${first(given)};`, '', result];
    }
    case 'involution':
      return [same(first(`${first(given)}${rest}`), input)];
    case 'idempotent':
      return [`const result = ${first(given)};`, '', same(first(`result${rest}`), 'result')];
    case 'commutative':
      return [deep(first(given), first(names.toReversed().join(', ')))];
    case 'same items':
      return [deep(`[...${first(given)}].sort()`, `[...${input}].sort()`)];
    case 'keeps order':
      return [
        `const result = ${first(given)};`,
        '',
        'let from = 0;',
        'for (const item of result) {',
        `  const at = ${input}.indexOf(item, from);`,
        `  ${ok('at >= 0')}`,
        '  from = at + 1;',
        '}',
      ];
    case 'same length':
      return [equal(`${ofFirst(given)}.length`, `${input}.length`)];
    case 'no longer':
      return [ok(`${ofFirst(given)}.length <= ${input}.length`)];
    case 'ascending':
      return [`const result = ${first(given)};`, '', ok('result.every((item, i) => i === 0 || result[i - 1] <= item)')];
    case 'distinct':
      return [`const result = ${first(given)};`, '', equal('new Set(result).size', 'result.length')];
    case 'at least':
      return [ok(`${ofFirst(given)} >= ${relation.low}`)];
    case 'between':
      return [`const result = ${first(given)};`, '', ok(`result >= ${relation.low} && result <= ${relation.high}`)];
    case 'pattern':
      return [match(first(given), `/^${relation.pattern}$/`)];
    case 'type':
      if (relation.of === 'list') return [ok(`Array.isArray(${first(given)})`)];
      if (relation.of === 'integer') return [ok(`Number.isInteger(${first(given)})`)];
      return [equal(`typeof ${ofFirst(given)}`, quote(relation.of))];
  }
}

interface Says {
  readonly equal: (left: string, right: string) => string;
  readonly deep: (left: string, right: string) => string;
  readonly ok: (condition: string) => string;
  readonly match: (text: string, pattern: string) => string;
}

function says({ framework }: TestStyle): Says {
  if (framework === 'vitest' || framework === 'jest')
    return {
      equal: (left, right) => `expect(${left}).toBe(${right});`,
      deep: (left, right) => `expect(${left}).toEqual(${right});`,
      ok: (condition) => `expect(${condition}).toBe(true);`,
      match: (text, pattern) => `expect(${text}).toMatch(${pattern});`,
    };
  return {
    equal: (left, right) => `assert.equal(${left}, ${right});`,
    deep: (left, right) => `assert.deepEqual(${left}, ${right});`,
    ok: (condition) => `assert.ok(${condition});`,
    match: (text, pattern) => `assert.match(${text}, ${pattern});`,
  };
}

/** The domain in fast-check's words (3.22 and later). */
function arbitrary(domain: Domain): string {
  switch (domain.kind) {
    case 'text':
      return domain.letters === 'any' ? "fc.string({ unit: 'grapheme' })" : 'fc.string()';
    case 'matching':
      return `fc.stringMatching(/^${domain.pattern}$/)`;
    case 'integer':
      return `fc.integer({ min: ${number(domain.low)}, max: ${number(domain.high)} })`;
    case 'number':
      return 'fc.double({ noNaN: true, noDefaultInfinity: true })';
    case 'boolean':
      return 'fc.boolean()';
    case 'bytes':
      return 'fc.uint8Array()';
    case 'one-of':
      return `fc.constantFrom(${domain.values.map(plainLiteral).join(', ')})`;
    case 'list':
      return `fc.array(${arbitrary(domain.of)})`;
    case 'dictionary':
      return `fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), ${arbitrary(domain.of)}, { noNullPrototype: true })`;
    case 'record':
      return `fc.record({ ${domain.fields.map(([name, of]) => `${name}: ${arbitrary(of)}`).join(', ')} }, { noNullPrototype: true })`;
  }
}

function number(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, '_');
}

function plainLiteral(value: Value): string {
  return ecmascriptLiteral(value, { step: String, imported: () => '', callback: () => undefined });
}
