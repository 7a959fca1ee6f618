/** A dig in a process of its own, for tests that end it. Arguments: tree, data folder, `fresh` or nothing. */
import { openWorkspace } from '../../src/workspace/open-workspace.ts';
import { testConfig } from '../incremental/tree-fixture.ts';

const [root, dataFolder, fresh] = process.argv.slice(2);
const { snapshot } = await openWorkspace({
  path: root,
  workingFolder: root!,
  dataFolder: dataFolder!,
  environment: {},
  configFor: () => testConfig,
  rebuild: fresh === 'fresh',
  patience: Infinity,
});
process.stdout.write(`${snapshot.freshness.revision}\n`);
snapshot.close();
