import * as z from 'zod';
import { TrowelError } from '#base/errors.ts';
import { chooseCommand } from '#execution/choose-command.ts';
import { refusalOf } from '#execution/command-policy.ts';
import { prepareRun } from '#execution/prepare-run.ts';
import { runInProject } from '#execution/run-in-project.ts';
import type { RunOutput } from '#execution/run-output.ts';
import { runForTerminal } from '#report/run-terminal.ts';
import { readAuditLog, writeAuditEntry } from '#sandbox/audit-log.ts';
import { chooseRunner } from '#sandbox/registry.ts';
import { locateTree } from '#workspace/locate-tree.ts';
import { defineOperation } from './operation.ts';

const input = z.object({
  command: z
    .array(z.string())
    .default([])
    .describe(
      'A script or program of the project, a file of it, or any command with its words; behind -- if these begin with a dash.',
    ),
  path: z.string().optional().describe('A folder of the project; default: where you are.'),
  timeout: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('Seconds that it may take; default: the setting sandbox.timeout.'),
  memory: z.number().int().min(64).optional().describe('MiB that it may use; default: the setting sandbox.memory.'),
  network: z
    .enum(['none', 'registries'])
    .default('none')
    .describe('What it may reach: nothing, or the package registries alone.'),
  install: z
    .boolean()
    .default(false)
    .describe('Install a package that turns out to be missing, outside your project, and try again.'),
  unsafe: z
    .boolean()
    .default(false)
    .describe('Run it without protection, in a copy of the tree: only code that you trust.'),
  log: z.boolean().default(false).describe('Show the commands that were run last.'),
});

const MEBIBYTE = 1024 ** 2;
const LOGGED = 50;

export const operation = defineOperation<typeof input, RunOutput>({
  name: 'run',
  group: 'prove',
  summary: 'Run a command of a project in a sandbox, and say why it failed.',
  effect: 'execute',
  input,
  positional: ['command'],
  examples: [
    { command: 'trowel run', explains: 'What the project offers: scripts, programs, files with a main part.' },
    { command: 'trowel run build', explains: 'A script of package.json.' },
    { command: 'trowel run -- python3 -m pytest -x', explains: 'Any command; the tree is a copy-on-write one.' },
    { command: 'trowel run main.py --install', explains: 'Missing packages are checked and installed aside.' },
    { command: 'trowel run --log', explains: 'What was run, and how it ended.' },
  ],
  async run(given, { services, emit, signal }) {
    const { root, scope } = locateTree(services.workingFolder, given.path);
    const dataFolder = services.folders.data;
    if (given.log) return { status: 'log', entries: readAuditLog(dataFolder, LOGGED) };
    const prepared = await prepareRun({ root, scope, environment: services.environment });
    const { node, python } = prepared.toolchains;
    if (given.command.length === 0) {
      return {
        status: 'targets',
        root,
        projects: prepared.packages.map(({ ecosystem, folder, name, packageManager, tools, workspace }) => ({
          ecosystem,
          folder,
          name,
          packageManager,
          tools,
          workspace,
        })),
        toolchains: [
          ...(node ? [{ language: 'Node', version: node.version, because: node.because }] : []),
          ...(python ? [{ language: 'Python', version: python.version, because: python.because }] : []),
        ],
        targets: prepared.targets,
      };
    }
    const settings = services.configFor(root).values.sandbox;
    const command = chooseCommand({ words: given.command, targets: prepared.targets, files: prepared.files, scope });
    const words = [command.program, ...command.arguments];
    const reason = refusalOf(words, settings) ?? refusalOf(given.command, { ...settings, allow: [] });
    if (reason !== undefined) {
      writeAuditEntry(dataFolder, {
        time: new Date(services.clock.now()).toISOString(),
        tree: root,
        runner: 'none',
        network: given.network,
        program: command.program,
        arguments: command.arguments,
        end: { kind: 'refused', reason },
        milliseconds: 0,
      });
      return { status: 'refused', command: words, reason };
    }
    if (given.unsafe && (given.network === 'registries' || given.install))
      throw new TrowelError(
        'usage',
        'Without protection the network cannot be limited: leave --network and --install out.',
      );
    const runner = await chooseRunner(given.unsafe ? 'unprotected' : settings.runner, {
      environment: services.environment,
      image: settings.image,
    });
    return runInProject({
      runner,
      root,
      dataFolder,
      prepared,
      command,
      install: given.install,
      network: given.network,
      limits: {
        wallMilliseconds: (given.timeout ?? settings.timeout) * 1000,
        memoryBytes: (given.memory ?? settings.memory) * MEBIBYTE,
      },
      environment: services.environment,
      now: services.clock.now(),
      emit,
      signal,
    });
  },
  render: runForTerminal,
  exitCode: (output) => {
    if (output.status === 'refused') return 2;
    if (output.status !== 'ran') return 0;
    return output.exit.kind === 'exited' && output.exit.code === 0 ? 0 : 1;
  },
});
