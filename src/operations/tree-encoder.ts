/** What makes vectors of questions to a tree's index. */
import { type QueryEncoder, queryEncoder } from '#search/encode-query.ts';
import { modelNameFor, searchModel } from '#workspace/search-model.ts';
import type { Services } from './services.ts';

/** Of the model that made the tree's vectors; undefined where there is none. */
export function treeEncoder(root: string, { folders, configFor }: Services): QueryEncoder | undefined {
  const model = searchModel(folders.data, modelNameFor(folders.data, root, configFor(root).values.search.model));
  return model && queryEncoder(model);
}
