/** Call edges against scip-typescript on packages that ship their sources: `sh scripts/node.sh bench/agreement/edges-typescript.ts [package …]`. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openCallPlaces } from './call-places.ts';
import { compareEdges } from './edge-comparison.ts';
import { type ComparedPackage, edgeReport } from './edge-report.ts';
import { fetchPackage, type Package, shell } from './packages.ts';
import { heading, publish } from './results.ts';
import { readScip } from './scip-index.ts';
import { scipReading } from './scip-reading.ts';

const packages: readonly Package[] = [
  { registry: 'npm', name: 'rxjs', version: '7.8.1' },
  { registry: 'npm', name: 'mobx', version: '6.13.1' },
  { registry: 'npm', name: '@tanstack/query-core', version: '5.56.2' },
  { registry: 'npm', name: 'immer', version: '10.1.1' },
];
const indexer = path.resolve(import.meta.dirname, '../../node_modules/@sourcegraph/scip-typescript/dist/src/main.js');
const only = process.argv.slice(2);
const compared: ComparedPackage[] = [];
let tool = 'scip-typescript';

for (const wanted of packages) {
  if (only.length > 0 && !only.includes(wanted.name)) continue;
  const fetched = fetchPackage(wanted);
  if (!fetched) continue;
  const scratch = mkdtempSync(path.join(tmpdir(), 'trowel-agreement-'));
  try {
    // The sources alone: what is built from them would be a second definition of everything.
    const root = path.join(scratch, 'tree');
    cpSync(path.join(fetched.root, 'src'), path.join(root, 'src'), { recursive: true });
    cpSync(path.join(fetched.root, 'package.json'), path.join(root, 'package.json'));
    writeFileSync(
      path.join(root, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          target: 'es2022',
          module: 'esnext',
          moduleResolution: 'bundler',
          strict: true,
          allowJs: false,
          noEmit: true,
          allowImportingTsExtensions: true,
          experimentalDecorators: true,
          lib: ['es2022', 'dom', 'dom.iterable', 'esnext.disposable'],
        },
        include: ['src'],
      }),
    );
    shell(
      `'${process.execPath}' --max-old-space-size=6000 '${indexer}' index --no-progress-bar --output '${scratch}/index.scip' >/dev/null`,
      root,
    );
    if (!existsSync(path.join(scratch, 'index.scip'))) continue;
    const scip = readScip(path.join(scratch, 'index.scip'));
    tool = scip.tool;
    const ours = await openCallPlaces(root, path.join(scratch, 'data'));
    compared.push({
      label: fetched.label,
      files: scip.uses.size,
      comparison: compareEdges(scip, ours, (file) => readFileSync(path.join(root, file), 'utf8')),
    });
    ours.close();
    console.error(`${fetched.label}: ${scip.uses.size} files`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
publish(
  'agreement-edges-typescript',
  [heading('Call edges against scip-typescript', [tool]), edgeReport(compared, 'SCIP', scipReading)].join('\n\n'),
  only.length === 0,
);
