/** Runs a command in a project's sandbox; a missing package is proposed and, where that is allowed, installed aside. */
import type { Emit } from '#base/progress.ts';
import type { SandboxLimits, SandboxRunner } from '#sandbox/sandbox.ts';
import type { ChosenCommand } from './choose-command.ts';
import { classifyFailure } from './failures/classify-failure.ts';
import type { Failure } from './failures/failure.ts';
import type { Proposal } from './packages/propose-package.ts';
import { proposePackage } from './packages/propose-package.ts';
import type { Prepared } from './prepare-run.ts';
import type { CommandResult } from './run-command.ts';
import { runCommand } from './run-command.ts';
import type { RanOutput } from './run-output.ts';

export interface ProjectRun {
  readonly runner: SandboxRunner;
  readonly root: string;
  readonly dataFolder: string;
  readonly prepared: Prepared;
  readonly command: ChosenCommand;
  readonly install: boolean;
  readonly network: 'none' | 'registries';
  readonly limits: Partial<SandboxLimits>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

export async function runInProject(request: ProjectRun): Promise<RanOutput> {
  const { command } = request;
  const { result, failure, proposal } = await attempt(request);
  return {
    status: 'ran',
    command: [command.program, ...command.arguments],
    folder: command.folder,
    because: command.because,
    runner: request.runner.name,
    exit: result.exit,
    milliseconds: result.milliseconds,
    output: result.output,
    errors: result.errors,
    failure,
    proposal,
    installed: [],
  };
}

interface Attempt {
  readonly result: CommandResult;
  readonly failure: Failure | undefined;
  readonly proposal: Proposal | undefined;
}

async function attempt({
  runner,
  root,
  dataFolder,
  prepared,
  command,
  network,
  limits,
  emit,
  signal,
}: ProjectRun): Promise<Attempt> {
  const { toolchains, packages } = prepared;
  const sandbox = await runner.open(
    { tree: root, dataFolder, network, limits, readable: toolchains.readable, searchPath: toolchains.searchPath },
    signal,
  );
  try {
    const folder = command.folder === '' ? '.' : command.folder;
    const result = await runCommand(
      sandbox,
      { program: command.program, arguments: command.arguments, folder, environment: toolchains.environment },
      emit,
      signal,
    );
    const failure = classifyFailure({ ...result, root: sandbox.root });
    const proposal = failure?.missing && proposePackage(failure.missing, packages);
    return { result, failure, proposal };
  } finally {
    await sandbox.close();
  }
}
