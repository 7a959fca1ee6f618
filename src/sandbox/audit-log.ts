/** Every command that was run or refused, a line of JSON each, in the data folder. */
import { appendFileSync, readFileSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { ensureFolder } from '#base/folders.ts';
import type { Sandbox, SandboxCommand, SandboxExit, SandboxRequest, SandboxRunner } from './sandbox.ts';

export interface AuditEntry {
  /** ISO 8601. */
  readonly time: string;
  readonly tree: string;
  readonly runner: string;
  readonly network: 'none' | 'registries';
  readonly program: string;
  readonly arguments: readonly string[];
  /** How it ended, or why it was not run. */
  readonly end: SandboxExit | { readonly kind: 'refused'; readonly reason: string };
  readonly milliseconds: number;
}

const LARGEST = 8 * 1024 ** 2;
/** Arguments may hold whole programs. */
const LONGEST_ARGUMENT = 500;

const fileOf = (dataFolder: string): string => path.join(dataFolder, 'commands.jsonl');

export function writeAuditEntry(dataFolder: string, entry: AuditEntry): void {
  ensureFolder(dataFolder);
  const file = fileOf(dataFolder);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LARGEST) renameSync(file, `${file}.1`);
  const words = entry.arguments.map((word) =>
    word.length > LONGEST_ARGUMENT ? `${word.slice(0, LONGEST_ARGUMENT)}… (${word.length} characters)` : word,
  );
  // One write at the end of the file: lines of several processes do not mix.
  appendFileSync(file, `${JSON.stringify({ ...entry, arguments: words })}\n`, { mode: 0o600 });
}

/** The newest first. */
export function readAuditLog(dataFolder: string, limit: number): AuditEntry[] {
  const lines: string[] = [];
  for (const file of [`${fileOf(dataFolder)}.1`, fileOf(dataFolder)]) {
    try {
      lines.push(...readFileSync(file, 'utf8').split('\n'));
    } catch {
      // Nothing was run yet.
    }
  }
  const entries: AuditEntry[] = [];
  for (const line of lines.toReversed()) {
    if (entries.length >= limit) break;
    try {
      if (line !== '') entries.push(JSON.parse(line) as AuditEntry);
    } catch {
      // A line that was cut off when the machine stopped.
    }
  }
  return entries;
}

/** A runner whose commands are all noted. */
export function auditedRunner(runner: SandboxRunner): SandboxRunner {
  return {
    ...runner,
    open: async (request, signal) => audited(await runner.open(request, signal), runner.name, request),
  };
}

function audited(sandbox: Sandbox, runner: string, request: SandboxRequest): Sandbox {
  const note = (command: SandboxCommand, began: number, end: SandboxExit): void =>
    writeAuditEntry(request.dataFolder, {
      time: new Date(began).toISOString(),
      tree: request.tree,
      runner,
      network: request.network ?? 'none',
      program: command.program,
      arguments: command.arguments,
      end,
      milliseconds: Date.now() - began,
    });
  return {
    ...sandbox,
    async run(command, signal) {
      const began = Date.now();
      const result = await sandbox.run(command, signal);
      note(command, began, result.exit);
      return result;
    },
    async start(command, signal) {
      const began = Date.now();
      const process = await sandbox.start(command, signal);
      void process.exit.then((end) => note(command, began, end));
      return process;
    },
  };
}
