/** A type as written, in any of the languages, as far as links need it. */
export type TypeNode =
  | { readonly shape: 'named'; readonly name: string; readonly args: readonly TypeNode[] }
  /** A list, array, slice, channel, map (its values): something with elements. */
  | { readonly shape: 'array'; readonly element: TypeNode }
  | { readonly shape: 'tuple'; readonly items: readonly TypeNode[] }
  | { readonly shape: 'function'; readonly result: TypeNode | undefined };

const cache = new Map<string, TypeNode | undefined>();

/** Parses a type text; undefined where nothing can be made of it. Results are shared: the same text gives the same node. */
export function parseType(text: string): TypeNode | undefined {
  const known = cache.get(text);
  if (known !== undefined || cache.has(text)) return known;
  const parser = new TypeParser(text);
  const node = parser.type(0);
  if (cache.size > 200_000) cache.clear();
  cache.set(text, node);
  return node;
}

const qualifiers = new Set([
  'const',
  'final',
  'mut',
  'dyn',
  'impl',
  'struct',
  'union',
  'enum',
  'class',
  'typename',
  'volatile',
  'in',
  'out',
  'ref',
  'readonly',
  'static',
  'this',
  'extends',
  'super',
  'constexpr',
  'register',
  'vararg',
  'scoped',
  'suspend',
  'params',
  'move',
  'inline',
  'restrict',
  '__restrict',
]);

const wordPattern = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const namePattern = /(?:::|\\)?[\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|\\)[\p{L}_$~][\p{L}\p{N}_$]*)*/uy;

class TypeParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  type(depth: number): TypeNode | undefined {
    if (depth > 30) return undefined;
    let node = this.#prefixed(depth);
    for (;;) {
      this.#blank();
      if (this.#take('[')) {
        // `T[]`, `T[3]`, `T[,]`
        const close = this.#text.indexOf(']', this.#at);
        this.#at = close < 0 ? this.#text.length : close + 1;
        if (node) node = { shape: 'array', element: node };
      } else if (this.#take('...')) {
        if (node) node = { shape: 'array', element: node };
      } else if (!this.#take('*') && !this.#take('&') && !this.#take('?') && !this.#take('!')) break;
    }
    if (this.#take('->') || this.#take('=>')) return { shape: 'function', result: this.type(depth + 1) };
    if (this.#take('|')) {
      const other = this.type(depth + 1);
      const isNothing =
        node === undefined || (node.shape === 'named' && /^(?:null|false|nil|void|None)$/i.test(node.name));
      return isNothing ? other : node;
    }
    return node;
  }

  #prefixed(depth: number): TypeNode | undefined {
    for (;;) {
      this.#blank();
      if (this.#take('...')) {
        const element = this.type(depth + 1);
        return element && { shape: 'array', element };
      }
      if (this.#take('*') || this.#take('&') || this.#take('?') || this.#take('<-') || this.#take('^')) continue;
      if (this.#text[this.#at] === "'") {
        this.#at++;
        this.#word();
        continue;
      }
      if (this.#text[this.#at] === '@') {
        this.#at++;
        this.#name();
        continue;
      }
      break;
    }
    const first = this.#text[this.#at];
    if (first === '[') return this.#bracket(depth);
    if (first === '(') return this.#tuple(depth);
    if (first === '<') {
      // `<T as Trait>::Out` says nothing without the trait.
      return undefined;
    }
    if (first === '\\' || first === ':') return this.#named(depth);
    const start = this.#at;
    const word = this.#word();
    if (word === undefined) return undefined;
    const after = this.#text[this.#at];
    if (
      qualifiers.has(word) &&
      after !== '.' &&
      after !== ':' &&
      after !== '<' &&
      this.#at < this.#text.length &&
      after !== ',' &&
      after !== '>' &&
      after !== ')'
    ) {
      const rest = this.#prefixed(depth);
      return rest;
    }
    if (word === 'map' && after === '[') {
      this.#at++;
      this.type(depth + 1);
      this.#take(']');
      const element = this.type(depth + 1);
      return element && { shape: 'array', element };
    }
    if (word === 'chan' && after !== '.') {
      const element = this.type(depth + 1);
      return element && { shape: 'array', element };
    }
    if ((word === 'func' || word === 'fn' || word === 'Fn' || word === 'FnMut' || word === 'FnOnce') && after === '(') {
      this.#skipBalanced();
      this.#blank();
      if (!this.#take('->')) this.#blank();
      return { shape: 'function', result: this.#at < this.#text.length ? this.type(depth + 1) : undefined };
    }
    if ((word === 'interface' || word === 'struct') && /^\s*\{/.test(this.#text.slice(this.#at, this.#at + 4)))
      return undefined;
    this.#at = start;
    return this.#named(depth);
  }

  #named(depth: number): TypeNode | undefined {
    const name = this.#name();
    if (name === undefined) return undefined;
    const args: TypeNode[] = [];
    this.#blank();
    // `a b`, as in `unsigned int` or `T value`: the rest says nothing.
    const open = this.#text[this.#at];
    if (
      open === '<' ||
      (open === '[' &&
        /^\[\s*[\p{L}_*[\]&]/u.test(this.#text.slice(this.#at, this.#at + 8)) &&
        !this.#text.startsWith('[]', this.#at))
    ) {
      const close = open === '<' ? '>' : ']';
      this.#at++;
      for (let count = 0; count < 20; count++) {
        this.#blank();
        if (this.#take('?')) this.#blank();
        const arg = this.type(depth + 1);
        if (arg) args.push(arg);
        this.#skipTo(close);
        if (!this.#take(',')) break;
      }
      this.#take(close);
      if (this.#text.startsWith('::', this.#at)) return undefined;
      // `Outer<T>.Inner`
      if (this.#text[this.#at] === '.' && this.#text[this.#at + 1] !== '.') {
        this.#at++;
        const inner = this.#named(depth + 1);
        return inner?.shape === 'named'
          ? { shape: 'named', name: `${name}.${inner.name}`, args: inner.args }
          : undefined;
      }
    }
    return { shape: 'named', name, args };
  }

  /** `[]T`, `[3]T` (Go), `[T]`, `[T; 3]` (Rust). */
  #bracket(depth: number): TypeNode | undefined {
    const close = this.#matching('[', ']');
    const inside = this.#text.slice(this.#at + 1, close);
    this.#at = close + 1;
    const rest = this.#text.slice(this.#at);
    if (/^\s*[\p{L}_*[(&<]/u.test(rest)) {
      const element = this.type(depth + 1);
      return element && { shape: 'array', element };
    }
    const element = parseType(inside.replace(/;[^;]*$/, ''));
    return element && { shape: 'array', element };
  }

  #tuple(depth: number): TypeNode | undefined {
    const close = this.#matching('(', ')');
    this.#at++;
    const items: TypeNode[] = [];
    while (this.#at < close) {
      const item = this.type(depth + 1);
      if (item) items.push(item);
      else {
        items.push({ shape: 'tuple', items: [] });
      }
      this.#skipTo(')');
      if (!this.#take(',')) break;
    }
    this.#at = close + 1;
    return items.length === 1 ? items[0] : { shape: 'tuple', items };
  }

  /** Moves to the next comma or closing mark of this level. */
  #skipTo(close: string): void {
    let depth = 0;
    while (this.#at < this.#text.length) {
      const unit = this.#text[this.#at]!;
      if (depth === 0 && (unit === ',' || unit === close)) return;
      if (unit === '(' || unit === '[' || unit === '<' || unit === '{') depth++;
      else if (
        unit === ')' ||
        unit === ']' ||
        unit === '}' ||
        (unit === '>' && this.#text[this.#at - 1] !== '-' && this.#text[this.#at - 1] !== '=')
      ) {
        if (depth === 0) return;
        depth--;
      }
      this.#at++;
    }
  }

  #matching(open: string, close: string): number {
    let depth = 0;
    for (let at = this.#at; at < this.#text.length; at++) {
      if (this.#text[at] === open) depth++;
      else if (this.#text[at] === close && --depth === 0) return at;
    }
    return this.#text.length;
  }

  #skipBalanced(): void {
    this.#at = this.#matching('(', ')') + 1;
  }

  #blank(): void {
    while (this.#text.charCodeAt(this.#at) <= 32) this.#at++;
  }

  #take(mark: string): boolean {
    if (!this.#text.startsWith(mark, this.#at)) return false;
    this.#at += mark.length;
    return true;
  }

  #word(): string | undefined {
    wordPattern.lastIndex = this.#at;
    const found = wordPattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #name(): string | undefined {
    namePattern.lastIndex = this.#at;
    const found = namePattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}
