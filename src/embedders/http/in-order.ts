/** The vectors of an answer `{ data: [{ index, embedding }] }`, which need not come in order. */
export function inOrder(answer: unknown): readonly (readonly number[])[] {
  const { data } = answer as {
    readonly data?: readonly { readonly index: number; readonly embedding: readonly number[] }[];
  };
  return (data ?? []).toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
}
