/** One open snapshot for several readers: it is closed when a newer one has taken its place and the last reader has left. */
import type { Freshness, Snapshot } from '#model/snapshot.ts';

export class SharedSnapshot {
  readonly #snapshot: Snapshot;
  readonly #view: Snapshot;
  #freshness: Freshness;
  #readers = 0;
  #superseded = false;

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
    this.#freshness = snapshot.freshness;
    this.#view = this.#makeView();
  }

  get freshness(): Freshness {
    return this.#freshness;
  }

  /**
   * For one more reader, who closes it once. It is the same object for all: what others keep for a snapshot is kept from question
   * to question. `asOf`: when the tree was last known to be like this; undefined: that is not known anew.
   */
  lease(asOf: number | undefined): Snapshot {
    this.#readers++;
    if (asOf !== undefined) this.#freshness = { ...this.#freshness, asOf };
    return this.#view;
  }

  /** No new readers come. */
  supersede(): void {
    this.#superseded = true;
    this.#closeIfDone();
  }

  #leave(): void {
    if (this.#readers === 0) return;
    this.#readers--;
    this.#closeIfDone();
  }

  #closeIfDone(): void {
    if (this.#superseded && this.#readers === 0) this.#snapshot.close();
  }

  /** The snapshot but for its freshness and its end. Its methods are bound to it: they reach what is private. */
  #makeView(): Snapshot {
    const bound = new Map<string | symbol, unknown>([['close', (): void => this.#leave()]]);
    return new Proxy(this.#snapshot, {
      get: (target, name) => {
        if (name === 'freshness') return this.#freshness;
        if (bound.has(name)) return bound.get(name);
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        const method: unknown = member.bind(target);
        bound.set(name, method);
        return method;
      },
    });
  }
}
