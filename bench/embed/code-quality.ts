/** Clones and namesakes in other languages, by the shipped model, on repositories that were held out from training. */
import { tableEmbeddingModel } from '../../src/embedders/table/table-embedding-model.ts';
import type { TableModel } from '../../src/embedders/table/table-model.ts';
import { type CodeScores, codeScores, namesakes, type ScoredFunction } from '../../src/train/code-scores.ts';
import { corpusEntries } from './corpus.ts';
import { testRepositories } from './held-out.ts';

/** One of so many functions takes part in the search for clones: of all repositories and languages. */
const STRIDE = 97;

export async function codeQuality(model: TableModel): Promise<CodeScores> {
  const chosen = new Set(testRepositories);
  const functions: ScoredFunction[] = [];
  for (const { repo, name, code, language } of corpusEntries())
    if (chosen.has(repo)) functions.push({ name, text: code, language });
  const embedder = tableEmbeddingModel(model);
  const clones = await codeScores(
    embedder,
    functions.filter((_, at) => at % STRIDE === 0),
  );
  const { crossLanguage, namesakes: count } = await codeScores(embedder, namesakes(functions).flat());
  return { ...clones, crossLanguage, namesakes: count };
}
