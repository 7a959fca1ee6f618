/** A program that starts commands in a sandbox without end, to be killed. Says a line when the sandbox is open. */
import type { RunnerSettings } from '#sandbox/registry.ts';
import { loadRunner } from '#sandbox/registry.ts';

const [name, tree, dataFolder, mark, settings] = process.argv.slice(2) as [string, string, string, string, string];
const runner = await loadRunner(name, JSON.parse(settings) as RunnerSettings);
const sandbox = await runner.open({ tree, dataFolder });
process.stdout.write('open\n');
for (;;) {
  const starting = Array.from({ length: 4 }, () =>
    sandbox.start({ program: 'sh', arguments: ['-c', `trap "" TERM HUP; sleep 300; echo ${mark}`] }),
  );
  await Promise.all(starting);
  await new Promise((resolve) => setTimeout(resolve, 20));
}
