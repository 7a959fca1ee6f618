import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'jsonc-parser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installClient } from './install-client.ts';
import { type ClientPlaces, clientSettings, type McpClient, mcpClients, type SettingsScope } from './mcp-clients.ts';

let folder: string;
let places: ClientPlaces;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'trowel-clients-'));
  places = {
    root: path.join(folder, 'repository'),
    home: path.join(folder, 'home'),
    platform: 'linux',
    environment: {},
  };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const command = ['trowel', 'mcp'];
const settingsOf = (client: McpClient, scope: SettingsScope = 'project') =>
  clientSettings(client, scope, command, places);

function put(client: McpClient, text: string, scope: SettingsScope = 'project'): string {
  const { file } = settingsOf(client, scope);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}

describe('installing into a client', () => {
  it.each([
    ['claude-code', 'repository/.mcp.json', 'home/.claude.json'],
    ['cursor', 'repository/.cursor/mcp.json', 'home/.cursor/mcp.json'],
    ['vscode', 'repository/.vscode/mcp.json', 'home/.config/Code/User/mcp.json'],
    ['codex', 'repository/.codex/config.toml', 'home/.codex/config.toml'],
    ['zed', 'repository/.zed/settings.json', 'home/.config/zed/settings.json'],
  ] as const)('%s: %s and %s', (client, project, user) => {
    expect(path.relative(folder, settingsOf(client).file)).toBe(project);
    expect(path.relative(folder, settingsOf(client, 'user').file)).toBe(user);
  });

  it.each(mcpClients)('%s: tells first, writes when confirmed, and then has nothing to do', (client) => {
    const settings = settingsOf(client);
    const told = installClient(settings, false);
    expect(told).toMatchObject({ written: false, backup: undefined });
    expect(told.change.join('\n')).toMatch(/^\+ .*trowel/m);
    expect(existsSync(settings.file)).toBe(false);
    expect(installClient(settings, true)).toMatchObject({ written: true, backup: undefined });
    const text = readFileSync(settings.file, 'utf8');
    if (settings.format === 'json') expect(parse(text)).toEqual({ [settings.keys[0]!]: { trowel: settings.entry } });
    else expect(text).toBe('[mcp_servers.trowel]\ncommand = "trowel"\nargs = ["mcp"]\n');
    expect(installClient(settings, true)).toEqual({
      file: settings.file,
      change: [],
      written: false,
      backup: undefined,
    });
  });

  it('keeps comments, order, indentation and trailing commas of JSON', () => {
    const before =
      '// mine\n{\n    "theme": "dark", // night\n    "context_servers": {\n        /* other */\n        "other": { "command": "x" },\n    },\n}\n';
    const file = put('zed', before);
    const { change, backup } = installClient(settingsOf('zed'), true);
    const after = readFileSync(file, 'utf8');
    for (const kept of ['// mine\n', '"theme": "dark", // night\n', '/* other */', '"other": { "command": "x" }'])
      expect(after).toContain(kept);
    expect(parse(after)).toMatchObject({
      theme: 'dark',
      context_servers: { other: { command: 'x' }, trowel: { command: 'trowel' } },
    });
    expect(change.filter((line) => line.startsWith('- ')).length).toBeLessThanOrEqual(1);
    expect(readFileSync(backup!, 'utf8')).toBe(before);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('replaces its own entry and no other, in JSON and in TOML', () => {
    const json = put('cursor', '{"mcpServers": {"trowel": {"command": "old"}, "b": {"url": "u"}}}');
    installClient(settingsOf('cursor'), true);
    expect(parse(readFileSync(json, 'utf8'))).toEqual({
      mcpServers: { trowel: { command: 'trowel', args: ['mcp'] }, b: { url: 'u' } },
    });
    const toml = put(
      'codex',
      'model = "m" # mine\n\n[mcp_servers.trowel]\ncommand = "old"\nenv = { A = "1" }\n\n# the next\n[mcp_servers.b]\nurl = "u"\n',
    );
    installClient(settingsOf('codex'), true);
    expect(readFileSync(toml, 'utf8')).toBe(
      'model = "m" # mine\n\n[mcp_servers.trowel]\ncommand = "trowel"\nargs = ["mcp"]\n\n# the next\n[mcp_servers.b]\nurl = "u"\n',
    );
  });

  it('appends to TOML without a line end, and with the line ends that it has', () => {
    const file = put('codex', 'model = "m"\r\n[x]\r\na = 1');
    installClient(settingsOf('codex'), true);
    expect(readFileSync(file, 'utf8')).toBe(
      'model = "m"\r\n[x]\r\na = 1\r\n\r\n[mcp_servers.trowel]\r\ncommand = "trowel"\r\nargs = ["mcp"]\r\n',
    );
  });

  it.each([
    ['cursor', '{"mcpServers": '],
    ['cursor', '[1]'],
    ['codex', 'mcp_servers = { trowel = { command = "x" } }\n'],
    ['codex', '[mcp_servers]\ntrowel.command = "x"\n'],
  ] as const)('changes nothing in what it cannot edit: %s %s', (client, text) => {
    const file = put(client, text);
    expect(() => installClient(settingsOf(client), true)).toThrow(expect.objectContaining({ code: 'config-invalid' }));
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('does not let a repository lead the change out of itself', () => {
    const outside = path.join(folder, 'outside');
    mkdirSync(outside);
    mkdirSync(places.root);
    symlinkSync(outside, path.join(places.root, '.cursor'));
    expect(() => installClient(settingsOf('cursor'), true, places.root)).toThrow(/leads out of the repository/);
    expect(existsSync(path.join(outside, 'mcp.json'))).toBe(false);
    expect(installClient(settingsOf('vscode'), true, places.root).written).toBe(true);
  });

  it('follows a link to the file that it stands for, and never overwrites a backup', () => {
    const real = path.join(folder, 'dotfiles.json');
    writeFileSync(real, '{}\n');
    const { file } = settingsOf('cursor', 'user');
    mkdirSync(path.dirname(file), { recursive: true });
    symlinkSync(real, file);
    writeFileSync(`${real}.before-trowel`, 'older');
    const { backup } = installClient(settingsOf('cursor', 'user'), true);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(parse(readFileSync(real, 'utf8'))).toHaveProperty('mcpServers.trowel');
    expect(backup).toBe(`${real}.before-trowel-2`);
    expect(readFileSync(`${real}.before-trowel`, 'utf8')).toBe('older');
  });
});
