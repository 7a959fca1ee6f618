/** The model that the setting `search.model` names, once a thread. */
import { readShippedModel, readStoredModel } from '#embedders/model-folder.ts';
import type { TableModel } from '#embedders/table/table-model.ts';

/** Undefined for `none`. Throws `model-unknown`, `model-damaged`, `model-outdated`. */
export function searchModel(dataFolder: string, name: string): TableModel | undefined {
  if (name === 'none') return undefined;
  if (name === 'default') return readShippedModel();
  const key = `${dataFolder}\0${name}`;
  if (opened?.key !== key) opened = { key, model: readStoredModel(dataFolder, name) };
  return opened.model;
}

let opened: { readonly key: string; readonly model: TableModel } | undefined;
