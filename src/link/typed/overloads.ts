/** Which of several functions of one name a call's arguments fit best. */
import { ParameterColumn, PARAMETER_STRIDE, SymbolColumn } from '#model/facts.ts';
import { fileOf, rowOf, type SymbolRef } from './declarations.ts';
import type { Resolution } from './resolution.ts';
import type { Value } from './value.ts';

export interface Argument {
  readonly value: Value | undefined;
  /** The type as written where it is known: of a literal, a cast, a declared variable. */
  readonly written: string | undefined;
}

const REFUSED = -1000;

/** Those that fit best; all of them where the arguments tell nothing. */
export function byArguments(
  resolution: Resolution,
  refs: readonly SymbolRef[],
  given: readonly Argument[],
  receiver: Value | undefined,
): readonly SymbolRef[] {
  let best = -1;
  let chosen: SymbolRef[] = [];
  const fixed = fixedArity(resolution, refs, given, receiver);
  for (const ref of fixed) {
    const score = fit(resolution, ref, given, receiver).score;
    if (score > best) {
      best = score;
      chosen = [ref];
    } else if (score === best) chosen.push(ref);
  }
  return best >= 0 ? chosen : refs;
}

/** Whether no program can hold them together, since file, name and parameters are the same: each is for a build of its own. */
export function areVariants(resolution: Resolution, refs: readonly SymbolRef[]): boolean {
  const [first, ...others] = refs.map((ref) => `${fileOf(ref)} ${resolution.parameterTypes(ref).join()}`);
  return others.every((other) => other === first);
}

/** Without those that take any number of arguments, where another can take these and the language asks in that order. */
function fixedArity(
  resolution: Resolution,
  refs: readonly SymbolRef[],
  given: readonly Argument[],
  receiver: Value | undefined,
): readonly SymbolRef[] {
  if (!resolution.declarations.file(fileOf(refs[0]!))!.dialect.fixedFirst) return refs;
  const fixed = refs.filter((ref) => {
    const { score, variadic } = fit(resolution, ref, given, receiver);
    return !variadic && score !== REFUSED;
  });
  return fixed.length > 0 ? fixed : refs;
}

interface Fit {
  readonly score: number;
  readonly variadic: boolean;
}

const refused: Fit = { score: REFUSED, variadic: false };

function fit(resolution: Resolution, ref: SymbolRef, given: readonly Argument[], receiver: Value | undefined): Fit {
  const file = resolution.declarations.file(fileOf(ref))!;
  const hidden = file.dialect.hiddenArguments(resolution, ref, receiver);
  const first = resolution.column(ref, SymbolColumn.parameters);
  const count = resolution.column(ref, SymbolColumn.parameterCount);
  let score = 0;
  let variadic = false;
  for (let i = 0; i < given.length; i++) {
    const row = Math.min(first + i + hidden, first + count - 1);
    const at = row * PARAMETER_STRIDE;
    const type = file.facts.parameters[at + ParameterColumn.type]!;
    if (file.facts.parameters[at + ParameterColumn.kind] !== 0) variadic = true;
    if (type < 0 || count === 0) continue;
    const written = file.facts.strings[type]!;
    const step = suits(resolution, given[i]!, written, () => resolution.typeNamed(file, rowOf(ref), written));
    if (step === REFUSED) return refused;
    score += step;
  }
  // A function with as many parameters as arguments goes before one with any number of them.
  return { score: score * 2 + (variadic ? 0 : 1), variadic };
}

const wider: Readonly<Record<string, readonly string[]>> = {
  byte: ['short', 'int', 'long', 'float', 'double'],
  short: ['int', 'long', 'float', 'double'],
  char: ['int', 'long', 'float', 'double'],
  int: ['long', 'float', 'double', 'decimal', 'size_t', 'unsigned', 'uint', 'nint'],
  long: ['float', 'double', 'decimal'],
  float: ['double'],
};
const boxed: Readonly<Record<string, string>> = {
  Integer: 'int',
  Long: 'long',
  Short: 'short',
  Byte: 'byte',
  Character: 'char',
  Boolean: 'boolean',
  Double: 'double',
  Float: 'float',
  bool: 'boolean',
  String: 'string',
  'char *': 'string',
  Int32: 'int',
  Int64: 'long',
};
const basic = new Set(['byte', 'short', 'char', 'int', 'long', 'float', 'double', 'boolean', 'string', 'decimal']);
const anything = new Set(['Object', 'object', 'Any', 'dynamic', 'T', 'auto', 'Serializable', 'Comparable']);

/** 4: the same type; 2 to 3: a supertype; 1: anything goes; 0: not known. */
function suits(
  resolution: Resolution,
  { value, written }: Argument,
  parameter: string,
  parameterValue: () => Value | undefined,
): number {
  const wanted = simpleName(parameter);
  const own =
    written === undefined ? (value?.kind === 'external' ? simpleName(value.name) : undefined) : simpleName(written);
  if (own === 'null') return basic.has(wanted) && wanted !== 'string' ? REFUSED : 0;
  if (own !== undefined && own === wanted && isArray(written, value) === parameter.includes('[')) return 4;
  if (own !== undefined && basic.has(own) && written !== undefined && !written.includes('[')) {
    if (basic.has(wanted) && !parameter.includes('[')) return wider[own]?.includes(wanted) ? 3 : REFUSED;
    if (anything.has(wanted) && !parameter.includes('[')) return 1;
    if (
      own === 'string' &&
      /^(?:CharSequence|string_view|basic_string|StringView|ReadOnlySpan|std::string)$/.test(wanted)
    )
      return 3;
  }
  if (!value) return 0;
  const type = parameterValue();
  if (type?.kind === 'parameter') return 1;
  if (anything.has(wanted)) return 1;
  if (value.kind === 'array')
    return type?.kind === 'array' || parameter.includes('[') || parameter.includes('...')
      ? 3
      : type?.kind === 'instance'
        ? REFUSED
        : 0;
  if (value.kind === 'instance') {
    if (type?.kind === 'instance') {
      const distance = resolution.distance(value.type, type.type);
      if (distance === undefined) return REFUSED;
      return distance === 0 ? 4 : 3 - Math.min(distance, 9) / 10;
    }
    return basic.has(wanted) || parameter.includes('[') ? REFUSED : 0;
  }
  if (
    type?.kind === 'instance' &&
    value.kind === 'external' &&
    own !== undefined &&
    (basic.has(own) || own === 'Class' || own === 'List' || own === 'Map')
  )
    return REFUSED;
  return 0;
}

function simpleName(text: string): string {
  const plain = text
    .replace(/^this /, '')
    .replace(/\b(?:const|final|ref|out|in|params)\s+/g, '')
    .replace(/<.*$/s, '')
    .replace(/[&?\s[\].]+$/g, '')
    .trim();
  const name = plain.slice(Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(':')) + 1);
  return boxed[name] ?? name;
}

function isArray(written: string | undefined, value: Value | undefined): boolean {
  return written === undefined ? value?.kind === 'array' : written.includes('[');
}
