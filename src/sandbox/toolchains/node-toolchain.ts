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

/** The Node that a project runs on: what its version files ask for, else the first one on PATH that is not Trowel's own. */
export async function nodeToolchain(question: ToolchainQuestion): Promise<Toolchain | undefined> {
  for (const candidate of candidates(question)) {
    const real = realPath(candidate.program);
    if (real === undefined) continue;
    const version = await versionOf(real);
    if (version === undefined) continue;
    const prefix = path.dirname(path.dirname(real));
    const isPrefix = exists(path.join(prefix, 'lib/node_modules')) || exists(path.join(prefix, 'include/node'));
    return {
      program: real,
      version,
      folder: path.dirname(real),
      readable: [isPrefix && prefix !== question.home ? prefix : real],
      environment: {},
      because: candidate.because,
    };
  }
  return undefined;
}

function* candidates(question: ToolchainQuestion): Generator<Candidate> {
  const wanted = wantedVersion(question);
  const onTheirPath = onPath('node', question.environment['PATH']).filter(
    (program) => realPath(program) !== realPath(process.execPath),
  );
  const roots = installFolders(question);
  if (wanted) {
    for (const { folder, program } of roots) {
      const version = newest(foldersIn(folder).filter((name) => isVersion(name, wanted.version)));
      const found = version === undefined ? undefined : path.join(folder, version, program);
      if (found !== undefined && isProgram(found)) yield { program: found, because: wanted.because };
    }
  }
  for (const program of onTheirPath) if (!isShim(program)) yield { program, because: 'PATH' };
  // Only shims on PATH, or nothing: what the managers have.
  for (const { folder, program } of roots) {
    const version = newest(foldersIn(folder).filter((name) => isProgram(path.join(folder, name, program))));
    if (version !== undefined)
      yield { program: path.join(folder, version, program), because: `installed in ${folder}` };
  }
}

function installFolders({
  environment,
  home,
}: ToolchainQuestion): readonly { readonly folder: string; readonly program: string }[] {
  const data = environment['XDG_DATA_HOME'] ?? path.join(home, '.local/share');
  const program = 'bin/node';
  return [
    { folder: path.join(environment['NVM_DIR'] ?? path.join(home, '.nvm'), 'versions/node'), program },
    {
      folder: path.join(environment['FNM_DIR'] ?? path.join(data, 'fnm'), 'node-versions'),
      program: `installation/${program}`,
    },
    { folder: path.join(environment['VOLTA_HOME'] ?? path.join(home, '.volta'), 'tools/image/node'), program },
    { folder: path.join(environment['ASDF_DATA_DIR'] ?? path.join(home, '.asdf'), 'installs/nodejs'), program },
    { folder: path.join(environment['MISE_DATA_DIR'] ?? path.join(data, 'mise'), 'installs/node'), program },
    { folder: path.join(environment['N_PREFIX'] ?? '/usr/local', 'n/versions/node'), program },
  ];
}

/** `lts/*` and other names are left to PATH. */
function wantedVersion(
  question: ToolchainQuestion,
): { readonly version: string; readonly because: string } | undefined {
  for (const folder of foldersUpwards(question)) {
    for (const name of ['.nvmrc', '.node-version', '.tool-versions', 'package.json']) {
      const text = smallText(path.join(folder, name));
      if (text === undefined) continue;
      const said =
        name === '.tool-versions'
          ? toolVersion(text, ['nodejs', 'node'])
          : name === 'package.json'
            ? voltaVersion(text)
            : text.trim();
      if (said !== undefined && /^v?\d+(\.\d+){0,2}$/.test(said)) return { version: said, because: name };
    }
  }
  return undefined;
}

function voltaVersion(text: string): string | undefined {
  try {
    const { volta } = JSON.parse(text) as { volta?: { node?: unknown } };
    return typeof volta?.node === 'string' ? volta.node : undefined;
  } catch {
    return undefined;
  }
}
