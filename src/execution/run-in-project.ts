/** Runs a command in a project's sandbox; a missing package is proposed and, where that is allowed, installed aside. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Emit } from '#base/progress.ts';
import type { Sandbox, SandboxLimits, SandboxRunner } from '#sandbox/sandbox.ts';
import type { ChosenCommand } from './choose-command.ts';
import { classifyFailure } from './failures/classify-failure.ts';
import type { Failure } from './failures/failure.ts';
import { registryDoubt } from './packages/ask-registry.ts';
import type { SideEnvironment } from './packages/install-package.ts';
import { installPackage, sideEnvironment } from './packages/install-package.ts';
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
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** Each run may show that another one is missing. */
const MOST_PACKAGES = 8;

export async function runInProject(request: ProjectRun): Promise<RanOutput> {
  const { command, install, prepared, dataFolder, root } = request;
  const aside = install ? sideEnvironment(dataFolder, root, prepared.toolchains) : undefined;
  const installed: string[] = [];
  let last = await attempt(request, aside);
  let doubt: string | undefined;
  while (aside && last.proposal && installed.length < MOST_PACKAGES && !installed.includes(last.proposal.package)) {
    const { proposal } = last;
    doubt = proposal.doubt ?? (proposal.isDeclared ? undefined : await registryDoubt(proposal, request));
    if (doubt !== undefined) break;
    await installPackage({ ...request, toolchains: prepared.toolchains, environment: aside, proposal });
    installed.push(proposal.package);
    last = await attempt(request, aside);
  }
  const { result, failure, proposal } = last;
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
    proposal: proposal && { ...proposal, doubt: doubt ?? proposal.doubt },
    installed,
  };
}

interface Attempt {
  readonly result: CommandResult;
  readonly failure: Failure | undefined;
  readonly proposal: Proposal | undefined;
}

async function attempt(request: ProjectRun, aside: SideEnvironment | undefined): Promise<Attempt> {
  const { runner, root, dataFolder, prepared, command, network, limits, emit, signal } = request;
  const { toolchains, packages } = prepared;
  const readable = [...toolchains.readable, ...(aside ? [aside.python, aside.npm] : [])];
  const sandbox = await runner.open(
    { tree: root, dataFolder, network, limits, readable, searchPath: toolchains.searchPath },
    signal,
  );
  try {
    if (aside) await linkPackages(sandbox, aside.npm);
    const folder = command.folder === '' ? '.' : command.folder;
    const environment = { ...toolchains.environment, ...(aside && { PYTHONPATH: aside.python }) };
    const result = await runCommand(
      sandbox,
      { program: command.program, arguments: command.arguments, folder, environment },
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

/** Node finds packages by folders alone: those installed aside appear in the copy-on-write tree. What the project has stays. */
async function linkPackages(sandbox: Sandbox, folder: string): Promise<void> {
  const installed = path.join(folder, 'node_modules');
  const names = namesIn(installed).flatMap((name) =>
    name.startsWith('@') ? namesIn(path.join(installed, name)).map((part) => `${name}/${part}`) : [name],
  );
  if (names.length === 0) return;
  const script =
    'place=$1; shift; for name; do mkdir -p "node_modules/$(dirname "$name")"; [ -e "node_modules/$name" ] || ln -s "$place/$name" "node_modules/$name"; done';
  await sandbox.run({ program: 'sh', arguments: ['-c', script, 'sh', installed, ...names] });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
}
