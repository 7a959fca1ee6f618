/** Which packages of a tree belong together: npm's and yarn's `workspaces`, pnpm's, lerna's and rush's lists. */
import { fileMatcher } from '../file-pattern.ts';
import { folderOf, type ProjectFiles } from '../project-files.ts';
import { asRecord, asText, asTexts, readJson, readYaml } from '../read-data.ts';

/** Folder of each member to the folder of its workspace; the workspace's root is its own member. */
export function workspacesOf(
  project: ProjectFiles,
  manifests: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [root, manifest] of manifests) {
    const globs = memberGlobs(project, root, manifest);
    if (globs.length === 0) continue;
    const isMember = fileMatcher(globs.map((glob) => glob.replace(/^(!?)\.\//, '$1').replace(/\/$/, '')));
    found.set(root, root);
    for (const folder of manifests.keys()) {
      if (folder === root || (root !== '' && !folder.startsWith(`${root}/`))) continue;
      if (isMember(root === '' ? folder : folder.slice(root.length + 1))) found.set(folder, root);
    }
  }
  return found;
}

function memberGlobs(project: ProjectFiles, root: string, manifest: Readonly<Record<string, unknown>>): string[] {
  const inRoot = (name: string): string | undefined => project.text(root === '' ? name : `${root}/${name}`);
  const globs = asTexts(
    Array.isArray(manifest['workspaces']) ? manifest['workspaces'] : asRecord(manifest['workspaces'])['packages'],
  );
  const pnpm = inRoot('pnpm-workspace.yaml');
  if (pnpm !== undefined) {
    const reading = readYaml(pnpm);
    if ('data' in reading) globs.push(...asTexts(asRecord(reading.data)['packages']));
  }
  if (globs.length > 0) return globs;
  const lerna = inRoot('lerna.json');
  if (lerna !== undefined) {
    const reading = readJson(lerna);
    if ('data' in reading)
      globs.push(
        ...(asTexts(asRecord(reading.data)['packages']).length > 0
          ? asTexts(asRecord(reading.data)['packages'])
          : ['packages/*']),
      );
  }
  const rush = inRoot('rush.json');
  if (rush !== undefined) {
    const reading = readJson(rush);
    const projects = 'data' in reading ? asRecord(reading.data)['projects'] : undefined;
    if (Array.isArray(projects))
      globs.push(...projects.flatMap((each) => asText(asRecord(each)['projectFolder']) ?? []));
  }
  return globs;
}

const lockFiles: readonly (readonly [manager: string, file: string])[] = [
  ['pnpm', 'pnpm-lock.yaml'],
  ['yarn', 'yarn.lock'],
  ['bun', 'bun.lock'],
  ['bun', 'bun.lockb'],
  ['npm', 'package-lock.json'],
  ['npm', 'npm-shrinkwrap.json'],
];

/** By the manifest's own word, then by the lock file nearest above. */
export function packageManagerOf(
  project: ProjectFiles,
  folder: string,
  manifests: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
): { readonly name: string | undefined; readonly lockFile: string | undefined } {
  for (let at = folder; ; at = folderOf(at)) {
    const inside = at === '' ? '' : `${at}/`;
    const lock = lockFiles.find(([, file]) => project.has(inside + file) || project.text(inside + file) !== undefined);
    const said = /^(\w+)@/.exec(asText(manifests.get(at)?.['packageManager']) ?? '')?.[1];
    const tool = asText(asRecord(asRecord(manifests.get(at)?.['devEngines'])['packageManager'])['name']);
    const name = said ?? tool ?? lock?.[0] ?? (project.has(`${inside}pnpm-workspace.yaml`) ? 'pnpm' : undefined);
    if (name !== undefined) return { name, lockFile: lock && inside + lock[1] };
    if (at === '') return { name: undefined, lockFile: undefined };
  }
}
