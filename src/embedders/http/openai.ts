import type { Embedder } from '../embedder.ts';
import { baseUrl, keyFrom } from './keys.ts';
import { postJson } from './post-json.ts';
import { openServiceModel } from './service-model.ts';
import { inOrder } from './in-order.ts';

/** `openai:<model>`: `POST /v1/embeddings`, and whatever else speaks that protocol at `search.url`. */
export const embedder: Embedder = {
  async open(request) {
    const key = keyFrom(request, 'OpenAI', 'TROWEL_EMBEDDING_KEY', 'OPENAI_API_KEY');
    return openServiceModel(
      {
        service: 'OpenAI',
        name: `openai:${request.name}`,
        maximumTokens: 8191,
        batch: 128,
        async ask(texts, _role, signal) {
          return inOrder(
            await postJson({
              service: 'OpenAI',
              url: `${baseUrl(request, 'https://api.openai.com')}/v1/embeddings`,
              headers: { authorization: `Bearer ${key}` },
              body: {
                model: request.name,
                input: texts,
                encoding_format: 'float',
                ...(request.dimensions === undefined ? {} : { dimensions: request.dimensions }),
              },
              signal,
            }),
          );
        },
      },
      request.signal,
    );
  },
};
