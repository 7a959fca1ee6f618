/** Every kind of encoder by the word before the colon, loaded when it is asked for. A test compares this with the folder. */
import { TrowelError } from '#base/errors.ts';
import { nearestName } from '#base/nearest-name.ts';
import type { EmbeddingModel } from '#model/embedding-model.ts';
import type { Embedder, EmbedderRequest } from './embedder.ts';

const embedders: Readonly<Record<string, () => Promise<{ readonly embedder: Embedder }>>> = {
  table: () => import('./table/table-embedder.ts'),
  ollama: () => import('./http/ollama.ts'),
  openai: () => import('./http/openai.ts'),
  voyage: () => import('./http/voyage.ts'),
  google: () => import('./http/google.ts'),
  onnx: () => import('./onnx/onnx.ts'),
  transformers: () => import('./onnx/transformers.ts'),
};

export const embedderKinds: readonly string[] = Object.keys(embedders);

/** Opens `default`, a table model by its id, or `<kind>:<name>`. Nothing is downloaded and nobody is asked unless the kind says so. */
export async function openEmbeddingModel(
  choice: string,
  request: Omit<EmbedderRequest, 'name'>,
): Promise<EmbeddingModel> {
  const colon = choice.indexOf(':');
  const kind = colon < 0 ? 'table' : choice.slice(0, colon);
  const name = choice.slice(colon + 1);
  if (!Object.hasOwn(embedders, kind)) {
    const near = nearestName(kind, embedderKinds);
    throw new TrowelError('model-unknown', `There is no kind of model ${kind}.`, {
      hint: `${near === undefined ? '' : `Did you mean ${near}:${name}? `}Kinds are ${embedderKinds.join(', ')}.`,
    });
  }
  if (name === '') throw new TrowelError('usage', `${choice} names no model.`, { hint: `Write ${kind}:<model>.` });
  const { embedder } = await embedders[kind]!();
  return embedder.open({ ...request, name });
}
