import type { Assertion } from '../keep/assertion.ts';
import { isMarked, type Value } from '../model/value.ts';
import type { WriteContext } from './ecmascript-writer.ts';
import { quote } from './ecmascript-literal.ts';
import type { EcmascriptScene } from './ecmascript-scene.ts';
import { inlineSnapshot, isSnapshot, SNAPSHOT_NOTE } from './snapshot.ts';
import type { TestStyle } from './test-file.ts';

type Throws = Assertion & { readonly kind: 'throws' };
type Needs = ReadonlySet<'time' | 'random'>;

/** How a framework says what is expected. */
export interface EcmascriptAsserts {
  imports(style: TestStyle, needs: Needs, scene: EcmascriptScene): string[];
  /** Between imports and tests. */
  cleanUp(style: TestStyle, needs: Needs, scene: EcmascriptScene): string;
  fix(
    fixes: readonly ('time' | 'random')[],
    now: number,
    style: TestStyle,
  ): { readonly lines: readonly string[]; readonly usesContext: boolean };
  throws(expression: string, assertion: Throws, awaited: boolean, context: WriteContext): string[];
  throwsAnything(expression: string, awaited: boolean): string[];
  check(assertion: Assertion, context: WriteContext): string[];
}

export function assertsFor(style: TestStyle): EcmascriptAsserts {
  return style.framework === 'vitest' || style.framework === 'jest' ? expectStyle : assertStyle;
}

function importLine(style: TestStyle, names: readonly string[], from: string): string {
  return style.format === 'module'
    ? `import { ${names.join(', ')} } from '${from}';`
    : `const { ${names.join(', ')} } = require('${from}');`;
}

/** A value that `===` compares as tests mean it. */
function isPlain(value: Value): boolean {
  return (
    typeof value !== 'object' ||
    value === null ||
    (isMarked(value) && ['undefined', 'number', 'bigint', 'step'].includes(value.$))
  );
}

function builtInError(name: string): boolean {
  return /^(Type|Range|Syntax|Reference|URI|Eval)?Error$/.test(name);
}

/** Mocha has no mocks of its own. */
function byHand(fix: 'time' | 'random', now: number): string {
  if (fix === 'random') return 'Math.random = () => 0.5;';
  const moment = `new RealDate('${new Date(now).toISOString()}')`;
  return `globalThis.Date = class extends RealDate {\n  constructor(...given) {\n    super(...(given.length > 0 ? given : [${moment}]));\n  }\n\n  static now() {\n    return ${moment}.getTime();\n  }\n};`;
}

const assertStyle: EcmascriptAsserts = {
  imports(style, _, scene) {
    const assert =
      style.format === 'module'
        ? "import assert from 'node:assert/strict';"
        : "const assert = require('node:assert/strict');";
    if (style.framework === 'mocha') return [assert];
    return [assert, importLine(style, ['describe', 'it', ...scene.frameworkNames].sort(), 'node:test')];
  },
  cleanUp(style, needs) {
    if (style.framework !== 'mocha' || needs.size === 0) return '';
    const held = [
      ...(needs.has('time') ? ['const RealDate = Date;'] : []),
      ...(needs.has('random') ? ['const { random } = Math;'] : []),
    ];
    const back = [
      ...(needs.has('time') ? ['  globalThis.Date = RealDate;'] : []),
      ...(needs.has('random') ? ['  Math.random = random;'] : []),
    ];
    return `${held.join('\n')}\nafterEach(() => {\n${back.join('\n')}\n});\n\n`;
  },
  fix: (fixes, now, style) =>
    style.framework === 'mocha'
      ? { lines: fixes.map((fix) => byHand(fix, now)), usesContext: false }
      : {
          lines: fixes.map((fix) =>
            fix === 'time'
              ? `t.mock.timers.enable({ apis: ['Date'], now: ${quote(new Date(now).toISOString()).replace(/^'(.*)'$/, "new Date('$1')")} });`
              : "t.mock.method(Math, 'random', () => 0.5);",
          ),
          usesContext: fixes.length > 0,
        },
  throws(expression, { error, message }, awaited) {
    const parts = [
      `name: ${quote(error.n || error.c)}`,
      ...(message === undefined ? [] : [`message: ${quote(message)}`]),
    ];
    const expected = `{ ${parts.join(', ')} }`;
    return [
      awaited
        ? `await assert.rejects(async () => ${expression}, ${expected});`
        : `assert.throws(() => ${expression}, ${expected});`,
    ];
  },
  throwsAnything: (expression, awaited) => [
    awaited ? `await assert.rejects(async () => ${expression});` : `assert.throws(() => ${expression});`,
  ],
  check(assertion, context) {
    const { write, names } = context;
    switch (assertion.kind) {
      case 'equals': {
        const name = names[assertion.step]!;
        if (assertion.value === true || assertion.value === false)
          return [`assert.equal(${name}, ${assertion.value});`];
        return [
          ...(isSnapshot(assertion.value) ? [`// ${SNAPSHOT_NOTE}`] : []),
          `assert.${isPlain(assertion.value) ? 'equal' : 'deepEqual'}(${name}, ${write(assertion.value)});`,
        ];
      }
      case 'same':
        return [`assert.equal(${names[assertion.step]}, ${names[assertion.other]});`];
      case 'function':
        return [`assert.equal(typeof ${names[assertion.step]}, 'function');`];
      case 'instance':
        return instanceChecks(
          names[assertion.step]!,
          assertion.class,
          assertion.fields,
          context,
          (left, right) => `assert.deepEqual(${left}, ${right});`,
          (left, right) => `assert.equal(${left}, ${right});`,
          context.test.candidate.steps[assertion.step]!.op === 'new',
        );
      case 'state':
        return stateChecks(assertion, context, (left, right) => `assert.deepEqual(${left}, ${right});`);
      case 'calls':
        return [`assert.deepEqual(${callsName(assertion, context)}, ${write(assertion.value)});`];
      case 'asked':
        return [`assert.deepEqual(${context.scene.calls(assertion.target)}, ${write(callsOf(assertion))});`];
      case 'throws':
      case 'output':
        return [];
    }
  },
};

const expectStyle: EcmascriptAsserts = {
  imports(style, needs, scene) {
    const mocks = needs.size > 0 || scene.frameworkNames.length > 0;
    // Of Jest's globals only this one is missing in modules.
    if (style.framework === 'jest')
      return style.format === 'module' && mocks ? [importLine(style, ['jest'], '@jest/globals')] : [];
    if (style.globals) return [];
    const names = new Set(['describe', 'expect', 'it', ...(mocks ? ['afterEach', 'vi'] : []), ...scene.frameworkNames]);
    return [importLine(style, [...names].sort(), 'vitest')];
  },
  cleanUp(style, needs, scene) {
    const spies = needs.has('random') || scene.frameworkNames.includes('afterEach');
    if (needs.size === 0 && !spies) return '';
    const mock = style.framework === 'jest' ? 'jest' : 'vi';
    const lines = [
      needs.has('time') ? `  ${mock}.useRealTimers();` : '',
      spies ? `  ${mock}.${scene.restores ? 'restore' : 'clear'}AllMocks();` : '',
    ];
    const body = lines.filter(Boolean).join('\n');
    return body === '' ? '' : `afterEach(() => {\n${body}\n});\n\n`;
  },
  fix: (fixes, now, style) => ({
    lines: fixes.map((fix) =>
      fix === 'time'
        ? style.framework === 'jest'
          ? `jest.useFakeTimers({ now: new Date('${new Date(now).toISOString()}'), advanceTimers: true });`
          : `vi.useFakeTimers({ now: new Date('${new Date(now).toISOString()}'), toFake: ['Date'] });`
        : `${style.framework === 'jest' ? 'jest' : 'vi'}.spyOn(Math, 'random').mockReturnValue(0.5);`,
    ),
    usesContext: false,
  }),
  throws(expression, { error, message }, awaited) {
    const expected = message === undefined ? (builtInError(error.c) ? error.c : '') : quote(message);
    return [
      awaited
        ? `await expect(async () => ${expression}).rejects.toThrow(${expected});`
        : `expect(() => ${expression}).toThrow(${expected});`,
    ];
  },
  throwsAnything: (expression, awaited) => [
    awaited ? `await expect(async () => ${expression}).rejects.toThrow();` : `expect(() => ${expression}).toThrow();`,
  ],
  check(assertion, context) {
    const { write, names } = context;
    switch (assertion.kind) {
      case 'equals': {
        const name = names[assertion.step]!;
        if (isMarked(assertion.value) && assertion.value.$ === 'undefined') return [`expect(${name}).toBeUndefined();`];
        if (assertion.value === null) return [`expect(${name}).toBeNull();`];
        if (isSnapshot(assertion.value)) {
          const inline = inlineSnapshot(assertion.value, 0);
          return [
            `// ${SNAPSHOT_NOTE}`,
            inline === undefined
              ? `expect(${name}).toEqual(${write(assertion.value)});`
              : `expect(${name}).toMatchInlineSnapshot(${inline});`,
          ];
        }
        return [`expect(${name}).${isPlain(assertion.value) ? 'toBe' : 'toEqual'}(${write(assertion.value)});`];
      }
      case 'same':
        return [`expect(${names[assertion.step]}).toBe(${names[assertion.other]});`];
      case 'function':
        return [`expect(${names[assertion.step]}).toEqual(expect.any(Function));`];
      case 'instance':
        return instanceChecks(
          names[assertion.step]!,
          assertion.class,
          assertion.fields,
          context,
          (left, right) => `expect(${left}).toEqual(${right});`,
          (left, right) => `expect(${left}).toBe(${right});`,
          context.test.candidate.steps[assertion.step]!.op === 'new',
        );
      case 'state':
        return stateChecks(assertion, context, (left, right) => `expect(${left}).toEqual(${right});`);
      case 'calls':
        return [`expect(${callsName(assertion, context)}).toEqual(${write(assertion.value)});`];
      case 'asked':
        return [`expect(${context.scene.calls(assertion.target)}).toEqual(${write(callsOf(assertion))});`];
      case 'throws':
      case 'output':
        return [];
    }
  },
};

function callsOf({ calls }: Assertion & { readonly kind: 'asked' }): Value {
  return calls.map(([given]) => given);
}

type Check = (left: string, right: string) => string;

function instanceChecks(
  name: string,
  className: string,
  fields: readonly (readonly [string, Value])[],
  { write }: WriteContext,
  deep: Check,
  plain: Check,
  /** By `new`: its class is no news where its data are checked. */
  isMade: boolean,
): string[] {
  const lines =
    className === '' || (isMade && fields.length > 0) ? [] : [plain(`${name}.constructor.name`, quote(className))];
  for (const [field, value] of fields) {
    const member = /^[A-Za-z_$][\w$]*$/.test(field) ? `${name}.${field}` : `${name}[${quote(field)}]`;
    lines.push((isPlain(value) ? plain : deep)(member, write(value)));
  }
  return lines;
}

function stateChecks(assertion: Assertion & { readonly kind: 'state' }, context: WriteContext, deep: Check): string[] {
  const { names, holders, test, write } = context;
  const step = test.candidate.steps[assertion.step]!;
  let subject: string | undefined;
  if (assertion.of === 'receiver') subject = 'step' in step.on ? names[step.on.step] : undefined;
  else {
    const value = step.with?.[Number(assertion.of)];
    subject =
      value !== undefined && isMarked(value) && value.$ === 'step'
        ? names[value.i]
        : holders.get(`${assertion.step} ${assertion.of}`);
  }
  if (subject === undefined) return [];
  const given = assertion.of === 'receiver' ? undefined : step.with?.[Number(assertion.of)];
  if (given !== undefined && isMarked(given) && given.$ === 'file')
    return assertion.value === null
      ? [deep(context.scene.exists(subject), 'false')]
      : [deep(context.scene.readFile(subject), write(assertion.value))];
  if (isMarked(assertion.value) && assertion.value.$ === 'instance') {
    return assertion.value.p.map(([field, value]) =>
      deep(/^[A-Za-z_$][\w$]*$/.test(field) ? `${subject}.${field}` : `${subject}[${quote(field)}]`, write(value)),
    );
  }
  return [deep(subject, write(assertion.value))];
}

function callsName(assertion: Assertion & { readonly kind: 'calls' }, { recorded }: WriteContext): string {
  return recorded.get(Number(assertion.callback))!.replace('callback', 'calls');
}
