import { isMarked, sizeOf, type Value } from '../model/value.ts';
import type { Random } from './random.ts';
import { sampleRegularExpression } from './regular-expression-sample.ts';

const MOST_TEXTS = 600;

/**
 * What a module's own text and its runs say about useful values: literals, regular expressions, keys, constants that inputs were
 * compared with, and whole inputs that reached something new.
 */
export interface ValuePool {
  readonly language: 'ecmascript' | 'python';
  readonly texts: string[];
  readonly numbers: number[];
  readonly patterns: string[];
  readonly keys: string[];
  /** Arguments from documentation, tests and callers, and from candidates that reached something new. */
  readonly whole: Value[];
  addText(text: string): void;
  addNumber(value: number): void;
  addWhole(value: Value): void;
  /** Constants that the code compared its inputs with: they come first when inputs are changed. */
  addCompared(value: Value): void;
  readonly compared: Value[];
  text(random: Random): string;
}

export function makeValuePool(language: 'ecmascript' | 'python'): ValuePool {
  const known = new Set<string>();
  const texts: string[] = [];
  const numbers: number[] = [];
  const compared: Value[] = [];
  const whole: Value[] = [];
  const wholeKeys = new Set<string>();
  const patterns: string[] = [];
  const pool: ValuePool = {
    language,
    texts,
    numbers,
    patterns,
    keys: [],
    whole,
    compared,
    addText(text) {
      if (text.length > 200 || texts.length >= MOST_TEXTS || known.has(text)) return;
      known.add(text);
      texts.push(text);
    },
    addNumber(value) {
      if (Number.isFinite(value) && numbers.length < 200 && !numbers.includes(value)) numbers.push(value);
    },
    addWhole(value) {
      const key = JSON.stringify(value);
      if (wholeKeys.has(key) || key.length > 2000 || sizeOf(value) > 200) return;
      wholeKeys.add(key);
      if (whole.length < 500) whole.push(value);
      else whole[wholeKeys.size % 500] = value;
    },
    addCompared(value) {
      const key = JSON.stringify(value);
      if (key.length > 300 || compared.some((other) => JSON.stringify(other) === key)) return;
      if (compared.length < 300) compared.push(value);
      else compared[Math.floor(compared.length / 2)] = value;
      if (typeof value === 'string') pool.addText(value);
      else if (typeof value === 'number') pool.addNumber(value);
      else if (isMarked(value) && value.$ === 'regexp') patterns.push(value.s);
    },
    text(random) {
      const sampled =
        patterns.length > 0 && random.chance(0.3) ? sampleRegularExpression(random.pick(patterns), random) : undefined;
      if (sampled !== undefined) return sampled;
      return texts.length > 0 && random.chance(0.7) ? random.pick(texts) : random.pick(PLAIN);
    },
  };
  return pool;
}

const PLAIN = [
  '',
  'a',
  'abc',
  'hello world',
  'Hello',
  'foo_bar',
  '1',
  '12.5',
  '-1',
  ' ',
  'a,b,c',
  'a b',
  'é',
  '日本',
  'line\nbreak',
];
