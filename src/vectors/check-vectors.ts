import { TrowelError } from '#base/errors.ts';
import type { VectorSearch } from '#model/vector-index.ts';

/** Whole, or not at all: called before anything is changed. */
export function checkRows(ids: ArrayLike<number>, length: number, dimensions: number): void {
  if (length !== ids.length * dimensions)
    throw mismatch(
      `${ids.length} vectors of ${dimensions} dimensions are ${ids.length * dimensions} numbers, not ${length}`,
    );
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (!Number.isInteger(id) || id < 0 || id > 0x7fffffff) throw new RangeError(`${id} is no id of a vector`);
  }
}

export function checkSearch({ vector, limit }: VectorSearch, dimensions: number): void {
  if (vector.length !== dimensions)
    throw mismatch(`the index has ${dimensions} dimensions, the question ${vector.length}`);
  if (!Number.isInteger(limit) || limit < 0) throw new RangeError(`${limit} is no limit`);
}

function mismatch(why: string): TrowelError {
  return new TrowelError('dimension-mismatch', `Vectors do not fit: ${why}.`, {
    hint: 'They were made by another model. `trowel dig --rebuild` embeds everything with the model that is chosen now.',
  });
}
