import type { Embedder } from '../embedder.ts';
import { readShippedModel, readStoredModel } from '../model-folder.ts';
import { tableEmbeddingModel } from './table-embedding-model.ts';

/** The shipped model, and those that `train` made. */
export const embedder: Embedder = {
  open: async ({ name, dataFolder }) =>
    tableEmbeddingModel(name === 'default' ? readShippedModel() : readStoredModel(dataFolder, name)),
};
