import { afterAll, beforeAll, expect, it } from 'vitest';
import { factsSummariser } from '../../src/context/summaries/facts-summariser.ts';
import { Summaries } from '../../src/context/summaries/summaries.ts';
import { projectFiles } from '../incremental/projects.ts';
import { TreeFixture } from '../incremental/tree-fixture.ts';

let fixture: TreeFixture;
beforeAll(() => {
  fixture = new TreeFixture();
  fixture.become(new Map(projectFiles.map(({ path, versions }) => [path, versions[0]!])));
});
afterAll(() => fixture.dispose());

it('asks once for equal code, whatever its path and revision, and again after an edit', async () => {
  const asked: string[] = [];
  const summaries = new Summaries({
    id: 'test',
    summarise: (subject) => {
      asked.push(subject.name);
      return factsSummariser.summarise(subject);
    },
  });
  const ask = async (query: string): Promise<string> => {
    const { snapshot } = await fixture.open();
    try {
      return await summaries.of(snapshot, snapshot.resolve(query)[0]!);
    } finally {
      snapshot.close();
    }
  };
  expect(await ask('Base.save')).toBe('Save: calls check.');
  fixture.write('shop/models2.py', projectFiles[0]!.versions[0]!);
  expect(await ask('shop/models2.py#Base.save:method')).toBe('Save: calls check.');
  expect(asked).toEqual(['save']);
  fixture.write('shop/models.py', projectFiles[0]!.versions[1]!);
  expect(await ask('shop/models.py#Base.save:method')).toBe('Save: calls log, check.');
  expect(asked).toEqual(['save', 'save']);
});
