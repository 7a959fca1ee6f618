/** Source roots that a project declares: setuptools' `package-dir` and `where`, Poetry's and PDM's and Hatch's folders. */
import type { ProjectFiles } from '../linker.ts';

/** Folders relative to the tree's root, without a trailing slash; '' is the root itself. */
export function declaredPythonRoots(project: ProjectFiles): string[] {
  const found = new Set<string>();
  for (const manifest of project.manifests()) {
    const slash = manifest.lastIndexOf('/');
    const folder = slash < 0 ? '' : manifest.slice(0, slash);
    const name = manifest.slice(slash + 1);
    const roots =
      name === 'pyproject.toml'
        ? fromPyproject(project.read(manifest) ?? '')
        : name === 'setup.cfg'
          ? fromSetupCfg(project.read(manifest) ?? '')
          : name === 'setup.py'
            ? fromSetupPy(project.read(manifest) ?? '')
            : undefined;
    if (!roots) continue;
    found.add(folder);
    for (const root of roots) found.add(normalized(folder, root));
  }
  return [...found];
}

function normalized(folder: string, root: string): string {
  const names: string[] = [];
  for (const name of `${folder}/${root}`.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names.join('/');
}

const quoted = /["']([^"'\n]*)["']/g;

function strings(text: string): string[] {
  return [...text.matchAll(quoted)].map((match) => match[1]!);
}

function fromPyproject(text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(
    /^\s*(where|package-dir|source-dirs|pythonpath|sources)\s*=\s*(\[[^\]]*\]|\{[^}]*\}|"[^"]*")/gm,
  )) {
    if (match[2]!.startsWith('{'))
      found.push(...[...match[2]!.matchAll(/=\s*["']([^"']*)["']/g)].map((each) => each[1]!));
    else found.push(...strings(match[2]!));
  }
  for (const match of text.matchAll(/\bfrom\s*=\s*["']([^"']+)["']/g)) found.push(match[1]!);
  for (const match of text.matchAll(/^\s*["']["']\s*=\s*["']([^"']+)["']/gm)) found.push(match[1]!);
  return found;
}

function fromSetupCfg(text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(/^package_dir\s*=\s*((?:.*\n?(?:[ \t]+.*\n?)*))/gm)) {
    for (const pair of match[1]!.matchAll(/=\s*(\S+)/g)) found.push(pair[1]!);
  }
  for (const match of text.matchAll(/^where\s*=\s*(\S+)/gm)) found.push(match[1]!);
  return found;
}

function fromSetupPy(text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(/package_dir\s*=\s*\{([^}]*)\}/g))
    for (const pair of match[1]!.matchAll(/["']["']\s*:\s*["']([^"']+)["']/g)) found.push(pair[1]!);
  for (const match of text.matchAll(/find_(?:namespace_)?packages\(\s*(?:where\s*=\s*)?["']([^"']+)["']/g))
    found.push(match[1]!);
  return found;
}
