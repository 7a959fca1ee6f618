import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import { throwIfAborted } from '#base/abort.ts';
import type { EmbeddingModel } from '#model/embedding-model.ts';
import type { Embedder } from '../embedder.ts';
import { optionalPackage } from '../optional-package.ts';

interface Tensor {
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

interface Transformers {
  readonly env: { allowRemoteModels: boolean };
  readonly pipeline: (
    task: 'feature-extraction',
    model: string,
    options?: object,
  ) => Promise<(texts: string[], options: { pooling: 'mean'; normalize: true }) => Promise<Tensor>>;
}

const BATCH = 16;

/**
 * `transformers:<folder or hub name>`: any model that Transformers.js runs (MiniLM, CodeRankEmbed, UniXcoder, GraphCodeBERT as
 * ONNX), mean-pooled. A hub name is downloaded by that package, into its own cache.
 */
export const embedder: Embedder = {
  async open({ name, signal, environment }): Promise<EmbeddingModel> {
    const { env, pipeline } = await optionalPackage<Transformers>(
      '@huggingface/transformers',
      `The model ${name}`,
      environment,
    );
    // What is on disk is not asked for elsewhere.
    const folder = path.isAbsolute(name) ? name : undefined;
    env.allowRemoteModels = folder === undefined;
    let extract: Awaited<ReturnType<Transformers['pipeline']>>;
    try {
      extract = await pipeline('feature-extraction', name);
    } catch (cause) {
      throw new TrowelError('model-unknown', `Transformers.js cannot load ${name}.`, {
        hint: 'Name a folder with a model in ONNX form, or one of the hub that has such a form.',
        cause,
      });
    }
    const ask = async (texts: string[]): Promise<Tensor> => {
      try {
        return await extract(texts, { pooling: 'mean', normalize: true });
      } catch (cause) {
        throw new TrowelError('embedding-failed', `The model ${name} failed on a text.`, { cause });
      }
    };
    const { dims } = await ask(['dimensions']);
    throwIfAborted(signal);
    const dimensions = dims.at(-1)!;
    return {
      id: `transformers${folder === undefined ? `:${name}` : `-${digestOf(folder)}`}@${dimensions}`,
      dimensions,
      maximumTokens: 512,
      async embed(inputs, stop) {
        const rows = new Float32Array(inputs.length * dimensions);
        for (let at = 0; at < inputs.length; at += BATCH) {
          throwIfAborted(stop);
          const { data } = await ask(
            inputs.slice(at, at + BATCH).map(({ text, documentation }) => [documentation, text].join('\n').trim()),
          );
          rows.set(data, at * dimensions);
        }
        return { dimensions, count: inputs.length, rows };
      },
    };
  },
};

/** Of the weights and the tokenizer: another model in the same folder is another model. */
function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of ['onnx/model.onnx', 'model.onnx', 'tokenizer.json']) {
    const file = path.join(folder, name);
    if (existsSync(file)) hash.update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 12);
}
