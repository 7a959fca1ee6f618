/** Which model makes a tree's vectors, and that model, once a thread. */
import { chosenModel } from '#embedders/model-choice.ts';
import { readShippedModel, readStoredModel } from '#embedders/model-folder.ts';
import type { TableModel } from '#embedders/table/table-model.ts';

/** What `search.model` says; where it says nothing, what `train` or `models choose` kept for the tree. */
export function modelNameFor(dataFolder: string, root: string, setting: string): string {
  return setting === 'default' ? chosenModel(dataFolder, root) : setting;
}

/** Undefined for `none`. Throws `model-unknown`, `model-damaged`, `model-outdated`. */
export function searchModel(dataFolder: string, name: string): TableModel | undefined {
  if (name === 'none') return undefined;
  if (name === 'default') return readShippedModel();
  const key = `${dataFolder}\0${name}`;
  if (opened?.key !== key) opened = { key, model: readStoredModel(dataFolder, name) };
  return opened.model;
}

let opened: { readonly key: string; readonly model: TableModel } | undefined;
