/** Edits of one text that compose when nodes nest: what an outer node puts around itself lies outside of what an inner one does. */
export class EditBuffer {
  readonly #text: string;
  readonly #opens = new Map<number, string>();
  readonly #closes = new Map<number, string>();
  /** Start → end and text; ranges do not overlap. */
  readonly #replaced = new Map<number, { readonly end: number; readonly text: string }>();

  constructor(text: string) {
    this.#text = text;
  }

  /** Called for the outer node before the inner one. */
  wrap(start: number, end: number, before: string, after: string): void {
    this.open(start, before);
    this.close(end, after);
  }

  /** After everything that was put before this position so far. */
  open(at: number, text: string): void {
    this.#opens.set(at, (this.#opens.get(at) ?? '') + text);
  }

  /** Before everything that was put behind this position so far. */
  close(at: number, text: string): void {
    this.#closes.set(at, text + (this.#closes.get(at) ?? ''));
  }

  replace(start: number, end: number, text: string): void {
    this.#replaced.set(start, { end, text });
  }

  toString(): string {
    const { length } = this.#text;
    const points = [...new Set([...this.#opens.keys(), ...this.#closes.keys(), ...this.#replaced.keys()])].sort(
      (a, b) => a - b,
    );
    const parts: string[] = [];
    let at = 0;
    for (const point of points) {
      if (point > at) parts.push(this.#text.slice(at, point));
      parts.push(this.#closes.get(point) ?? '', this.#opens.get(point) ?? '');
      at = Math.max(at, point);
      const replaced = this.#replaced.get(point);
      if (replaced) {
        parts.push(replaced.text);
        at = replaced.end;
      }
    }
    if (at < length) parts.push(this.#text.slice(at));
    return parts.join('');
  }
}
