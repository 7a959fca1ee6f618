import type { Embedder } from '../embedder.ts';
import { baseUrl } from './keys.ts';
import { postJson } from './post-json.ts';
import { openServiceModel } from './service-model.ts';

/** `ollama:<model>`: `POST /api/embed`, on this machine unless `search.url` says otherwise. */
export const embedder: Embedder = {
  open: async (request) =>
    openServiceModel(
      {
        service: 'Ollama',
        name: `ollama:${request.name}`,
        maximumTokens: 8192,
        batch: 32,
        async ask(texts, _role, signal) {
          const answer = (await postJson({
            service: 'Ollama',
            url: `${baseUrl(request, 'http://127.0.0.1:11434')}/api/embed`,
            headers: {},
            body: { model: request.name, input: texts, truncate: true },
            signal,
          })) as { readonly embeddings: readonly (readonly number[])[] };
          return answer.embeddings;
        },
      },
      request.signal,
    ),
};
