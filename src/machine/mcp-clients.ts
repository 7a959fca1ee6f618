/** Where programs that speak MCP keep the list of their servers, and how it is written there. Checked in their documentation. */
import path from 'node:path';

export const mcpClients = ['claude-code', 'cursor', 'vscode', 'codex', 'zed'] as const;
export type McpClient = (typeof mcpClients)[number];
export type SettingsScope = 'project' | 'user';

export interface ClientSettings {
  readonly file: string;
  readonly format: 'json' | 'toml';
  /** Keys down to the entry of this server. */
  readonly keys: readonly string[];
  readonly entry: Readonly<Record<string, unknown>>;
}

export interface ClientPlaces {
  /** Of the repository. */
  readonly root: string;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const NAME = 'trowel';

export function clientSettings(
  client: McpClient,
  scope: SettingsScope,
  command: readonly string[],
  { root, home, platform, environment }: ClientPlaces,
): ClientSettings {
  const [program = NAME, ...args] = command;
  const base = scope === 'project' ? root : home;
  const configuration = environment['XDG_CONFIG_HOME'] || path.join(home, '.config');
  const plain = { command: program, args };
  const typed = { type: 'stdio', ...plain };
  switch (client) {
    case 'claude-code':
      return json(path.join(base, scope === 'project' ? '.mcp.json' : '.claude.json'), 'mcpServers', typed);
    case 'cursor':
      return json(path.join(base, '.cursor', 'mcp.json'), 'mcpServers', plain);
    case 'vscode': {
      const user =
        platform === 'darwin'
          ? path.join(home, 'Library', 'Application Support', 'Code', 'User', 'mcp.json')
          : path.join(configuration, 'Code', 'User', 'mcp.json');
      return json(scope === 'project' ? path.join(root, '.vscode', 'mcp.json') : user, 'servers', typed);
    }
    case 'zed': {
      const user = path.join(
        platform === 'darwin' ? path.join(home, '.config') : configuration,
        'zed',
        'settings.json',
      );
      return json(scope === 'project' ? path.join(root, '.zed', 'settings.json') : user, 'context_servers', plain);
    }
    case 'codex': {
      const folder =
        scope === 'user' ? environment['CODEX_HOME'] || path.join(home, '.codex') : path.join(root, '.codex');
      return { file: path.join(folder, 'config.toml'), format: 'toml', keys: ['mcp_servers', NAME], entry: plain };
    }
  }
}

function json(file: string, key: string, entry: Readonly<Record<string, unknown>>): ClientSettings {
  return { file, format: 'json', keys: [key, NAME], entry };
}
