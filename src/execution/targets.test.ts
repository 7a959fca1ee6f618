import { describe, expect, it } from 'vitest';
import { readDeclarations } from '#ecosystems/registry.ts';
import { chooseCommand } from './choose-command.ts';
import { targetsOf } from './targets.ts';

const texts: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    name: 'demo',
    packageManager: 'pnpm@9.0.0',
    bin: { demo: 'bin/demo.js' },
    scripts: { build: 'tsc', lint: 'eslint .' },
    main: 'index.js',
  }),
  'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
  'packages/a/package.json': JSON.stringify({ name: 'a', scripts: { build: 'vite build' } }),
  'bin/demo.js': '',
  'index.js': '',
  'pyproject.toml': '[project]\nname = "tool"\nversion = "1"\n[project.scripts]\ntool = "tool.cli:main"\n',
  'src/tool/__init__.py': '',
  'src/tool/cli.py': 'def main():\n    pass\n',
  'src/tool/__main__.py': 'from .cli import main\nmain()\n',
  'manage.py': "import sys\nif __name__ == '__main__':\n    pass\n",
  'plain.py': 'x = 1\n',
  'run.sh': 'echo\n',
};
const files = Object.keys(texts);
const text = (file: string): string | undefined => texts[file];
const targets = targetsOf({ packages: await readDeclarations(files, text), files, text });
const choose = (words: string[], scope = '') => chooseCommand({ words, targets, files: new Set(files), scope });

describe('what can be run', () => {
  it('is found in manifests and sources', () => {
    const names = targets.map(({ kind, name, folder }) => `${kind} ${name} ${folder}`.trim());
    expect(names).toEqual(
      expect.arrayContaining([
        'script build',
        'script build packages/a',
        'program demo',
        'program tool',
        'module tool src',
        'file manage.py',
      ]),
    );
    expect(names.join()).not.toContain('plain.py');
  });

  it('is chosen by name, nearest package first', () => {
    expect(choose(['build'])).toMatchObject({ program: 'pnpm', arguments: ['run', 'build'], folder: '' });
    expect(choose(['build'], 'packages/a')).toMatchObject({ folder: 'packages/a' });
    expect(choose(['lint'], 'packages/a')).toMatchObject({ folder: '' });
    expect(choose(['demo', '--x'])).toMatchObject({ program: 'node', arguments: ['bin/demo.js', '--x'] });
    expect(choose(['manage.py', 'check'])).toMatchObject({ program: 'python3', arguments: ['manage.py', 'check'] });
    expect(choose(['./run.sh'])).toMatchObject({ program: 'sh', arguments: ['run.sh'] });
  });

  it('or is any command', () => {
    expect(choose(['pytest', '-x'])).toMatchObject({ program: 'pytest', arguments: ['-x'] });
    expect(choose(['ls | wc -l'])).toMatchObject({ program: 'sh', arguments: ['-c', 'ls | wc -l'] });
    expect(() => choose(['mange.py'])).toThrow(expect.objectContaining({ hint: 'Did you mean manage.py?' }) as Error);
    expect(() => choose([])).toThrow('Name a command');
  });
});
