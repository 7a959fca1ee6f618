import { createHash } from 'node:crypto';
import { throwIfAborted } from '#base/abort.ts';
import { TrowelError } from '#base/errors.ts';
import type { EmbeddingModel } from '#model/embedding-model.ts';
import type { Embedder } from '../embedder.ts';
import { optionalPackage } from '../optional-package.ts';
import { readModelFolder } from './model-folder-files.ts';
import { wordPieces } from './word-pieces.ts';

interface OnnxTensor {
  readonly data: Float32Array | BigInt64Array;
  readonly dims: readonly number[];
}

interface OnnxSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Readonly<Record<string, OnnxTensor>>): Promise<Readonly<Record<string, OnnxTensor>>>;
}

interface OnnxRuntime {
  readonly InferenceSession: { create(model: Uint8Array): Promise<OnnxSession> };
  readonly Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => OnnxTensor;
}

const BATCH = 16;
const MAXIMUM_TOKENS = 512;

/**
 * `onnx:<folder>`: a BERT-like encoder with `model.onnx` and its WordPiece vocabulary (`tokenizer.json` or `vocab.txt`), read from
 * disk alone. Its last hidden state is averaged over the tokens. Models with other tokenizers: `transformers:`.
 */
export const embedder: Embedder = {
  async open({ name: folder, environment }): Promise<EmbeddingModel> {
    const files = readModelFolder(folder);
    const pieces = wordPieces(files.vocabulary, files.lowerCase);
    if (!pieces)
      throw new TrowelError('unsupported', `The tokenizer in ${folder} is not WordPiece.`, {
        hint: `Use transformers:${folder}, which knows the others.`,
      });
    const runtime = await optionalPackage<OnnxRuntime>('onnxruntime-node', `The model in ${folder}`, environment);
    let session: OnnxSession;
    try {
      session = await runtime.InferenceSession.create(files.model);
    } catch (cause) {
      throw new TrowelError('model-damaged', `The model in ${folder} cannot be loaded.`, { cause });
    }
    const run = async (
      texts: readonly string[],
    ): Promise<{ readonly rows: Float32Array; readonly dimensions: number }> => {
      const ids = texts.map((text) => pieces.encode(text, MAXIMUM_TOKENS));
      const width = Math.max(...ids.map(({ length }) => length));
      const table = (value: (row: number, at: number) => number): OnnxTensor =>
        new runtime.Tensor(
          'int64',
          BigInt64Array.from({ length: ids.length * width }, (_, i) => BigInt(value(Math.floor(i / width), i % width))),
          [ids.length, width],
        );
      const inputs: Record<string, OnnxTensor> = {
        input_ids: table((row, at) => ids[row]![at] ?? pieces.padding),
        attention_mask: table((row, at) => (at < ids[row]!.length ? 1 : 0)),
        token_type_ids: table(() => 0),
      };
      const wanted = session.inputNames;
      let output: OnnxTensor;
      try {
        const answer = await session.run(
          Object.fromEntries(Object.entries(inputs).filter(([key]) => wanted.includes(key))),
        );
        output = answer['last_hidden_state'] ?? answer[session.outputNames[0]!]!;
      } catch (cause) {
        throw new TrowelError('embedding-failed', `The model in ${folder} failed on a text.`, { cause });
      }
      return pooled(
        output,
        ids.map(({ length }) => length),
        folder,
      );
    };
    const { dimensions } = await run(['dimensions']);
    const digest = createHash('sha256')
      .update(files.model)
      .update(JSON.stringify([files.lowerCase, ...files.vocabulary]))
      .digest('hex')
      .slice(0, 12);
    return {
      id: `onnx-${digest}@${dimensions}`,
      dimensions,
      maximumTokens: MAXIMUM_TOKENS,
      async embed(inputs, signal) {
        const rows = new Float32Array(inputs.length * dimensions);
        for (let at = 0; at < inputs.length; at += BATCH) {
          throwIfAborted(signal);
          const texts = inputs
            .slice(at, at + BATCH)
            .map(({ text, documentation }) => [documentation, text].join('\n').trim());
          rows.set((await run(texts)).rows, at * dimensions);
        }
        return { dimensions, count: inputs.length, rows };
      },
    };
  },
};

/** Mean over each text's tokens, of unit length; an output that is already one vector a text is taken as it is. */
function pooled(
  { data, dims }: OnnxTensor,
  lengths: readonly number[],
  folder: string,
): { readonly rows: Float32Array; readonly dimensions: number } {
  const dimensions = dims.at(-1) ?? 0;
  if (
    !(data instanceof Float32Array) ||
    dims[0] !== lengths.length ||
    (dims.length !== 2 && dims.length !== 3) ||
    dimensions === 0
  )
    throw new TrowelError(
      'embedding-failed',
      `The model in ${folder} puts out something of shape ${dims.join(' × ')}, not vectors.`,
    );
  const width = dims.length === 3 ? dims[1]! : 1;
  const rows = new Float32Array(lengths.length * dimensions);
  lengths.forEach((length, row) => {
    const to = row * dimensions;
    const tokens = dims.length === 3 ? length : 1;
    for (let token = 0; token < tokens; token++)
      for (let k = 0; k < dimensions; k++) rows[to + k]! += data[(row * width + token) * dimensions + k]!;
    let square = 0;
    for (let k = 0; k < dimensions; k++) square += rows[to + k]! ** 2;
    const inverse = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let k = 0; k < dimensions; k++) rows[to + k]! *= inverse;
  });
  return { rows, dimensions };
}
