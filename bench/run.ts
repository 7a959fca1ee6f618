/**
 * `npm run bench [-- name …] [--runs N] [--trees a,b] [--without rival,…]`: measures, prints a table for each bench beside the
 * rivals, and writes both forms to bench/results/. What a bench needs is fetched into bench/data/ once.
 */
import { parseArgs } from 'node:util';
import type { Bench } from './bench.ts';
import { readEnvironment, isBusy } from './measure/environment.ts';
import { tableText, writeReport } from './measure/report.ts';
import { endStragglers, measuresMemory } from './measure/run-child.ts';
import { buildTrowel } from './trowel.ts';

/** Each is loaded when it is run. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  dig: async () => (await import('./dig.ts')).dig,
  go: async () => (await import('./dig.ts')).go,
  update: async () => (await import('./update.ts')).update,
  lookup: async () => (await import('./lookup.ts')).lookup,
  search: async () => (await import('./search.ts')).search,
  'search-speed': async () => (await import('./search-speed.ts')).searchSpeed,
  cold: async () => (await import('./cold.ts')).cold,
  growth: async () => (await import('./growth.ts')).growth,
  mutation: async () => (await import('./mutation.ts')).mutation,
  context: async () => (await import('./context.ts')).context,
  compress: async () => (await import('./compress.ts')).compress,
  profile: async () => (await import('./profile.ts')).profile,
  sandbox: async () => (await import('./sandbox.ts')).sandbox,
  judge: async () => (await import('./judge.ts')).judge,
  check: async () => (await import('./check.ts')).check,
  embed: async () => (await import('./embed.ts')).embed,
  'test-generation': async () => (await import('./test-generation.ts')).testGeneration,
  duplication: async () => (await import('./duplication.ts')).duplication,
  'dead-code': async () => (await import('./dead-code.ts')).deadCode,
  debt: async () => (await import('./debt.ts')).debt,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '3' },
    trees: { type: 'string' },
    without: { type: 'string', default: '' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const unknown = positionals.filter((name) => !(name in benches));
if (values.help || unknown.length > 0 || !(Number(values.runs) >= 1)) {
  console.error(
    `${unknown.length > 0 ? `no such bench: ${unknown.join(', ')}\n` : ''}npm run bench [-- name …] [--runs N] [--trees a,b] [--without rival,…]\nbenches: ${Object.keys(benches).join(', ')}`,
  );
  process.exit(values.help ? 0 : 2);
}

const say = (message: string): void => console.error(`bench: ${message}`);
process.on('exit', endStragglers);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

await buildTrowel();
if (!measuresMemory()) say('GNU time is absent: no peak memory and no processor time (Debian: apt-get install time).');
let failed = 0;
for (const name of positionals.length > 0 ? positionals : Object.keys(benches)) {
  const environment = readEnvironment();
  say(
    `${name}${isBusy(environment) ? `: the machine is busy (load ${environment.load}); the times will say little` : ''}`,
  );
  try {
    const result = await (
      await benches[name]!()
    )({
      runs: Math.floor(Number(values.runs)),
      trees: values.trees?.split(','),
      without: new Set(values.without.split(',').filter(Boolean)),
      say,
    });
    writeReport(name, environment, result);
    console.log(`\n${result.tables.map(tableText).join('\n\n')}\n`);
  } catch (error) {
    failed++;
    console.error(`bench: ${name} failed:`, error);
  } finally {
    endStragglers();
  }
}
process.exit(failed > 0 ? 1 : 0);
