import path from 'node:path';
import {
  exists,
  foldersIn,
  foldersUpwards,
  isProgram,
  isShim,
  isVersion,
  newest,
  onPath,
  realPath,
  smallText,
  toolVersion,
  versionOf,
} from './look.ts';
import type { Candidate, Toolchain, ToolchainQuestion } from './toolchain.ts';

/**
 * The Python that a project runs on: its virtual environment, what its version files ask for, else the first one on PATH.
 * What a repository's files say is believed only where it leads to an installation of Python: they must not open other folders.
 */
export async function pythonToolchain(question: ToolchainQuestion): Promise<Toolchain | undefined> {
  for (const candidate of candidates(question)) {
    const found = await describe(candidate, question);
    if (found) return found;
  }
  return undefined;
}

async function describe({ program, because }: Candidate, question: ToolchainQuestion): Promise<Toolchain | undefined> {
  const real = realPath(program);
  // A program of the tree itself must not run outside a sandbox.
  if (real === undefined || real.startsWith(`${question.tree}/`)) return undefined;
  const version = await versionOf(real);
  const prefix = path.dirname(path.dirname(real));
  if (version === undefined || Number(version.split('.')[0]) < 3) return undefined;
  const library = `lib/python${version.split('.').slice(0, 2).join('.')}`;
  const isInstallation = exists(path.join(prefix, library, 'os.py'));
  if (!isInstallation && prefix !== '/usr') return undefined;
  const folder = path.dirname(program);
  const environmentFolder = exists(path.join(path.dirname(folder), 'pyvenv.cfg')) ? path.dirname(folder) : undefined;
  const userBase = path.join(question.home, '.local');
  const userSite = path.join(userBase, library);
  const usesUserSite = environmentFolder === undefined && exists(userSite);
  return {
    program: environmentFolder === undefined ? real : program,
    version,
    folder: environmentFolder === undefined ? path.dirname(real) : folder,
    readable: [
      prefix,
      ...(environmentFolder === undefined ? [] : [environmentFolder]),
      ...(usesUserSite ? [userSite] : []),
    ],
    environment: usesUserSite ? { PYTHONUSERBASE: userBase } : {},
    because,
  };
}

function* candidates(question: ToolchainQuestion): Generator<Candidate> {
  for (const folder of foldersUpwards(question)) {
    for (const name of ['.venv', 'venv', 'env', '.env']) {
      const program = path.join(folder, name, 'bin/python');
      if (exists(path.join(folder, name, 'pyvenv.cfg')) && isProgram(program))
        yield { program, because: `${name} of the project` };
    }
  }
  const active = question.environment['VIRTUAL_ENV'];
  if (active !== undefined && path.isAbsolute(active) && isProgram(path.join(active, 'bin/python')))
    yield { program: path.join(active, 'bin/python'), because: 'the active virtual environment' };
  const roots = installFolders(question);
  const wanted = wantedVersion(question);
  if (wanted) yield* installed(roots, wanted.version, wanted.because);
  const onTheirPath = ['python3', 'python'].flatMap((name) => onPath(name, question.environment['PATH']));
  for (const program of onTheirPath) {
    if (!isShim(program)) yield { program, because: 'PATH' };
    else {
      const chosen = smallText(path.join(pyenvRoot(question), 'version'))
        ?.trim()
        .split(/\s+/)[0];
      if (chosen !== undefined && chosen !== 'system') yield* installed(roots, chosen, 'PATH (pyenv)');
    }
  }
  for (const root of roots) {
    const version = newest(foldersIn(root).filter((name) => isProgram(path.join(root, name, 'bin/python3'))));
    if (version !== undefined)
      yield { program: path.join(root, version, 'bin/python3'), because: `installed in ${root}` };
  }
}

function* installed(roots: readonly string[], version: string, because: string): Generator<Candidate> {
  for (const root of roots) {
    // uv's folders are called cpython-3.12.1-linux-x86_64-gnu.
    const fits = foldersIn(root).filter((name) =>
      isVersion(name.replace(/^cpython-/, '').replace(/-.*$/, ''), version),
    );
    const best = newest(fits);
    if (best !== undefined && isProgram(path.join(root, best, 'bin/python3')))
      yield { program: path.join(root, best, 'bin/python3'), because };
  }
}

const pyenvRoot = ({ environment, home }: ToolchainQuestion): string =>
  environment['PYENV_ROOT'] ?? path.join(home, '.pyenv');

function installFolders(question: ToolchainQuestion): string[] {
  const { environment, home } = question;
  const data = environment['XDG_DATA_HOME'] ?? path.join(home, '.local/share');
  return [
    path.join(pyenvRoot(question), 'versions'),
    path.join(environment['ASDF_DATA_DIR'] ?? path.join(home, '.asdf'), 'installs/python'),
    path.join(environment['MISE_DATA_DIR'] ?? path.join(data, 'mise'), 'installs/python'),
    environment['UV_PYTHON_INSTALL_DIR'] ?? path.join(data, 'uv/python'),
  ];
}

function wantedVersion(
  question: ToolchainQuestion,
): { readonly version: string; readonly because: string } | undefined {
  for (const folder of foldersUpwards(question)) {
    for (const name of ['.python-version', '.tool-versions']) {
      const text = smallText(path.join(folder, name));
      const said = name === '.tool-versions' ? toolVersion(text, ['python']) : text?.trim().split(/\s+/)[0];
      if (said !== undefined && /^3(\.\d+){0,2}$/.test(said)) return { version: said, because: name };
    }
  }
  return undefined;
}
