/**
 * Installs a package into a folder of the data folder, in a sandbox that sees nothing of the project and reaches the registries
 * alone. Later sandboxes read that folder.
 */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import type { Emit } from '#base/progress.ts';
import type { SandboxRunner } from '#sandbox/sandbox.ts';
import type { Toolchains } from '#sandbox/toolchains/find-toolchains.ts';
import type { Proposal } from './propose-package.ts';

export interface SideEnvironment {
  /** Absolute, of the host and inside alike. */
  readonly python: string;
  readonly npm: string;
}

/** One for each project and version of the interpreters. */
export function sideEnvironment(dataFolder: string, root: string, toolchains: Toolchains): SideEnvironment {
  const versions = [
    toolchains.python?.version.split('.').slice(0, 2).join('.'),
    toolchains.node?.version.split('.')[0],
  ];
  const name = createHash('sha256')
    .update(JSON.stringify([root, ...versions]))
    .digest('hex')
    .slice(0, 16);
  const folder = path.join(dataFolder, 'environments', name);
  const environment = { python: path.join(folder, 'python'), npm: path.join(folder, 'npm') };
  for (const place of [environment.python, environment.npm, path.join(folder, 'empty')])
    mkdirSync(place, { recursive: true, mode: 0o700 });
  return environment;
}

export interface InstallRequest {
  readonly runner: SandboxRunner;
  readonly dataFolder: string;
  readonly toolchains: Toolchains;
  readonly environment: SideEnvironment;
  readonly proposal: Proposal;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

const limits = { wallMilliseconds: 600_000, diskBytes: 4 * 1024 ** 3, memoryBytes: 4 * 1024 ** 3 };

export async function installPackage(request: InstallRequest): Promise<void> {
  const { runner, dataFolder, toolchains, environment, proposal, emit, signal } = request;
  const target = environment[proposal.ecosystem];
  emit({ type: 'note', message: `installing ${proposal.package} for this run, outside the project` });
  const sandbox = await runner.open(
    {
      tree: path.join(path.dirname(target), 'empty'),
      dataFolder,
      network: 'registries',
      limits,
      readable: toolchains.readable,
      searchPath: toolchains.searchPath,
      writable: [target],
    },
    signal,
  );
  try {
    const [program, ...words] =
      proposal.ecosystem === 'python' ? pipWords(proposal, target) : npmWords(proposal, target);
    const result = await sandbox.run(
      { program: program!, arguments: words, environment: toolchains.environment },
      signal,
    );
    if (result.exit.kind === 'stopped') throw new TrowelError('cancelled', 'Stopped.');
    if (result.exit.kind !== 'exited' || result.exit.code !== 0)
      throw new TrowelError(
        'sandbox-failed',
        `${proposal.package} could not be installed: ${lastLines(result.errors || result.output)}`,
        {
          hint: 'Install it in the project yourself.',
        },
      );
  } finally {
    await sandbox.close();
  }
}

function pipWords({ package: name, range }: Proposal, target: string): string[] {
  const options = ['--no-input', '--disable-pip-version-check', '--prefer-binary', '--quiet', '--upgrade'];
  return [
    'python3',
    '-m',
    'pip',
    'install',
    ...options,
    '--target',
    target,
    `${name}${/^[<>=!~]/.test(range) ? range : ''}`,
  ];
}

/** Scripts of packages are not run: what needs to be built is installed by the project itself. */
function npmWords({ package: name, range }: Proposal, target: string): string[] {
  const options = [
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--ignore-scripts',
    '--no-save',
    '--loglevel=error',
  ];
  return ['npm', 'install', ...options, '--prefix', target, range === '' ? name : `${name}@${range}`];
}

const lastLines = (text: string): string => text.trim().split('\n').slice(-3).join(' ').slice(0, 400);
