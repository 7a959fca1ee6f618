/** Runs one command of a project and says how it ended, with what it wrote as it comes. */
import { StringDecoder } from 'node:string_decoder';
import type { Emit } from '#base/progress.ts';
import type { Sandbox, SandboxCommand, SandboxExit } from '#sandbox/sandbox.ts';

export interface CommandResult {
  readonly exit: SandboxExit;
  /** The last part, in characters, of what was written. */
  readonly output: string;
  readonly errors: string;
  readonly milliseconds: number;
}

const KEPT = 1_000_000;

export async function runCommand(
  sandbox: Sandbox,
  command: SandboxCommand,
  emit: Emit,
  signal: AbortSignal,
): Promise<CommandResult> {
  const began = performance.now();
  const process = await sandbox.start(command, signal);
  process.endInput();
  const follow = async (chunks: AsyncIterable<Uint8Array>, stream: 'output' | 'errors'): Promise<string> => {
    // A character may be cut between two chunks.
    const decoder = new StringDecoder('utf8');
    let kept = '';
    for await (const chunk of chunks) {
      const text = decoder.write(Buffer.from(chunk));
      emit({ type: 'output', stream, text });
      kept = (kept + text).slice(-KEPT);
    }
    return kept + decoder.end();
  };
  const [output, errors, exit] = await Promise.all([
    follow(process.output, 'output'),
    follow(process.errors, 'errors'),
    process.exit,
  ]);
  return { exit, output, errors, milliseconds: Math.round(performance.now() - began) };
}
