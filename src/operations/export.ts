import { formatCount } from '#base/format-count.ts';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { throwIfAborted } from '#base/abort.ts';
import { TrowelError } from '#base/errors.ts';
import { graphFormatNames, loadGraphFormat } from '#formats/graph/registry.ts';
import { languageName } from '#languages/catalogue.ts';
import { edgeKinds } from '#model/vocabulary.ts';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';

const input = z.object({
  format: z.enum(graphFormatNames).describe('scip, graphml, dot, mermaid, json, or csv for Neo4j.'),
  path: z.string().optional().describe('A folder of the repository; default: all of the one where you are.'),
  output: z
    .string()
    .optional()
    .describe('The file to write; for csv, the folder. Default: the format’s own name, where you are.'),
  level: z.enum(['symbols', 'files']).default('symbols').describe('Symbols, or uses folded onto files.'),
  kind: z.array(z.enum(edgeKinds)).optional().describe('Only edges of this kind.'),
  candidates: z.boolean().default(false).describe('Write edges that are known by name only as well, marked as such.'),
});

export interface ExportOutput {
  readonly format: string;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

export const operation = defineOperation<typeof input, ExportOutput>({
  name: 'export',
  group: 'understand',
  summary: 'Write the graph for other tools: SCIP, GraphML, DOT, Mermaid, JSON, or CSV for Neo4j.',
  effect: 'write',
  input,
  positional: ['format', 'path'],
  examples: [
    { command: 'trowel export scip', explains: 'index.scip, for Sourcegraph and others.' },
    {
      command: 'trowel export mermaid src --level files --output graph.mmd',
      explains: 'How the files of one folder lean on each other.',
    },
  ],
  async run({ format, path: given, output, level, kind, candidates }, context) {
    const { snapshot, scope } = await openTree(context, given);
    try {
      const writer = await loadGraphFormat(format);
      const selection = { level, folder: scope, kinds: kind ?? edgeKinds, candidates };
      const files = writer.files(snapshot, selection, { toolVersion: context.services.version, languageName });
      const base = context.services.workingFolder;
      const single = files.length === 1;
      return {
        format,
        files: files.map((file) => {
          const target = single
            ? path.resolve(base, output ?? file.name)
            : path.resolve(base, output ?? '.', file.name);
          return { path: target, bytes: writePieces(target, file.content, context.signal) };
        }),
      };
    } finally {
      snapshot.close();
    }
  },
  render: ({ files }) =>
    files.map(({ path: file, bytes }) => `written: ${file} (${formatCount(bytes)} bytes)\n`).join(''),
});

/** A few megabytes at a time; returns the number of bytes. */
function writePieces(target: string, pieces: Iterable<string | Uint8Array>, signal: AbortSignal): number {
  let bytes = 0;
  try {
    mkdirSync(path.dirname(target), { recursive: true });
    const handle = openSync(target, 'w');
    try {
      let pending: Uint8Array[] = [];
      let size = 0;
      const flush = (): void => {
        writeSync(handle, Buffer.concat(pending));
        pending = [];
        size = 0;
      };
      for (const piece of pieces) {
        const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
        pending.push(chunk);
        size += chunk.length;
        bytes += chunk.length;
        if (size < 1 << 20) continue;
        throwIfAborted(signal);
        flush();
      }
      flush();
    } finally {
      closeSync(handle);
    }
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (cause instanceof TrowelError || typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) throw cause;
    throw new TrowelError(code === 'ENOSPC' ? 'disk-full' : 'unreadable', `${target} cannot be written (${code}).`, {
      hint: 'Name another place with --output.',
      cause,
    });
  }
  return bytes;
}
