/** Templates of what Trowel has many of. What is laid down passes the checks; it says where to go on. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findLanguage } from '../../src/languages/catalogue.ts';

export interface Laid {
  /** What was written or changed. */
  readonly files: readonly string[];
  readonly error?: string;
}

interface Plan {
  readonly files: Readonly<Record<string, string>>;
  readonly registry: { readonly file: string; readonly line: string; readonly before: RegExp };
}

const camelCase = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

export function layNew(root: string, kind: string | undefined, name: string | undefined): Laid {
  if ((kind !== 'operation' && kind !== 'language') || name === undefined)
    return { files: [], error: 'usage: npm run new <operation|language> <name>' };
  if (!/^[a-z][a-z0-9-]*$/.test(name)) return { files: [], error: `${name}: names are kebab-case` };
  const plan = kind === 'operation' ? operationPlan(name) : languagePlan(name);
  if (typeof plan === 'string') return { files: [], error: plan };
  const taken = Object.keys(plan.files).find((file) => existsSync(path.join(root, file)));
  if (taken !== undefined) return { files: [], error: `${taken} is there already` };
  const registryFile = path.join(root, plan.registry.file);
  const registry = readFileSync(registryFile, 'utf8');
  const place = plan.registry.before.exec(registry);
  if (!place) return { files: [], error: `${plan.registry.file} has no place for the new line` };
  for (const [file, text] of Object.entries(plan.files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  writeFileSync(registryFile, `${registry.slice(0, place.index)}${plan.registry.line}\n${registry.slice(place.index)}`);
  return { files: [...Object.keys(plan.files), plan.registry.file] };
}

/** The end of the registry's list. */
const closingBrace = /^\};$/m;
const keyOf = (name: string): string => (name.includes('-') ? `'${name}'` : name);

function operationPlan(name: string): Plan {
  const output = `${camelCase(name[0]!.toUpperCase() + name.slice(1))}Output`;
  return {
    files: {
      [`src/operations/${name}.ts`]: `import { z } from 'zod';
import { defineOperation } from './operation.ts';
import { openTree } from './open-tree.ts';

const input = z.object({
  path: z.string().optional().describe('A folder or a git URL; default: the repository where you are.'),
});

export interface ${output} {
  readonly root: string;
  readonly files: number;
}

export const operation = defineOperation<typeof input, ${output}>({
  name: '${name}',
  group: 'understand',
  summary: 'Count the files of a tree.',
  effect: 'read',
  input,
  positional: ['path'],
  examples: [{ command: 'trowel ${name}', explains: 'The repository where you are.' }],
  async run({ path }, context) {
    const { snapshot, root } = await openTree(context, path);
    try {
      return { root, files: snapshot.fileCount };
    } finally {
      snapshot.close();
    }
  },
  render: ({ root, files }) => \`\${files} files in \${root}\`,
});
`,
      [`test/e2e/${name}.test.ts`]: `import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runTrowel } from './run-trowel.ts';

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'trowel-${name}-'));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

describe('trowel ${name}', () => {
  it('counts the files of a tree', async () => {
    writeFileSync(path.join(scratch, 'a.py'), 'def a():\\n    return 1\\n');
    const { code, out } = await runTrowel(['${name}', scratch, '--json', '--data-folder', path.join(scratch, '.data')]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ files: 1 });
  });
});
`,
    },
    registry: {
      file: 'src/operations/registry.ts',
      line: `  ${keyOf(name)}: () => import('./${name}.ts'),`,
      before: closingBrace,
    },
  };
}

function languagePlan(name: string): Plan | string {
  const language = findLanguage(name);
  if (!language) return `${name} is not in src/languages/language-list.ts: add it there first`;
  if (language.grammar === undefined)
    return `${name} has no grammar in src/languages/grammars.ts; without one, see src/languages/lexical/`;
  const extension = language.extensions[0] ?? name;
  const variable = camelCase(name);
  return {
    files: {
      [`src/languages/${name}/${name}.ts`]: `import type { LanguageSpec } from '../declarative/language-spec.ts';

/** ${language.name}: node types of the grammar on the left, what they mean on the right. */
export const ${variable}: LanguageSpec = {
  language: '${name}',
  grammar: '${language.grammar}',
  level: 'names',
  comments: ['comment'],
  symbols: {},
};
`,
      [`src/languages/${name}/${name}.test.ts`]: `import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadExtractor } from '../registry.ts';

describe('${language.name}', () => {
  it('reads its sample whole', async () => {
    const text = readFileSync(path.join(import.meta.dirname, '../../../test/fixtures/languages/${name}/sample.${extension}'), 'utf8');
    const extractor = await loadExtractor('${name}');
    await extractor?.prepare('${name}');
    const facts = extractor?.extract({ text, language: '${name}', declarations: false });
    expect(facts).toMatchObject({ level: 'names', partial: false });
  });
});
`,
      [`test/fixtures/languages/${name}/sample.${extension}`]: '',
    },
    registry: {
      file: 'src/languages/registry.ts',
      line: `  ${keyOf(name)}: () => declarative(async () => (await import('./${name}/${name}.ts')).${variable}),`,
      before: closingBrace,
    },
  };
}
