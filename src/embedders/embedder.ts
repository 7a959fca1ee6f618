/** A kind of encoder: what `registry.ts` lists and each member implements. */
import type { EmbeddingModel } from '#model/embedding-model.ts';

export interface EmbedderRequest {
  /** What stands after the kind: `nomic-embed-text` of `ollama:nomic-embed-text`, a folder, a stored model's id. */
  readonly name: string;
  /** Base address of a service, where it is not the usual one. */
  readonly url: string | undefined;
  /** Where an encoder offers several. */
  readonly dimensions: number | undefined;
  readonly dataFolder: string;
  /** Keys are read from here, and never leave for anywhere but the service itself. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

export interface Embedder {
  /** Throws `model-unknown`, `package-missing`, `embedding-failed`, `usage`. */
  open(request: EmbedderRequest): Promise<EmbeddingModel>;
}
