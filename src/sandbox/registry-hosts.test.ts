import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { registryHosts } from './registry-hosts.ts';

const home = mkdtempSync(path.join(os.tmpdir(), 'trowel-registries-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('knows the public registries', () => {
  const { allowed } = registryHosts({}, home);
  for (const host of ['registry.npmjs.org:443', 'pypi.org:443', 'files.pythonhosted.org:443'])
    expect(allowed.has(host), host).toBe(true);
  expect(allowed.has('pypi.org:80')).toBe(false);
  expect(allowed.has('example.com:443')).toBe(false);
});

it('and those of the user’s settings, without passwords', () => {
  writeFileSync(
    path.join(home, '.npmrc'),
    'registry=https://me:secret@npm.example.com/all/\n@team:registry = http://10.0.0.5:4873\n//npm.example.com/:_authToken=abc\n',
  );
  mkdirSync(path.join(home, '.config/pip'), { recursive: true });
  writeFileSync(
    path.join(home, '.config/pip/pip.conf'),
    '[global]\nindex-url = https://u:p@py.example.com/simple\nextra-index-url = https://one.example.com/simple\n  https://two.example.com:8443/simple\n',
  );
  const { allowed, environment } = registryHosts({}, home);
  for (const host of [
    'npm.example.com:443',
    '10.0.0.5:4873',
    'py.example.com:443',
    'one.example.com:443',
    'two.example.com:8443',
  ])
    expect(allowed.has(host), host).toBe(true);
  expect(environment).toMatchObject({
    npm_config_registry: 'https://npm.example.com/all/',
    PIP_INDEX_URL: 'https://py.example.com/simple',
  });
  expect(JSON.stringify(environment)).not.toMatch(/secret|u:p|abc/);
});
