import type { Embedder } from '../embedder.ts';
import { baseUrl, keyFrom } from './keys.ts';
import { postJson } from './post-json.ts';
import { openServiceModel } from './service-model.ts';

/** `google:<model>`: `POST /v1beta/models/<model>:batchEmbedContents`. */
export const embedder: Embedder = {
  async open(request) {
    const key = keyFrom(request, 'Google', 'TROWEL_EMBEDDING_KEY', 'GEMINI_API_KEY', 'GOOGLE_API_KEY');
    const model = `models/${request.name}`;
    return openServiceModel(
      {
        service: 'Google',
        name: `google:${request.name}`,
        maximumTokens: 2048,
        batch: 100,
        async ask(texts, role, signal) {
          const answer = (await postJson({
            service: 'Google',
            url: `${baseUrl(request, 'https://generativelanguage.googleapis.com')}/v1beta/${model}:batchEmbedContents`,
            headers: { 'x-goog-api-key': key },
            body: {
              requests: texts.map((text) => ({
                model,
                content: { parts: [{ text }] },
                taskType: role === 'query' ? 'CODE_RETRIEVAL_QUERY' : 'RETRIEVAL_DOCUMENT',
                ...(request.dimensions === undefined ? {} : { outputDimensionality: request.dimensions }),
              })),
            },
            signal,
          })) as { readonly embeddings?: readonly { readonly values: readonly number[] }[] };
          return (answer.embeddings ?? []).map(({ values }) => values);
        },
      },
      request.signal,
    );
  },
};
