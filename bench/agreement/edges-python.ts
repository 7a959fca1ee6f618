/** Call edges against scip-python on packages as they are installed: `sh scripts/node.sh bench/agreement/edges-python.ts [package …]`. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openCallPlaces } from './call-places.ts';
import { compareEdges } from './edge-comparison.ts';
import { type ComparedPackage, edgeReport } from './edge-report.ts';
import { dataFolder, fetchPackage, type Package, shell } from './packages.ts';
import { heading, publish } from './results.ts';
import { readScip } from './scip-index.ts';
import { scipReading } from './scip-reading.ts';

const VERSION = '0.6.6';
const packages: readonly (Package & { readonly within: string })[] = [
  { registry: 'pypi', name: 'flask', version: '3.0.3', within: 'flask' },
  { registry: 'pypi', name: 'requests', version: '2.32.3', within: 'requests' },
  { registry: 'pypi', name: 'click', version: '8.1.7', within: 'click' },

  { registry: 'pypi', name: 'Jinja2', version: '3.1.4', within: 'jinja2' },
];

function installIndexer(): string {
  const folder = path.join(dataFolder, 'tools');
  const program = path.join(folder, 'node_modules/@sourcegraph/scip-python/index.js');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
    shell(`npm install --no-audit --no-fund --silent --save-exact @sourcegraph/scip-python@${VERSION}`, folder);
  }
  return program;
}

const indexer = installIndexer();
const only = process.argv.slice(2);
const compared: ComparedPackage[] = [];
for (const wanted of packages) {
  if (only.length > 0 && !only.includes(wanted.name)) continue;
  const fetched = fetchPackage(wanted);
  if (!fetched) continue;
  const scratch = mkdtempSync(path.join(tmpdir(), 'trowel-agreement-'));
  try {
    const root = path.join(scratch, 'tree');
    cpSync(fetched.folder, path.join(root, wanted.within), { recursive: true });
    // An empty environment: what the package depends on stays outside for both.
    writeFileSync(path.join(scratch, 'environment.json'), '[]');
    shell(
      `'${process.execPath}' --max-old-space-size=6000 '${indexer}' index --quiet --project-name '${wanted.name}' --project-version '${wanted.version}' --environment '${scratch}/environment.json' --output '${scratch}/index.scip' >/dev/null`,
      root,
    );
    const scip = readScip(path.join(scratch, 'index.scip'));
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
  'agreement-edges-python',
  [
    heading('Call edges against scip-python', [`scip-python ${VERSION}`]),
    edgeReport(compared, 'SCIP', scipReading),
  ].join('\n\n'),
  only.length === 0,
);
