/** What a Python file's top-level names and its `setup(…)` call say, read from the tokens; nothing of it is run. */
import { constant, nothing, type StaticValue } from '../static-value.ts';
import { type PythonToken, pythonTokens } from './python-tokens.ts';

export interface PythonReading {
  /** Names bound at the top level (in branches, too: then a choice). */
  readonly names: ReadonlyMap<string, StaticValue>;
  /** Calls at any level by the callee's last name: keyword arguments by name, positional ones as `0`, `1`, … */
  calls(name: string): readonly StaticValue[];
}

const MAX_LENGTH = 2_000_000;
const MAX_DEPTH = 60;

export function evaluatePython(text: string): PythonReading {
  const tokens = text.length > MAX_LENGTH ? [] : pythonTokens(text);
  return new PythonEvaluator(tokens).read();
}

class PythonEvaluator {
  readonly #tokens: readonly PythonToken[];
  readonly #names = new Map<string, StaticValue>();

  constructor(tokens: readonly PythonToken[]) {
    this.#tokens = tokens;
  }

  read(): PythonReading {
    const tokens = this.#tokens;
    let local: number | undefined;
    for (let at = 0; at < tokens.length; at++) {
      const start = at;
      while (at < tokens.length && tokens[at]!.kind !== 'end') at++;
      const first = tokens[start]!;
      if (local !== undefined && first.indent > local) continue;
      local = undefined;
      if (first.kind === 'name' && ['def', 'class', 'async'].includes(first.text)) local = first.indent;
      else this.#assign(start, at, first.indent > 0);
    }
    return { names: this.#names, calls: (name) => this.#calls(name) };
  }

  #assign(start: number, end: number, inBranch: boolean): void {
    const [name, mark] = [this.#tokens[start], this.#tokens[start + 1]];
    if (name?.kind !== 'name' || mark?.kind !== 'mark') return;
    let from = start + 2;
    if (mark.text === ':') {
      from = this.#topLevel(from, end, '=') + 1;
      if (from === 0) return;
    } else if (mark.text !== '=' && mark.text !== '+=') {
      // `NAME.append(x)`, `NAME.extend([…])`.
      const method = this.#tokens[start + 2]?.text;
      if (mark.text !== '.' || (method !== 'append' && method !== 'extend' && method !== 'insert')) return;
      const added = this.#arguments(start + 4, end - 1).filter(([key]) => key === (method === 'insert' ? '1' : '0'));
      this.#add(
        name.text,
        added.map(([, value]) => (method === 'extend' ? value : { kind: 'list', items: [value] })),
      );
      return;
    }
    const value = this.#value(from, end, 0);
    if (mark.text === '+=') return this.#add(name.text, [value]);
    const before = this.#names.get(name.text);
    this.#names.set(name.text, before && inBranch ? { kind: 'choice', of: [before, value] } : value);
  }

  #add(name: string, values: readonly StaticValue[]): void {
    this.#names.set(name, joined([this.#names.get(name) ?? { kind: 'list', items: [] }, ...values]));
  }

  #calls(name: string): StaticValue[] {
    const found: StaticValue[] = [];
    const tokens = this.#tokens;
    for (let at = 0; at + 1 < tokens.length; at++) {
      if (tokens[at]!.kind !== 'name' || tokens[at]!.text !== name || tokens[at + 1]!.text !== '(') continue;
      if (tokens[at - 1]?.text === 'def') continue;
      found.push({ kind: 'record', entries: new Map(this.#arguments(at + 2, this.#closing(at + 1))) });
    }
    return found;
  }

  /** Of a call or a list between its brackets. */
  #arguments(from: number, to: number): [string, StaticValue][] {
    let position = 0;
    return this.#parts(from, to, ',').flatMap(([start, end]): [string, StaticValue][] => {
      const name = this.#tokens[start]!;
      if (name.kind === 'name' && this.#tokens[start + 1]?.text === '=' && start + 2 < end)
        return [[name.text, this.#value(start + 2, end, 1)]];
      if (name.text === '**') {
        const value = this.#value(start + 1, end, 1);
        return value.kind === 'record' ? [...value.entries] : [[`**${start}`, value]];
      }
      return [[String(position++), this.#value(start, end, 1)]];
    });
  }

  #value(from: number, to: number, depth: number): StaticValue {
    if (from >= to) return nothing;
    const first = this.#tokens[from]!;
    if (depth > MAX_DEPTH) return this.#unknown(from, to);
    const condition = this.#topLevel(from, to, 'if');
    if (condition > from) {
      const other = this.#topLevel(condition, to, 'else');
      if (other < 0 || this.#topLevel(from, condition, 'for') >= 0) return this.#unknown(from, to);
      return { kind: 'choice', of: [this.#value(from, condition, depth + 1), this.#value(other + 1, to, depth + 1)] };
    }
    const either = this.#topLevel(from, to, 'or');
    if (either > from)
      return { kind: 'choice', of: [this.#value(from, either, depth + 1), this.#value(either + 1, to, depth + 1)] };
    const sum = this.#topLevel(from, to, '+');
    if (sum > from) return joined([this.#value(from, sum, depth + 1), this.#value(sum + 1, to, depth + 1)]);
    if (first.kind === 'string') return this.#string(from, to);
    if (first.kind === 'number' && to === from + 1) return constant(Number(first.text.replaceAll('_', '')));
    const closes = '([{'.includes(first.text) && first.kind === 'mark' ? this.#closing(from) : -1;
    if (closes === to - 1) return this.#display(from, closes, depth);
    if (first.kind !== 'name') return this.#unknown(from, to);
    if (to === from + 1) {
      if (first.text === 'True' || first.text === 'False') return constant(first.text === 'True');
      if (first.text === 'None') return nothing;
      return this.#names.get(first.text) ?? this.#unknown(from, to);
    }
    // `env.list("X", default=[…])`, `tuple([…])`, `config("X", default=…)`: the default is what can be known.
    const open = this.#topLevel(from, to, '(');
    if (open > from && this.#closing(open) === to - 1) {
      const given = new Map(this.#arguments(open + 1, to - 1));
      const callee = this.#tokens[open - 1]!.text;
      if (['list', 'tuple', 'set', 'frozenset', 'sorted', 'reverse_lazy', 'str', 'gettext_lazy', '_'].includes(callee))
        return given.get('0') ?? nothing;
      const names: StaticValue = {
        kind: 'module',
        specifier: this.#tokens
          .slice(from, open)
          .map(({ text }) => text)
          .join(''),
        member: undefined,
      };
      return given.get('default') ?? { kind: 'call', callee: names, given: [...given.values()] };
    }
    return this.#unknown(from, to);
  }

  #string(from: number, to: number): StaticValue {
    let text = '';
    for (let at = from; at < to; at++) {
      const token = this.#tokens[at]!;
      if (token.kind !== 'string' || token.isOpen) return this.#unknown(from, to);
      text += token.text;
    }
    return constant(text);
  }

  #display(from: number, closes: number, depth: number): StaticValue {
    const parts = this.#parts(from + 1, closes, ',');
    const isTuple = this.#tokens[from]!.text === '(';
    if (isTuple && parts.length === 1 && this.#topLevel(from + 1, closes, ',') < 0)
      return this.#value(from + 1, closes, depth + 1);
    if (parts.some(([start, end]) => this.#topLevel(start, end, 'for') > start)) return this.#unknown(from, closes);
    const isRecord =
      this.#tokens[from]!.text === '{' &&
      (parts.length === 0 ||
        parts.some(([start, end]) => this.#topLevel(start, end, ':') > 0 || this.#tokens[start]!.text === '**'));
    if (!isRecord) {
      const items = parts.flatMap(([start, end]): readonly StaticValue[] => {
        if (this.#tokens[start]!.text !== '*') return [this.#value(start, end, depth + 1)];
        const spread = this.#value(start + 1, end, depth + 1);
        return spread.kind === 'list' ? spread.items : [spread];
      });
      return { kind: 'list', items };
    }
    const entries = new Map<string, StaticValue>();
    for (const [start, end] of parts) {
      const colon = this.#topLevel(start, end, ':');
      if (colon < 0) {
        const spread = this.#value(start + 1, end, depth + 1);
        if (spread.kind === 'record') for (const [key, value] of spread.entries) entries.set(key, value);
        continue;
      }
      const key = this.#value(start, colon, depth + 1);
      entries.set(key.kind === 'constant' ? String(key.value) : `[${start}]`, this.#value(colon + 1, end, depth + 1));
    }
    return { kind: 'record', entries };
  }

  /** Where a mark or word first stands outside brackets; −1. An opening bracket counts where it opens. */
  #topLevel(from: number, to: number, text: string): number {
    for (let at = from; at < to; at++) {
      const token = this.#tokens[at]!;
      if (token.text === text && token.kind !== 'string') return at;
      if (token.kind === 'mark' && '([{'.includes(token.text)) at = this.#closing(at);
    }
    return -1;
  }

  #parts(from: number, to: number, mark: string): [number, number][] {
    const parts: [number, number][] = [];
    for (let start = from; start < to;) {
      const found = this.#topLevel(start, to, mark);
      const end = found < 0 ? to : found;
      if (end > start) parts.push([start, end]);
      start = end + 1;
    }
    return parts;
  }

  #closing(open: number): number {
    let depth = 0;
    for (let at = open; at < this.#tokens.length; at++) {
      const { kind, text } = this.#tokens[at]!;
      if (kind !== 'mark') continue;
      if ('([{'.includes(text)) depth++;
      else if (')]}'.includes(text) && --depth === 0) return at;
    }
    return this.#tokens.length;
  }

  #unknown(from: number, to: number): StaticValue {
    const what = this.#tokens
      .slice(from, Math.min(to, from + 12))
      .map(({ text }) => text)
      .join(' ');
    return { kind: 'unknown', line: this.#tokens[from]?.line ?? 1, what: what.slice(0, 80) };
  }
}

function joined(values: readonly StaticValue[]): StaticValue {
  if (values.every((value) => value.kind === 'constant'))
    return constant(values.map((value) => (value.kind === 'constant' ? String(value.value ?? '') : '')).join(''));
  return { kind: 'list', items: values.flatMap((value) => (value.kind === 'list' ? value.items : [value])) };
}
