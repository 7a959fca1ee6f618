import { DatabaseSync } from 'node:sqlite';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTrowel } from './run-trowel.ts';

let root: string;
let environment: Record<string, string>;
beforeAll(() => {
  const scratch = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'trowel-models-')));
  root = path.join(scratch, 'project');
  environment = { TROWEL_DATA: path.join(scratch, 'data') };
  mkdirSync(root);
  writeFileSync(path.join(root, 'trowel.config.json'), '{}');
  const pairs = [
    'frobnicate/gizmo',
    'embiggen/widget',
    'cromulate/sprocket',
    'transmogrify/doohickey',
    'perambulate/gasket',
  ];
  for (let file = 0; file < 40; file++) {
    const functions = pairs.map((pair, i) => {
      const [asked, used] = pair.split('/') as [string, string];
      return `/** Will ${asked} the thing of a machine. */\nexport function part${file}x${i}(input) {\n  const ${used} = input.${used};\n  return ${used}.turn(${used}, input.speed);\n}\n`;
    });
    writeFileSync(path.join(root, `part${file}.js`), functions.join('\n'));
  }
});
afterAll(() => rmSync(path.dirname(root), { recursive: true, force: true }));

const run = async (
  ...words: string[]
): Promise<{ code: number | null; output: Record<string, unknown>; err: string }> => {
  const { code, out, err } = await runTrowel([...words, '--json'], { cwd: root, environment });
  return { code, output: out === '' ? {} : (JSON.parse(out) as Record<string, unknown>), err };
};

/** What the tree's index says of its vectors. */
function vectorsMadeBy(): string {
  const indexes = path.join(environment['TROWEL_DATA']!, 'indexes');
  const [folder] = readdirSync(indexes).filter((name) => name.startsWith('project-'));
  const index = new DatabaseSync(path.join(indexes, folder!, 'index.db'), { readOnly: true });
  try {
    return index.prepare("SELECT value FROM meta WHERE key = 'searchModel'").get()!['value'] as string;
  } finally {
    index.close();
  }
}

describe('trowel train and models', () => {
  it('adapts the model, uses it here, and goes back', async () => {
    const trained = await run('train', '--adapt', '--learning-rate', '0.01', '--epochs', '30');
    expect(trained.code, trained.err).toBe(0);
    const { model, before, after, base } = trained.output as {
      model: string;
      base: string;
      before: { nDCG: number };
      after: { nDCG: number };
    };
    expect(model).toMatch(/^adapted-[0-9a-f]{12}$/);
    expect(base).toMatch(/^trowel-code-/);
    expect(after.nDCG).toBeGreaterThan(before.nDCG);
    expect(trained.output['chosenFor']).toEqual([root]);
    expect((await run('find', 'cromulate')).code).toBe(0);
    expect(vectorsMadeBy()).toBe(`${model}=${model}`);

    const listed = await run('models');
    expect(listed.output).toMatchObject({
      chosen: model,
      models: [
        { id: base, shipped: true },
        { id: model, shipped: false },
      ],
      damaged: [],
    });
    expect((await run('models', 'choose', 'default')).output).toMatchObject({ chosen: 'default' });
    expect((await run('find', 'cromulate')).code).toBe(0);
    expect(vectorsMadeBy()).toBe(`default=${base}`);
    expect((await run('models', 'choose', model)).output).toMatchObject({ chosen: model });
    expect((await run('models', 'show', model)).output).toMatchObject({ models: [{ origin: { base } }] });

    writeFileSync(path.join(environment['TROWEL_DATA']!, 'models', 'adapted-000000000000.model'), 'broken');
    expect((await run('models')).output).toMatchObject({
      damaged: [expect.stringContaining('no usable model') as unknown],
    });

    expect((await run('models', 'remove', model)).output).toMatchObject({ chosen: 'default', removed: model });
    const again = await run('models', 'remove', model);
    expect(again.code).toBe(2);
    expect(again.err + JSON.stringify(again.output)).toContain('model-unknown');
  }, 120_000);

  it('refuses unknown models, and what is too small to learn from', async () => {
    for (const words of [
      ['choose', 'nothing'],
      ['choose', 'ollama:x'],
      ['show', '../x'],
      ['remove', 'default'],
      ['choose'],
    ])
      expect((await run('models', ...words)).code, words.join(' ')).toBe(2);
    const small = path.join(path.dirname(root), 'small');
    mkdirSync(small);
    writeFileSync(path.join(small, 'trowel.config.json'), '{}');
    writeFileSync(path.join(small, 'a.js'), 'function one() { return two(); }\n');
    const refused = await run('train', small);
    expect(refused.code).toBe(2);
    expect(refused.err + JSON.stringify(refused.output)).toContain('too little to learn from');
  }, 60_000);
});
