/** What makes vectors of questions to a tree's index. */
import { TrowelError } from '#base/errors.ts';
import type { EmbeddingInput } from '#model/embedding-model.ts';
import { type QueryEncoder, queryEncoder } from '#search/encode-query.ts';
import { modelNameFor, searchModel } from '#workspace/search-model.ts';
import type { OperationContext } from './operation.ts';

/**
 * Of the model that made the tree's vectors; undefined where there is none, and where an encoder outside does not answer: then
 * words alone are compared, and a note says so. `asked` is what will be encoded, undefined for nothing.
 */
export async function treeEncoder(
  root: string,
  { services: { folders, configFor, environment }, emit, signal }: OperationContext,
  asked: Pick<EmbeddingInput, 'text' | 'role'> | undefined,
): Promise<QueryEncoder | undefined> {
  const { search } = configFor(root).values;
  const name = modelNameFor(folders.data, root, search.model);
  if (!name.includes(':')) {
    const model = searchModel(folders.data, name);
    return model && queryEncoder(model);
  }
  try {
    const { openOutsideEncoder } = await import('#workspace/outside-encoder.ts');
    const choice = { name, url: search.url, dataFolder: folders.data, environment };
    const { id, dimensions, embed } = await openOutsideEncoder(choice, signal);
    const vector = asked && (await embed([asked], signal)).rows;
    return { modelId: id, dimensions, isOutside: true, encode: () => vector };
  } catch (error) {
    if (!(error instanceof TrowelError) || error.code === 'cancelled') throw error;
    emit({ type: 'note', message: `Words alone are compared: ${error.message}` });
    return undefined;
  }
}
