import { TableEncoder } from '#embedders/table/table-encoder.ts';
import type { TableModel } from '#embedders/table/table-model.ts';
import { WordTable } from '#text/word-table.ts';
import { wordsOf } from '#text/words.ts';

/** What search needs of a model when it is asked. */
export interface QueryEncoder {
  readonly modelId: string;
  readonly dimensions: number;
  /** A transformer or the like: its vectors say more than a table's, and weigh more. */
  readonly isOutside?: boolean;
  /** A question's unit vector; undefined where it holds no word that the model knows. */
  encode(text: string): Float32Array | undefined;
}

/** Words of a question that are looked at. */
const MOST_WORDS = 400;

/** Words that are remembered between questions. */
const KEPT_WORDS = 20_000;

export function queryEncoder(model: TableModel): QueryEncoder {
  let table = new WordTable();
  let encoder = new TableEncoder(model, table);
  return {
    modelId: model.id,
    dimensions: model.dimensions,
    encode(text) {
      if (table.size > KEPT_WORDS) {
        table = new WordTable();
        encoder = new TableEncoder(model, table);
      }
      const words = wordsOf(text)
        .slice(0, MOST_WORDS)
        .map((word) => table.add(word));
      const vector = new Float32Array(model.dimensions);
      return encoder.query(words, vector, 0) ? vector : undefined;
    },
  };
}
