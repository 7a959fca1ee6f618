/** Halstead's counts over ranges of one file's tokens: operators by type, operands by text, without making strings. */
import { METRIC_STRIDE, MetricColumn } from '#model/facts.ts';

export class TokenSequence {
  readonly #units: Uint16Array;
  /** Operators: the type number. Operands: −1 − the operand's number. */
  #tokens = new Int32Array(1024);
  #length = 0;
  /** Open addressing; values are operand numbers + 1. */
  #slots = new Int32Array(1024);
  #starts = new Int32Array(512);
  #ends = new Int32Array(512);
  #operands = 0;

  /** Of a text's UTF-16 units. */
  constructor(units: Uint16Array) {
    this.#units = units;
  }

  get length(): number {
    return this.#length;
  }

  operator(type: number): void {
    this.#push(type);
  }

  operand(start: number, end: number): void {
    this.#push(-1 - this.#intern(start, end));
  }

  /** Writes the four counts of tokens [from, to) into a metrics row. */
  count(rows: Int32Array, row: number, from: number, to: number, scratch: HalsteadScratch): void {
    const mark = ++scratch.mark;
    if (scratch.operands.length < this.#operands) scratch.operands = new Int32Array(this.#operands);
    let operators = 0;
    let distinctOperators = 0;
    let operands = 0;
    let distinctOperands = 0;
    for (let i = from; i < to; i++) {
      const token = this.#tokens[i]!;
      if (token >= 0) {
        operators++;
        if (scratch.operators[token] !== mark) {
          scratch.operators[token] = mark;
          distinctOperators++;
        }
      } else {
        operands++;
        if (scratch.operands[-1 - token] !== mark) {
          scratch.operands[-1 - token] = mark;
          distinctOperands++;
        }
      }
    }
    const at = row * METRIC_STRIDE;
    rows[at + MetricColumn.operators] = operators;
    rows[at + MetricColumn.operands] = operands;
    rows[at + MetricColumn.distinctOperators] = distinctOperators;
    rows[at + MetricColumn.distinctOperands] = distinctOperands;
  }

  #push(token: number): void {
    if (this.#length === this.#tokens.length) this.#tokens = grown(this.#tokens);
    this.#tokens[this.#length++] = token;
  }

  #intern(start: number, end: number): number {
    const units = this.#units;
    let hash = 0x811c9dc5 | 0;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ units[i]!, 0x01000193);
    if (this.#operands * 2 >= this.#slots.length) this.#rehash();
    const mask = this.#slots.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const found = this.#slots[at]! - 1;
      if (found < 0) {
        if (this.#operands === this.#starts.length) {
          this.#starts = grown(this.#starts);
          this.#ends = grown(this.#ends);
        }
        this.#starts[this.#operands] = start;
        this.#ends[this.#operands] = end;
        this.#slots[at] = ++this.#operands;
        return this.#operands - 1;
      }
      if (this.#same(found, start, end)) return found;
    }
  }

  #same(operand: number, start: number, end: number): boolean {
    const units = this.#units;
    const from = this.#starts[operand]!;
    if (this.#ends[operand]! - from !== end - start) return false;
    for (let i = 0; i < end - start; i++) if (units[from + i] !== units[start + i]) return false;
    return true;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let operand = 0; operand < this.#operands; operand++) {
      let hash = 0x811c9dc5 | 0;
      for (let i = this.#starts[operand]!; i < this.#ends[operand]!; i++)
        hash = Math.imul(hash ^ this.#units[i]!, 0x01000193);
      let at = hash & mask;
      while (slots[at] !== 0) at = (at + 1) & mask;
      slots[at] = operand + 1;
    }
    this.#slots = slots;
  }
}

/** Marks of the range counted last, by operator type and by operand. */
export interface HalsteadScratch {
  mark: number;
  readonly operators: Int32Array;
  operands: Int32Array;
}

export function halsteadScratch(): HalsteadScratch {
  return { mark: 0, operators: new Int32Array(65536), operands: new Int32Array(0) };
}

function grown(old: Int32Array): Int32Array<ArrayBuffer> {
  const made = new Int32Array(old.length * 2);
  made.set(old);
  return made;
}
