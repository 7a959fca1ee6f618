import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { type ClientPlaces, clientSettings, mcpClients } from '../../src/machine/mcp-clients.ts';
import { projectRoot } from './run-trowel.ts';

it('gives in the README what --install writes', () => {
  const readme = readFileSync(path.join(projectRoot, 'README.md'), 'utf8');
  const places: ClientPlaces = { root: '/r', home: '/h', platform: 'linux', environment: {} };
  for (const client of mcpClients) {
    const { file, format, keys, entry } = clientSettings(client, 'project', ['trowel', 'mcp'], places);
    const row = readme.split('\n').find((line) => line.includes(`\`${path.relative('/r', file)}\``));
    expect(row, client).toBeDefined();
    if (format === 'json') {
      const snippet = /`(\{.*\})`/.exec(row!)![1]!;
      expect(JSON.parse(snippet)).toEqual({ [keys[0]!]: { [keys[1]!]: entry } });
    } else expect(row).toContain(`[${keys.join('.')}]`);
  }
});
