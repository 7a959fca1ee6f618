/** Python's method resolution orders (C3), each made once for all files that ask. */
export class Linearizations {
  readonly #numbers = new Map<readonly number[], number>();
  readonly #known = new Map<string, readonly number[]>();

  /** `orders`: those of the bases, as this function returned them or of one class alone. */
  merge(classObject: number, bases: readonly number[], orders: readonly (readonly number[])[]): readonly number[] {
    let key = `${classObject}`;
    for (const order of orders) key += ` ${order.length === 1 ? -order[0]! - 1 : this.#number(order)}`;
    let order = this.#known.get(key);
    if (!order) {
      order = merge(
        classObject,
        orders.map((each) => [...each]),
        [...bases],
      );
      this.#known.set(key, order);
    }
    return order;
  }

  #number(order: readonly number[]): number {
    let number = this.#numbers.get(order);
    if (number === undefined) this.#numbers.set(order, (number = this.#numbers.size));
    return number;
  }
}

/** C3 linearization; where no consistent order exists, what is left is appended depth first. */
function merge(self: number, orders: number[][], bases: number[]): number[] {
  const result = [self];
  const sequences = [...orders, bases].filter((sequence) => sequence.length > 0);
  while (sequences.length > 0) {
    const next =
      sequences
        .map((sequence) => sequence[0]!)
        .find((head) => !sequences.some((sequence) => sequence.indexOf(head, 1) > 0)) ?? sequences[0]![0]!;
    if (!result.includes(next)) result.push(next);
    for (let i = sequences.length - 1; i >= 0; i--) {
      const sequence = sequences[i]!;
      const at = sequence.indexOf(next);
      if (at >= 0) sequence.splice(at, 1);
      if (sequence.length === 0) sequences.splice(i, 1);
    }
  }
  return result;
}
