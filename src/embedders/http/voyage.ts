import type { Embedder } from '../embedder.ts';
import { inOrder } from './in-order.ts';
import { baseUrl, keyFrom } from './keys.ts';
import { postJson } from './post-json.ts';
import { openServiceModel } from './service-model.ts';

/** `voyage:<model>`: as OpenAI's, but told what is a question and what is searched. */
export const embedder: Embedder = {
  async open(request) {
    const key = keyFrom(request, 'Voyage', 'TROWEL_EMBEDDING_KEY', 'VOYAGE_API_KEY');
    return openServiceModel(
      {
        service: 'Voyage',
        name: `voyage:${request.name}`,
        maximumTokens: 32_000,
        batch: 128,
        async ask(texts, role, signal) {
          return inOrder(
            await postJson({
              service: 'Voyage',
              url: `${baseUrl(request, 'https://api.voyageai.com')}/v1/embeddings`,
              headers: { authorization: `Bearer ${key}` },
              body: {
                model: request.name,
                input: texts,
                input_type: role === 'query' ? 'query' : 'document',
                truncation: true,
                ...(request.dimensions === undefined ? {} : { output_dimension: request.dimensions }),
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
