import { homedir } from 'node:os';
import { z } from 'zod';
import { TrowelError } from '#base/errors.ts';
import { printable } from '#base/paint.ts';
import type { InstallReport } from '#machine/install-client.ts';
import { clientSettings, mcpClients } from '#machine/mcp-clients.ts';
import { locateTree } from '#workspace/locate-tree.ts';
import type { OpenedWorkspace } from '#workspace/open-workspace.ts';
import { ServedFolders } from '#workspace/served-folders.ts';
import { defineOperation, type OperationContext } from './operation.ts';
import type { ModelHttp, ModelServing, Services } from './services.ts';

const input = z.object({
  folders: z
    .array(z.string())
    .default([])
    .describe('The folders that are served, and nothing outside of them; default: the repository where you are.'),
  http: z.boolean().default(false).describe('Serve streamable HTTP instead of standard input and output.'),
  host: z
    .string()
    .default('127.0.0.1')
    .describe(
      'Where HTTP listens. Beyond this machine it needs a secret in the variable MCP_TOKEN, which clients send as a bearer token.',
    ),
  port: z.number().int().min(0).max(65_535).default(7331).describe('The port of HTTP; 0 for any that is free.'),
  allowedHost: z.array(z.string()).default([]).describe('A further name under which HTTP may be addressed.'),
  install: z
    .enum(mcpClients)
    .optional()
    .describe('Show what would be added to this client’s settings, instead of serving; --yes writes it.'),
  scope: z
    .enum(['project', 'user'])
    .default('project')
    .describe('Whose settings: those in the repository, or yours for every repository.'),
  yes: z.boolean().default(false).describe('Write what --install shows.'),
  command: z.string().default('trowel').describe('How the client starts Trowel: a name on its PATH, or a path.'),
  allowWrite: z.boolean().default(false).describe('Offer tools that write, too. Without it, all of them only read.'),
});

export type McpOutput =
  | { readonly status: 'served'; readonly folders: readonly string[] }
  | ({ readonly status: 'installed'; readonly client: string; readonly notes: readonly string[] } & InstallReport);

export const operation = defineOperation<typeof input, McpOutput>({
  name: 'mcp',
  group: 'run',
  summary: 'Serve the index to coding agents by the Model Context Protocol.',
  effect: 'read',
  input,
  positional: ['folders'],
  examples: [
    { command: 'trowel mcp', explains: 'On standard input and output, for a client that starts it.' },
    { command: 'trowel mcp --install cursor', explains: 'Show what Cursor’s settings need; with --yes, write it.' },
    { command: 'trowel mcp --http --port 7331', explains: 'On http://127.0.0.1:7331/mcp, for several clients.' },
  ],
  async run(given, { services, emit, signal }) {
    const { folders, http, host, port, allowedHost, allowWrite } = given;
    if (given.install !== undefined) return install(given, given.install, services);
    if (!services.serveModels) throw new TrowelError('unsupported', 'This program cannot serve models.');
    const served = new ServedFolders({
      folders,
      workingFolder: services.workingFolder,
      dataFolder: services.folders.data,
      environment: services.environment,
      configFor: (root) => services.configFor(root).values,
      emit,
    });
    const token = services.environment['MCP_TOKEN'];
    const listen: ModelHttp | undefined = http
      ? { host, port, token: token === '' ? undefined : token, allowedHosts: allowedHost }
      : undefined;
    try {
      await services.serveModels({
        ...servingOf(served, services),
        allowWrite,
        http: listen,
        emit,
        signal,
      });
    } finally {
      await served.close();
    }
    return { status: 'served', folders: served.folders };
  },
  render: (output) => (output.status === 'installed' ? installedText(output) : ''),
});

async function install(
  { scope, yes, command }: z.output<typeof input>,
  client: (typeof mcpClients)[number],
  { workingFolder, environment }: Services,
): Promise<McpOutput> {
  const { installClient, isOnPath } = await import('#machine/install-client.ts');
  const { root } = locateTree(workingFolder);
  const home = environment['HOME'] || homedir();
  const places = { root, home, platform: process.platform, environment };
  const settings = clientSettings(client, scope, [command, 'mcp'], places);
  const report = installClient(settings, yes, scope === 'project' ? root : undefined);
  const notes = isOnPath(command, environment)
    ? []
    : [`${command} is not on your PATH: the client may not find it. Name its place with --command.`];
  return { status: 'installed', client, notes, ...report };
}

function installedText({ file, change, written, backup, notes }: Extract<McpOutput, { status: 'installed' }>): string {
  if (change.length === 0) return `${printable(file)} has it already.\n`;
  const done = written
    ? `Written.${backup === undefined ? '' : ` The file as it was: ${printable(backup)}`}`
    : 'Nothing was written. Add --yes to write this.';
  return `${[printable(file), ...change.map(printable), '', ...notes.map(printable), done].join('\n')}\n`;
}

type FromFolders = Pick<ModelServing, 'services' | 'setRoots' | 'readFile' | 'completePath' | 'warmUp'>;

function servingOf(served: ServedFolders, services: Services): FromFolders {
  const open = (
    path: string | undefined,
    { emit, signal }: Pick<OperationContext, 'emit' | 'signal'>,
  ): Promise<OpenedWorkspace> => served.open(path, emit, signal);
  const never = new AbortController().signal;
  return {
    services: { ...services, openResident: open },
    setRoots: (roots) => served.setRoots(roots),
    async warmUp() {
      const { snapshot } = await served.open(undefined, () => {}, never);
      snapshot.close();
    },
    async readFile(path, signal) {
      const { snapshot } = await served.open(undefined, () => {}, signal);
      try {
        const file = snapshot.fileByPath(path);
        const text = file && snapshot.text(file.id);
        return file && text !== undefined ? { text, language: file.language } : undefined;
      } finally {
        snapshot.close();
      }
    },
    async completePath(start, limit) {
      const { snapshot } = await served.open(undefined, () => {}, never);
      try {
        return snapshot
          .files()
          .map(({ path }) => path)
          .filter((path) => path.startsWith(start))
          .slice(0, limit);
      } finally {
        snapshot.close();
      }
    },
  };
}
