/** A table model behind the port. */
import { throwIfAborted } from '#base/abort.ts';
import type { EmbeddingInput, EmbeddingModel, Embeddings } from '#model/embedding-model.ts';
import { WordCounter } from '#text/word-bag.ts';
import { WordReader } from '#text/word-reader.ts';
import { WordStream } from '#text/word-stream.ts';
import { WordTable } from '#text/word-table.ts';
import { wordsOf } from '#text/words.ts';
import { TableEncoder } from './table-encoder.ts';
import type { TableModel } from './table-model.ts';

const ABORT_EVERY = 512;

export function tableEmbeddingModel(model: TableModel): EmbeddingModel {
  const { id, dimensions } = model;
  return {
    id,
    dimensions,
    maximumTokens: Infinity,
    embed: async (inputs, signal) => embedAll(model, inputs, signal),
  };
}

function embedAll(model: TableModel, inputs: readonly EmbeddingInput[], signal: AbortSignal | undefined): Embeddings {
  const { dimensions } = model;
  const table = new WordTable();
  const reader = new WordReader(table);
  const counter = new WordCounter();
  const stream = new WordStream();
  const encoder = new TableEncoder(model, table);
  const utf8 = new TextEncoder();
  const read = (text: string): WordStream => {
    const bytes = utf8.encode(text);
    stream.clear();
    reader.read(bytes, 0, bytes.length, stream);
    return stream;
  };
  const rows = new Float32Array(inputs.length * dimensions);
  inputs.forEach(({ text, role, name, documentation }, i) => {
    if (i % ABORT_EVERY === 0) throwIfAborted(signal);
    if (role === 'query') {
      encoder.query(read(text).view(), rows, i * dimensions);
      return;
    }
    encoder.code(
      {
        name: name === undefined ? [] : wordsOf(name).map((word) => table.add(word)),
        body: counter.count(read(text)),
        ...(documentation === undefined ? {} : { documentation: counter.count(read(documentation)) }),
      },
      rows,
      i * dimensions,
    );
  });
  return { dimensions, count: inputs.length, rows };
}
