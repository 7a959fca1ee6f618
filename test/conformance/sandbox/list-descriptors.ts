/** A program that inherited descriptor 200: what it holds itself, and what a command in its sandbox does. */
import { readlinkSync } from 'node:fs';
import { loadRunner } from '#sandbox/registry.ts';

const [name, tree, dataFolder] = process.argv.slice(2) as [string, string, string];
const sandbox = await (await loadRunner(name)).open({ tree, dataFolder });
const { output } = await sandbox.run({ program: 'ls', arguments: ['-l', '/proc/self/fd'] });
await sandbox.close();
process.stdout.write(JSON.stringify({ inherited: readlinkSync('/proc/self/fd/200'), seen: output }));
