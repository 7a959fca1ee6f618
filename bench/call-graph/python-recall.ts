/**
 * Recall of Python's call graph on real packages: the packages' own tests run under a tracer, and link is asked for the calls
 * that it saw. Sources and what the tests need come from PyPI; the tests run in bubblewrap, without a network.
 * usage: node python-recall.ts [--missing] [--wrong] [package…]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { heading, percent, publish, table } from '../agreement/results.ts';
import { dataFolder } from '../trowel.ts';
import { causes, compareTrace, type Trace, type TraceComparison } from './compare-trace.ts';

interface TracedPackage {
  /** As PyPI knows it. */
  readonly requirement: string;
  /** The package's folder in what PyPI has of its source. */
  readonly source: string;
  /** What runs its tests, below the unpacked source: arguments of Python. */
  readonly tests: readonly string[];
}

const pytest = (...tests: readonly string[]): readonly string[] => [
  '-m',
  'pytest',
  '-q',
  '-p',
  'no:cacheprovider',
  // Packages make errors of warnings, and a newer pytest warns of more; what can be collected runs.
  '-W',
  'default',
  '--continue-on-collection-errors',
  ...tests,
];
const packages: Readonly<Record<string, TracedPackage>> = {
  jinja2: {
    requirement: 'jinja2==3.1.4',
    source: 'src/jinja2',
    tests: pytest('tests'),
  },
  docutils: {
    requirement: 'docutils==0.21.2',
    source: 'docutils',
    tests: ['test/alltests.py'],
  },
  click: {
    requirement: 'click==8.1.7',
    source: 'src/click',
    tests: pytest('tests'),
  },
  tinydb: {
    requirement: 'tinydb==4.9.0',
    source: 'tinydb',
    tests: pytest('tests'),
  },
  markdown: {
    requirement: 'markdown==3.11.3',
    source: 'markdown',
    tests: pytest('tests'),
  },
  mistune: {
    requirement: 'mistune==3.4.0',
    source: 'src/mistune',
    tests: pytest('tests'),
  },
  sqlparse: {
    requirement: 'sqlparse==0.6.1',
    source: 'sqlparse',
    tests: pytest('tests'),
  },
};
/** What the tests of all packages need, once. */
const tools = ['pytest==9.2.0', 'markupsafe==3.0.4', 'pygments==2.21.0', 'pyyaml'];
const RUN_MS = 15 * 60 * 1000;

const folder = path.join(realpathSync(dataFolder), 'call-graph');
const flags = process.argv.slice(2).filter((each) => each.startsWith('--'));
const chosen = process.argv.slice(2).filter((each) => !each.startsWith('--'));

function run(file: string, args: readonly string[], cwd: string): void {
  const done = spawnSync(file, args, {
    cwd,
    timeout: RUN_MS,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`${file} ${args[0]}: ${done.stderr.trim().split('\n').slice(-3).join(' / ')}`);
}

/** The Python that tests run with. */
function environment(): string {
  const made = path.join(folder, 'environment');
  const python = path.join(made, 'bin', 'python');
  if (existsSync(path.join(made, 'ready'))) return python;
  mkdirSync(folder, { recursive: true });
  run('python3', ['-m', 'venv', '--clear', made], folder);
  run(python, ['-m', 'pip', 'install', '-q', ...tools], folder);
  writeFileSync(path.join(made, 'ready'), '');
  return python;
}

/** Gets what PyPI has of a version's source. (pip would run code of the package to learn its name.) */
const download = `
import re, sys, urllib.parse, urllib.request
name, version = sys.argv[1:]
index = f"https://pypi.org/simple/{name}/"
with urllib.request.urlopen(index) as page:
    links = re.findall(r'href="([^"]+)"', page.read().decode())
file = f"{name}-{version}.tar.gz".lower()
source = next(each for each in links if file in each.lower())
urllib.request.urlretrieve(urllib.parse.urljoin(index, source), "source.tar.gz")
`;

/** The unpacked source of a package. */
function unpacked(name: string, python: string): string {
  const home = path.join(folder, name);
  if (!existsSync(home)) {
    mkdirSync(home, { recursive: true });
    const { requirement } = packages[name]!;
    run(python, ['-c', download, ...requirement.split('==')], home);
    run('tar', ['-xzf', 'source.tar.gz'], home);
  }
  const inside = readdirSync(home, { withFileTypes: true }).find((entry) => entry.isDirectory());
  return path.join(home, inside!.name);
}

/** The trace of a package's tests, made once. */
function traceOf(name: string, python: string): Trace {
  const { source, tests } = packages[name]!;
  const root = unpacked(name, python);
  const kept = path.join(folder, name, 'trace.json');
  if (!existsSync(kept)) {
    const tracer = path.join(import.meta.dirname, 'python-trace.py');
    const bound = ['--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp', '--unshare-all'];
    const tools = [folder, import.meta.dirname].flatMap((each) => ['--ro-bind', each, each]);
    const homes = [...tools, '--bind', path.join(folder, name), path.join(folder, name), '--chdir', root];
    const isModule = tests[0] === '-m';
    const args = isModule ? tests : [path.join(root, tests[0]!), ...tests.slice(1)];
    const done = spawnSync(
      'bwrap',
      [
        ...bound,
        ...homes,
        '--setenv',
        'PYTHONPATH',
        path.dirname(path.join(root, source)),
        '--setenv',
        'PYTHONDONTWRITEBYTECODE',
        '1',
        python,
        tracer,
        source,
        kept,
        ...args,
      ],
      {
        cwd: root,
        timeout: RUN_MS,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    // Some tests may fail where there is no network: what ran was seen all the same.
    if (!existsSync(kept)) throw new Error(`${name}: ${done.error?.message ?? done.stderr.slice(-500)}`);
  }
  return JSON.parse(readFileSync(kept, 'utf8')) as Trace;
}

const names = chosen.length > 0 ? chosen : Object.keys(packages);
const unknown = names.find((name) => !packages[name]);
if (unknown !== undefined) throw new Error(`no package ${unknown}: ${Object.keys(packages).join(', ')}`);
const python = environment();
const rows: (string | number)[][] = [];
for (const name of names) {
  const trace = traceOf(name, python);
  const compared: TraceComparison = await compareTrace(
    path.join(unpacked(name, python), packages[name]!.source),
    trace,
  );
  const { seen, missing, judged, unseen, files } = compared;
  if (flags.includes('--missing')) for (const { edge, cause } of missing) console.log(`missing (${cause}) ${edge}`);
  if (flags.includes('--wrong')) for (const place of unseen) console.log('unseen', place);
  rows.push([
    packages[name]!.requirement,
    files,
    seen,
    percent(seen - missing.length, seen),
    judged,
    percent(judged - unseen.length, judged),
    ...causes.map((cause) => missing.filter((each) => each.cause === cause).length),
  ]);
}
const text = [
  heading("Python's call graph beside traces of packages' own tests", []),
  'Of the calls between functions of the package that its tests made, the share that link finds (exact or inferred); of its edges at lines that ran, the share that the tests made use of: the others may be right for other inputs. Missing edges by what link knows at the place of the call.',
  table(['package', 'files', 'calls seen', 'recall', 'edges judged', 'seen of them', ...causes], rows),
].join('\n\n');
publish('traced-python', text, chosen.length === 0);
