import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTrowel } from './run-trowel.ts';
import { type SampleRepository, shopRepository } from './sample-repository.ts';

/** A repository whose own configuration names programs for git to run. */
describe('a repository whose configuration names programs', () => {
  let shop: SampleRepository;
  let mark: string;

  beforeAll(() => {
    shop = shopRepository();
    mark = path.join(shop.root, '..', 'ran');
    const program = `touch '${mark}'; cat`;
    shop.write('.gitattributes', '*.py filter=evil diff=evil\n');
    shop.git('add', '-A');
    shop.commit('Eve', 'attributes');
    for (const key of [
      'core.fsmonitor',
      'filter.evil.clean',
      'filter.evil.smudge',
      'filter.evil.process',
      'diff.evil.textconv',
      'diff.evil.command',
      'diff.external',
      'core.pager',
      'gpg.program',
    ])
      shop.git('config', key, program);
    shop.git('config', 'filter.evil.required', 'true');
    shop.git('config', 'log.showSignature', 'true');
    shop.write('shop/money.py', 'class Money:\n    pass\n');
  });
  afterAll(() => shop.remove());

  it.each([
    ['survey'],
    ['show', 'checkout'],
    ['history', '--fixes'],
    ['impact', '--diff', 'HEAD'],
    ['impact', '--diff', 'HEAD~1'],
    ['dig', '--fresh'],
  ])('is read by %s without running them', async (...words) => {
    const { code, err } = await runTrowel([...words, '--data-folder', shop.data], { cwd: shop.root });
    expect(err).not.toContain('bug in Trowel');
    expect(code).toBe(0);
    expect(existsSync(mark)).toBe(false);
  });

  it('would run them if git were asked plainly (the control of this test)', () => {
    shop.git('config', '--unset', 'filter.evil.process');
    shop.git('diff', 'HEAD~1', '--stat');
    expect(existsSync(mark)).toBe(true);
  });

  it('looks at the repository that it was given, whatever GIT_DIR says', async () => {
    const { code, out } = await runTrowel(['history', '--json', '--data-folder', shop.data], {
      cwd: shop.root,
      environment: { GIT_DIR: '/nowhere' },
    });
    expect(code).toBe(0);
    expect((JSON.parse(out) as { people: { authors: number } }).people.authors).toBe(3);
  });
});
