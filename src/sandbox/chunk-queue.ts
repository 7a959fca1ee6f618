/** Chunks that are kept until somebody takes them, in order; one reader. */
export interface ChunkQueue extends AsyncIterable<Uint8Array> {
  push(chunk: Uint8Array): void;
  end(): void;
}

export function chunkQueue(): ChunkQueue {
  const chunks: Uint8Array[] = [];
  let isEnded = false;
  let wake: (() => void) | undefined;
  const changed = (): void => {
    wake?.();
    wake = undefined;
  };
  return {
    push(chunk) {
      chunks.push(chunk);
      changed();
    },
    end() {
      isEnded = true;
      changed();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const next = chunks.shift();
        if (next !== undefined) yield next;
        else if (isEnded) return;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    },
  };
}
