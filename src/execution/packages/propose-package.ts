/** Which package brings a module that is missing, and whether its name can be trusted. */
import type { DeclaredPackage } from '#ecosystems/ecosystem.ts';
import { normalizedName, projectOfModule } from '#ecosystems/python/import-names.ts';
import type { Failure } from '../failures/failure.ts';
import { lookAlikeOf } from './look-alike.ts';
import { isStandardModule } from './standard-modules.ts';

export interface Proposal {
  readonly ecosystem: 'python' | 'npm';
  readonly module: string;
  readonly package: string;
  /** The version range of the project's own manifest. */
  readonly range: string;
  /** The project's manifests name it. */
  readonly isDeclared: boolean;
  /** Why it must not be installed without a look: another name that it resembles, for example. */
  readonly doubt: string | undefined;
}

export function proposePackage(
  missing: NonNullable<Failure['missing']>,
  packages: readonly DeclaredPackage[],
): Proposal | undefined {
  const { ecosystem, module } = missing;
  if (isStandardModule(ecosystem, module)) return undefined;
  const name = ecosystem === 'python' ? projectOfModule(module) : npmPackageOf(module);
  if (name === undefined) return undefined;
  const declared = packages
    .filter((declared) => declared.ecosystem === ecosystem)
    .flatMap(({ dependencies }) => dependencies)
    .find((dependency) =>
      ecosystem === 'python'
        ? normalizedName(dependency.name) === normalizedName(name) || dependency.modules?.includes(module) === true
        : dependency.name === name,
    );
  const chosen = declared?.name ?? name;
  const resembled = declared ? undefined : lookAlikeOf(ecosystem, chosen);
  return {
    ecosystem,
    module,
    package: chosen,
    range: declared && isPlainRange(declared.range) ? declared.range : '',
    isDeclared: declared !== undefined,
    doubt: resembled === undefined ? undefined : `its name is close to ${resembled}, which is well known`,
  };
}

/** `@scope/name/part` → `@scope/name`; undefined for what cannot be a package. */
function npmPackageOf(specifier: string): string | undefined {
  return /^(?:@[a-z0-9~-][\w.~-]*\/)?[a-z0-9~-][\w.~-]*(?=\/|$)/i.exec(specifier)?.[0];
}

/** A range of versions: no address, no file, no alias. */
const isPlainRange = (range: string): boolean => /^[\w\s.,<>=!~^*|+-]*$/.test(range) && range !== 'latest';
