import { formatCount } from '#base/format-count.ts';
import * as z from 'zod';
import { isCodeLanguage } from '#languages/catalogue.ts';
import { type Painter, painter, printable } from '#base/paint.ts';
import type { SkipReason } from '#model/source-file.ts';
import type { EdgeKind, Provenance } from '#model/vocabulary.ts';
import { defineOperation, type OperationContext } from './operation.ts';
import { openTree } from './open-tree.ts';

const input = z.object({
  path: z.string().optional().describe('A folder or a git URL; default: the repository where you are.'),
  fresh: z.boolean().default(false).describe('Throw the index away and build it from nothing.'),
  watch: z.boolean().default(false).describe('Stay, and keep the index fresh as files change, until interrupted.'),
});

export interface DigOutput {
  readonly root: string;
  readonly revision: string;
  readonly level: 'quick' | 'full';
  readonly partial: boolean;
  readonly files: number;
  readonly symbols: number;
  readonly languages: readonly { readonly language: string; readonly files: number; readonly codeLines: number }[];
  readonly sourceBytes: number;
  readonly codeLines: number;
  /** By kind and provenance; what is zero is left out. */
  readonly edges: Readonly<Partial<Record<EdgeKind, Readonly<Partial<Record<Provenance, number>>>>>>;
  readonly unresolvedCalls: number;
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
  readonly changes: {
    readonly added: number;
    readonly changed: number;
    readonly removed: number;
    readonly unchanged: number;
    readonly reused: number;
  } | null;
  readonly indexBytes: number;
  readonly indexFolder: string;
  readonly milliseconds: number;
  readonly notes: readonly string[];
}

export const operation = defineOperation<typeof input, DigOutput>({
  name: 'dig',
  group: 'understand',
  summary: 'Turn a repository into an index, or bring its index up to date.',
  effect: 'write',
  input,
  positional: ['path'],
  examples: [
    { command: 'trowel dig', explains: 'The repository where you are.' },
    {
      command: 'trowel dig --watch',
      explains: 'Keep it fresh while you work; other commands then need not look at the tree.',
    },
    { command: 'trowel dig --fresh --json', explains: 'From nothing, with the summary for a program.' },
  ],
  async run({ path, fresh, watch }, context) {
    if (watch) await keepFresh(path, context);
    const opened = await openTree(context, path, { rebuild: fresh, patience: Infinity, retryFailed: true });
    const { snapshot, report } = opened;
    try {
      const files = snapshot.files();
      const languages = new Map<string, { language: string; files: number; codeLines: number }>();
      for (const { language, codeLines } of files) {
        const entry = languages.get(language) ?? { language, files: 0, codeLines: 0 };
        entry.files++;
        entry.codeLines += codeLines;
        languages.set(language, entry);
      }
      const skipped: Partial<Record<SkipReason, number>> = {};
      for (const { reason } of snapshot.skipped()) skipped[reason] = (skipped[reason] ?? 0) + 1;
      return {
        root: opened.root,
        revision: snapshot.freshness.revision,
        level: snapshot.freshness.level,
        partial: snapshot.freshness.partial,
        files: files.length,
        symbols: snapshot.symbolCount,
        languages: [...languages.values()].sort(
          (a, b) => b.codeLines - a.codeLines || (a.language < b.language ? -1 : 1),
        ),
        sourceBytes: files.reduce((sum, file) => sum + file.bytes, 0),
        codeLines: files.reduce((sum, file) => sum + (isCodeLanguage(file.language) ? file.codeLines : 0), 0),
        edges: nonZero(snapshot.edgeCounts()),
        unresolvedCalls: snapshot.unresolvedCalls(),
        skipped,
        changes: report
          ? {
              added: report.added,
              changed: report.changed,
              removed: report.removed,
              unchanged: report.unchanged,
              reused: report.reused,
            }
          : null,
        indexBytes: opened.indexBytes,
        indexFolder: opened.indexFolder,
        milliseconds: opened.milliseconds,
        notes: opened.notes,
      };
    } finally {
      snapshot.close();
    }
  },
  render(output, { color }) {
    const paint = painter(color);
    const changes = output.changes;
    const lines = [
      paint.bold(printable(output.root)),
      `${formatCount(output.files)} files, ${formatCount(output.codeLines)} lines of code, ${formatCount(output.symbols)} symbols${output.partial ? ' (a first dig is still running)' : ''}`,
      output.languages
        .slice(0, 6)
        .map(({ language, files }) => `${language} ${formatCount(files)}`)
        .join(', '),
      edgeLine(output, paint),
    ];
    const skipped = Object.entries(output.skipped).map(([reason, count]) => `${reason} ${formatCount(count)}`);
    if (skipped.length > 0) lines.push(paint.dim(`left out: ${skipped.join(', ')}`));
    for (const note of output.notes) lines.push(paint.yellow(printable(note)));
    const done =
      changes === null
        ? 'another process is at it'
        : changes.added + changes.changed + changes.removed === 0
          ? 'up to date'
          : `${formatCount(changes.added)} added, ${formatCount(changes.changed)} changed, ${formatCount(changes.removed)} removed`;
    lines.push(
      paint.dim(
        `${done}; ${(output.milliseconds / 1000).toFixed(2)} s; index ${(output.indexBytes / 1e6).toFixed(1)} MB for ${(output.sourceBytes / 1e6).toFixed(1)} MB of source`,
      ),
    );
    return `${lines.filter((line) => line !== '').join('\n')}\n`;
  },
});

/** Until the user interrupts. */
async function keepFresh(path: string | undefined, { services, emit, signal }: OperationContext): Promise<void> {
  const { watchWorkspace } = await import('#workspace/watch-workspace.ts');
  await watchWorkspace({
    path,
    workingFolder: services.workingFolder,
    dataFolder: services.folders.data,
    environment: services.environment,
    configFor: (root) => services.configFor(root).values,
    emit,
    signal,
  });
}

function edgeLine({ edges, unresolvedCalls }: DigOutput, paint: Painter): string {
  const sums: Partial<Record<Provenance, number>> = {};
  for (const [kind, byProvenance] of Object.entries(edges)) {
    if (kind === 'contains') continue;
    for (const [provenance, count] of Object.entries(byProvenance))
      sums[provenance as Provenance] = (sums[provenance as Provenance] ?? 0) + count;
  }
  const known = Object.entries(sums).map(([provenance, count]) => `${provenance} ${formatCount(count)}`);
  return known.length === 0
    ? ''
    : `edges: ${known.join(', ')}${unresolvedCalls > 0 ? paint.dim(`; ${formatCount(unresolvedCalls)} calls unresolved`) : ''}`;
}

function nonZero(counts: Readonly<Record<EdgeKind, Readonly<Record<Provenance, number>>>>): DigOutput['edges'] {
  const kinds = Object.entries(counts).flatMap(([kind, byProvenance]) => {
    const some = Object.entries(byProvenance).filter(([, count]) => count > 0);
    return some.length > 0 ? [[kind, Object.fromEntries(some)] as const] : [];
  });
  return Object.fromEntries(kinds);
}
