/** Call edges of languages that declare types, against their compilers: `sh scripts/node.sh bench/agreement/edges-compiled.ts [language …]`. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openCallPlaces } from './call-places.ts';
import { compareEdges } from './edge-comparison.ts';
import { type ComparedPackage, edgeReport } from './edge-report.ts';
import { readOracle } from './oracle.ts';
import { dataFolder, fetchPackage, type Package, shell } from './packages.ts';
import { heading, publish, toolVersion } from './results.ts';

const oracles = path.join(import.meta.dirname, 'oracles');
const LIBCLANG = '18.1.1';

interface Compared {
  readonly language: string;
  readonly oracle: string;
  readonly version: () => string;
  readonly packages: readonly Package[];
  /** Writes what the compiler says to `output`. */
  readonly ask: (folder: string, wanted: Package, output: string) => void;
}

const compared: readonly Compared[] = [
  {
    language: 'java',
    oracle: 'javac',
    version: () => toolVersion('javac --version'),
    packages: [
      { registry: 'maven', name: 'com.google.code.gson:gson', version: '2.11.0' },
      { registry: 'maven', name: 'org.apache.commons:commons-lang3', version: '3.14.0' },
      { registry: 'maven', name: 'org.jsoup:jsoup', version: '1.17.2' },
      { registry: 'maven', name: 'com.google.guava:guava', version: '33.3.0-jre' },
    ],
    ask(folder, _, output) {
      const exports = ['code', 'tree', 'util'].map(
        (name) => `--add-exports jdk.compiler/com.sun.tools.javac.${name}=ALL-UNNAMED`,
      );
      shell(`java ${exports.join(' ')} '${oracles}/JavaCalls.java' '${folder}' > '${output}'`, folder);
    },
  },
  {
    language: 'go',
    oracle: 'go/types',
    version: () => toolVersion('go version'),
    packages: [
      { registry: 'go', name: 'github.com/spf13/pflag', version: 'v1.0.5' },
      { registry: 'go', name: 'github.com/go-chi/chi/v5', version: 'v5.1.0' },
      { registry: 'go', name: 'gopkg.in/yaml.v3', version: 'v3.0.1' },
      { registry: 'go', name: 'github.com/gorilla/websocket', version: 'v1.5.3' },
      { registry: 'go', name: 'github.com/klauspost/compress', version: 'v1.17.9' },
    ],
    ask(folder, { name }, output) {
      shell(
        `GOFLAGS=-mod=mod CGO_ENABLED=0 go run '${oracles}/gocalls.go' '${folder}' '${name}' > '${output}'`,
        tmpdir(),
      );
    },
  },
  {
    language: 'c',
    oracle: 'clang',
    version: () => `libclang ${LIBCLANG}`,
    packages: [
      { registry: 'crates', name: 'libgit2-sys', version: '0.17.0+1.8.1', within: 'libgit2/src' },
      { registry: 'crates', name: 'zstd-sys', version: '2.0.13+zstd.1.5.6', within: 'zstd/lib' },
    ],
    ask: (folder, _, output) => askClang(folder, /\.c$/, '-x c', output),
  },
  {
    language: 'cpp',
    oracle: 'clang',
    version: () => `libclang ${LIBCLANG}`,
    packages: [{ registry: 'crates', name: 'snappy_src', version: '0.2.5+snappy.1.2.1', within: 'snappy' }],
    ask: (folder, _, output) => askClang(folder, /\.(cc|cpp|cxx)$/, '-x c++ -std=c++17', output),
  },
];

/** libclang comes as a wheel, into a folder of its own. */
function askClang(folder: string, pattern: RegExp, language: string, output: string): void {
  const packages = path.join(dataFolder, 'tools/libclang');
  if (!existsSync(packages)) shell(`pip install --quiet --target '${packages}' libclang==${LIBCLANG}`, dataFolder);
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const headers = new Set(sources.filter((name) => /\.(h|hpp|hh)$/.test(name)).map((name) => path.dirname(name)));
  const builtins = shell('gcc -print-file-name=include', folder).trim();
  const flags = [
    language,
    `-I${folder}`,
    ...[...headers].sort().map((name) => `-I${path.join(folder, name)}`),
    `-isystem ${builtins}`,
  ];
  const list = `${output}.files`;
  writeFileSync(
    list,
    sources
      .filter((name) => pattern.test(name))
      .sort()
      .map((name) => `${path.join(folder, name)}\t${flags.join(' ')}\n`)
      .join(''),
  );
  shell(`PYTHONPATH='${packages}' python3 '${oracles}/clang_calls.py' '${folder}' '${list}' > '${output}'`, folder);
}

const only = process.argv.slice(2);
const pages: string[] = [];
mkdirSync(dataFolder, { recursive: true });
for (const { language, oracle, version, packages, ask } of compared) {
  if (only.length > 0 && !only.includes(language)) continue;
  const results: ComparedPackage[] = [];
  for (const wanted of packages) {
    const fetched = fetchPackage(wanted);
    if (!fetched) continue;
    const scratch = mkdtempSync(path.join(tmpdir(), 'trowel-agreement-'));
    try {
      const output = path.join(scratch, 'oracle.tsv');
      // Away from the package's own root, whose files would lend their names to the paths.
      const root = path.join(scratch, 'tree');
      cpSync(fetched.folder, root, { recursive: true });
      ask(root, wanted, output);
      const answers = readOracle(output);
      const ours = await openCallPlaces(root, path.join(scratch, 'data'));
      const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');
      const comparison = compareEdges(answers, ours, textOf, { bodies: false });
      results.push({ label: fetched.label, files: answers.uses.size, comparison });
      ours.close();
      console.error(`${fetched.label}: ${answers.uses.size} files`);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  pages.push(`## ${language}, against ${oracle} (${version()})`, edgeReport(results, oracle, ''));
}
const reading =
  'Places where the text calls something, found by both. The compiler names the function that it resolves the call to (the declared one: an interface’s method where the receiver is an interface); where that is in the tree, the call is *definite*: *recall* is the share of definite calls for which Trowel has an edge (exact or inferred, never a candidate) to that function, *precision* that of those with any edge. What a package depends on is not there, for either.';
publish(
  'agreement-edges-compiled',
  [heading('Call edges against compilers', []), reading, ...pages].join('\n\n'),
  only.length === 0,
);
