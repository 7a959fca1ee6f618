/** Python's method resolution orders (C3), each made once for all files that ask. */
interface Known {
  readonly bases: readonly number[];
  /** Those of the bases, as `merge` returned them. */
  readonly orders: readonly (readonly number[])[];
  readonly order: readonly number[];
}

export class Linearizations {
  readonly #known = new Map<number, Known[]>();

  /** `orders`: those of the bases, as this function returned them or of one class alone. */
  merge(classObject: number, bases: readonly number[], orders: readonly (readonly number[])[]): readonly number[] {
    let list = this.#known.get(classObject);
    if (!list) this.#known.set(classObject, (list = []));
    for (const known of list) if (same(known.bases, bases) && same(known.orders, orders)) return known.order;
    const order = merge(
      classObject,
      orders.map((each) => [...each]),
      [...bases],
    );
    list.push({ bases, orders, order });
    return order;
  }
}

function same<T>(a: readonly T[], b: readonly T[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
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
