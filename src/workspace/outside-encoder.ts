/** Encoders that are no table: a service, a model on disk. They are asked with texts, after a file's words have been read. */
import { createHash } from 'node:crypto';
import { throwIfAborted } from '#base/abort.ts';
import type { Emit } from '#base/progress.ts';
import { TrowelError } from '#base/errors.ts';
import { readHead } from '#embedders/model-folder.ts';
import { project } from '#embedders/projection-head.ts';
import { openEmbeddingModel } from '#embedders/registry.ts';
import type { EmbeddingInput, EmbeddingModel } from '#model/embedding-model.ts';
import { decodeSegment, encodeSegment } from '#model/search-segment-codec.ts';
import { textsOfSegment, withVectors } from '#search/embed-segment.ts';
import { openVectorStore } from '#stores/vector-store.ts';
import { quantiseRows } from '#vectors/quantised-rows.ts';

export interface EncoderChoice {
  /** `<kind>:<name>`. */
  readonly name: string;
  /** Base address of a service, where it is not the usual one. */
  readonly url: string | undefined;
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const opened = new Map<string, Promise<EmbeddingModel>>();

/** Kept for the process: a model on disk is loaded once, a service is asked once for its dimensions. */
export function openOutsideEncoder(choice: EncoderChoice, signal?: AbortSignal): Promise<EmbeddingModel> {
  const { name, url, dataFolder, environment } = choice;
  const key = `${name}\0${url ?? ''}`;
  let model = opened.get(key);
  if (!model) {
    model = name.startsWith(HEAD)
      ? openWithHead(choice, signal)
      : openEmbeddingModel(name, { url, dimensions: undefined, dataFolder, environment, signal });
    opened.set(key, model);
    // What could not be opened is tried again.
    model.catch(() => opened.delete(key));
  }
  return model;
}

const HEAD = 'head:';

/** What `train --head` made: the encoder below it, and its two layers. */
async function openWithHead(choice: EncoderChoice, signal: AbortSignal | undefined): Promise<EmbeddingModel> {
  const { id, encoder, encoderId, shape, parameters } = readHead(choice.dataFolder, choice.name.slice(HEAD.length));
  const below = await openOutsideEncoder({ ...choice, name: encoder }, signal);
  if (below.id !== encoderId || below.dimensions !== shape.input)
    throw new TrowelError('dimension-mismatch', `${id} sits on ${encoderId}; ${encoder} is ${below.id} now.`, {
      hint: 'Fit it again: trowel models choose the encoder, then trowel train --head',
    });
  return {
    id,
    dimensions: shape.output,
    maximumTokens: below.maximumTokens,
    async embed(inputs, stop) {
      const { rows } = await below.embed(inputs, stop);
      return { dimensions: shape.output, count: inputs.length, rows: project(shape, parameters, rows).units };
    },
  };
}

/** Texts that are sent before their vectors are kept. */
const BATCH = 64;

export interface FileToEmbed {
  readonly text: string;
  /** As `encodeSegment` made it, without vectors. */
  readonly segment: Uint8Array;
}

/** Segments with vectors, in order. Only texts that this model has not seen are given to it; what it answered is kept at once. */
export async function embedFiles(
  model: EmbeddingModel,
  dataFolder: string,
  files: readonly FileToEmbed[],
  emit: Emit,
  signal: AbortSignal | undefined,
): Promise<Uint8Array[]> {
  const store = openVectorStore(dataFolder);
  try {
    const read = files.map(({ text, segment }) => {
      const decoded = decodeSegment(segment)!;
      const texts = textsOfSegment(decoded, text);
      return { decoded, texts, keys: texts.map(({ input }) => keyOf(model, input)) };
    });
    const known = new Map<string, Int8Array>();
    const unknown = new Map<string, EmbeddingInput>();
    for (const { texts, keys } of read) {
      keys.forEach((key, at) => {
        if (known.has(key) || unknown.has(key)) return;
        const vector = store.get(key);
        if (vector?.length === model.dimensions) known.set(key, vector);
        else unknown.set(key, texts[at]!.input);
      });
    }
    const asked = [...unknown];
    for (let at = 0; at < asked.length; at += BATCH) {
      throwIfAborted(signal);
      const some = asked.slice(at, at + BATCH);
      const { rows } = await model.embed(
        some.map(([, input]) => input),
        signal,
      );
      const { values } = quantiseRows(rows, model.dimensions);
      const made = some.map(([key], i): readonly [string, Int8Array] => [
        key,
        values.subarray(i * model.dimensions, (i + 1) * model.dimensions),
      ]);
      store.putAll(model.id, made);
      for (const [key, vector] of made) known.set(key, vector);
      emit({ type: 'progress', stage: 'embed', done: at + some.length, total: asked.length });
    }
    return read.map(({ decoded, texts, keys }) =>
      encodeSegment(
        withVectors(
          decoded,
          texts.map(({ document }) => document),
          keys.map((key) => (known.get(key)!.some((value) => value !== 0) ? known.get(key) : undefined)),
          model.dimensions,
        ),
      ),
    );
  } finally {
    store.close();
  }
}

function keyOf(model: EmbeddingModel, { name, documentation, text }: EmbeddingInput): string {
  const parts = [model.id, name ?? '', documentation ?? '', text].join('\0');
  return createHash('sha256').update(parts).digest('base64url').slice(0, 32);
}
