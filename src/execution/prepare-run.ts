/** What is known before a command is run: the project's parts, its toolchains, what it offers. */
import os from 'node:os';
import type { DeclaredPackage } from '#ecosystems/ecosystem.ts';
import { readDeclarations } from '#ecosystems/registry.ts';
import type { Toolchains } from '#sandbox/toolchains/find-toolchains.ts';
import { findToolchains } from '#sandbox/toolchains/find-toolchains.ts';
import { listFiles, textOf } from './list-files.ts';
import type { Target } from './targets.ts';
import { targetsOf } from './targets.ts';

export interface Prepared {
  readonly packages: readonly DeclaredPackage[];
  readonly targets: readonly Target[];
  readonly files: ReadonlySet<string>;
  readonly toolchains: Toolchains;
}

export interface PrepareQuestion {
  readonly root: string;
  /** The folder of the tree in which the user is. */
  readonly scope: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export async function prepareRun({ root, scope, environment }: PrepareQuestion): Promise<Prepared> {
  const files = listFiles(root);
  const text = (file: string): string | undefined => textOf(root, file);
  const [packages, toolchains] = await Promise.all([
    readDeclarations(files, text),
    findToolchains({ tree: root, folder: scope === '' ? '.' : scope, environment, home: os.homedir() }),
  ]);
  return { packages, targets: targetsOf({ packages, files, text }), files: new Set(files), toolchains };
}
