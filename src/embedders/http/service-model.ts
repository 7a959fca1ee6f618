/** What the HTTP services have in common: batches in, unit vectors out, in order. */
import { throwIfAborted } from '#base/abort.ts';
import { TrowelError } from '#base/errors.ts';
import type { EmbeddingInput, EmbeddingModel } from '#model/embedding-model.ts';

export interface ServiceModel {
  /** For messages. */
  readonly service: string;
  /** `<kind>:<model>`: the id is this and the dimensions. */
  readonly name: string;
  readonly maximumTokens: number;
  /** Texts a request. */
  readonly batch: number;
  /** One vector a text, in order; all texts have the same role. */
  ask(
    texts: readonly string[],
    role: EmbeddingInput['role'],
    signal: AbortSignal | undefined,
  ): Promise<readonly (readonly number[])[]>;
}

/** Characters that a token has at least, in code: longer texts are cut before they are sent. */
const CHARACTERS_A_TOKEN = 4;

/** Asks once, to learn how many dimensions there are. */
export async function openServiceModel(model: ServiceModel, signal?: AbortSignal): Promise<EmbeddingModel> {
  const [probe] = checked(model, await model.ask(['dimensions'], 'query', signal), 1);
  const dimensions = probe!.length;
  if (dimensions === 0) throw strange(model, 'an empty vector');
  return {
    id: `${model.name}@${dimensions}`,
    dimensions,
    maximumTokens: model.maximumTokens,
    async embed(inputs, stop) {
      const rows = new Float32Array(inputs.length * dimensions);
      for (const role of ['query', 'code'] as const) {
        const places = inputs.flatMap((input, i) => (input.role === role ? [i] : []));
        for (let at = 0; at < places.length; at += model.batch) {
          throwIfAborted(stop);
          const some = places.slice(at, at + model.batch);
          const texts = some.map((i) => textOf(inputs[i]!).slice(0, model.maximumTokens * CHARACTERS_A_TOKEN));
          const vectors = checked(model, await model.ask(texts, role, stop), some.length);
          some.forEach((place, i) => {
            const vector = vectors[i]!;
            if (vector.length !== dimensions)
              throw new TrowelError(
                'dimension-mismatch',
                `${model.service} answered with ${vector.length} dimensions, after ${dimensions}.`,
                {
                  hint: 'The model behind that name has changed: `trowel dig --rebuild` embeds everything anew.',
                },
              );
            const length = Math.hypot(...vector);
            if (length > 0) vector.forEach((value, k) => (rows[place * dimensions + k] = value / length));
          });
        }
      }
      return { dimensions, count: inputs.length, rows };
    },
  };
}

/** Services refuse empty texts. */
const textOf = ({ text, documentation }: EmbeddingInput): string =>
  (documentation === undefined ? text : `${documentation}\n${text}`) || ' ';

function checked(model: ServiceModel, vectors: unknown, count: number): readonly (readonly number[])[] {
  if (!Array.isArray(vectors) || vectors.length !== count) throw strange(model, `not ${count} vectors`);
  for (const vector of vectors)
    if (!Array.isArray(vector) || !vector.every((value) => typeof value === 'number' && Number.isFinite(value)))
      throw strange(model, 'something that is no vector');
  return vectors as number[][];
}

function strange({ service, name }: ServiceModel, what: string): TrowelError {
  return new TrowelError('embedding-failed', `${service} answered with ${what}.`, {
    hint: `Check that ${name.slice(name.indexOf(':') + 1)} is an embedding model.`,
  });
}
