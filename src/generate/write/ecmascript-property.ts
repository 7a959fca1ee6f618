import type { ProvenTest } from '../keep/proven-test.ts';
import type { Domain } from '../properties/domain.ts';
import type { ProvenProperty } from '../properties/property.ts';
import type { Relation } from '../properties/relation.ts';
import type { Value } from '../model/value.ts';
import type { EcmascriptImports } from './ecmascript-imports.ts';
import { ecmascriptLiteral, quote } from './ecmascript-literal.ts';
import { nameInputs } from './property-words.ts';
import { closeTest, openTest } from './ecmascript-it.ts';
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
  const callees = functions.map(({ module, path }) => imports.expression(module, path));
  const names = nameInputs(property, new Set([...imports.taken, 'calls']));
  const literal = (value: Value, indent: number): string =>
    ecmascriptLiteral(
      value,
      { step: String, imported: () => '', callback: () => undefined, plain: style.plainSyntax === true },
      indent,
    );
  const usesLibrary = style.properties === 'fast-check';
  const body = (isPlain: boolean): string[] => checks(relation, callees, names, style, isPlain);
  if (usesLibrary) {
    const shown = examples.map((inputs) => `[${inputs.map((value) => literal(value, 10)).join(', ')}]`);
    const isWide = names.length > 1 && domains.map(arbitrary).join(', ').length + names.join(', ').length > 75;
    const inner = isWide ? '        ' : '      ';
    const lines = body(domains.every(isPlainDomain)).map((line) => (line === '' ? '' : `${inner}  ${line}`));
    const flat = `{ seed: ${SEED}, examples: [${shown.join(', ')}] },`;
    return [
      openTest(title, style),
      '    fc.assert(',
      ...(isWide ? ['      fc.property(', ...domains.map((domain) => `        ${arbitrary(domain)},`)] : []),
      isWide
        ? `        (${names.join(', ')}) => {`
        : `      fc.property(${domains.map(arbitrary).join(', ')}, (${names.join(', ')}) => {`,
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
    openTest(title, style),
    `    for (const ${isSingle ? names[0]! : `[${names.join(', ')}]`} of ${listOf(items, 4)}) {`,
    ...body(domains.every(isPlainDomain)).map((line) => (line === '' ? '' : `      ${line}`)),
    '    }',
    closeTest(style),
    '',
  ].join('\n');
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
  callees: readonly string[],
  names: readonly string[],
  style: TestStyle,
  isPlain: boolean,
): string[] {
  const [first, second] = callees as [string, string];
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
      return [same(`${second}(${first}(${given}))`, input)];
    case 'involution':
      return [same(`${first}(${first}(${given})${rest})`, input)];
    case 'idempotent':
      return [`const result = ${first}(${given});`, '', same(`${first}(result${rest})`, 'result')];
    case 'commutative':
      return [deep(`${first}(${given})`, `${first}(${names.toReversed().join(', ')})`)];
    case 'same items':
      return [deep(`[...${first}(${given})].sort()`, `[...${input}].sort()`)];
    case 'keeps order':
      return [
        `const result = ${first}(${given});`,
        '',
        'let from = 0;',
        'for (const item of result) {',
        `  const at = ${input}.indexOf(item, from);`,
        `  ${ok('at >= 0')}`,
        '  from = at + 1;',
        '}',
      ];
    case 'same length':
      return [equal(`${first}(${given}).length`, `${input}.length`)];
    case 'no longer':
      return [ok(`${first}(${given}).length <= ${input}.length`)];
    case 'ascending':
      return [
        `const result = ${first}(${given});`,
        '',
        ok('result.every((item, i) => i === 0 || result[i - 1] <= item)'),
      ];
    case 'distinct':
      return [`const result = ${first}(${given});`, '', equal('new Set(result).size', 'result.length')];
    case 'at least':
      return [ok(`${first}(${given}) >= ${relation.low}`)];
    case 'between':
      return [`const result = ${first}(${given});`, '', ok(`result >= ${relation.low} && result <= ${relation.high}`)];
    case 'pattern':
      return [match(`${first}(${given})`, `/^${relation.pattern}$/`)];
    case 'type':
      if (relation.of === 'list') return [ok(`Array.isArray(${first}(${given}))`)];
      if (relation.of === 'integer') return [ok(`Number.isInteger(${first}(${given}))`)];
      return [equal(`typeof ${first}(${given})`, quote(relation.of))];
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
