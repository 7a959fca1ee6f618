import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { TrowelError } from '#base/errors.ts';

/**
 * A package that Trowel does not bring along: beside Trowel, or in a folder of `NODE_PATH`. Throws `package-missing`, which says
 * what to install.
 */
export async function optionalPackage<Module>(
  name: string,
  what: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Module> {
  try {
    return (await import(elsewhere(name, environment['NODE_PATH'] ?? '') ?? name)) as Module;
  } catch (cause) {
    throw new TrowelError('package-missing', `${what} needs the package ${name}, which is not installed.`, {
      hint: `Run \`npm install ${name}\` beside Trowel (\`npm install --global ${name}\` for a global one), or set NODE_PATH to a folder of packages that has it.`,
      cause,
    });
  }
}

/** `import` does not heed `NODE_PATH`, unlike `require`. */
function elsewhere(name: string, nodePath: string): string | undefined {
  for (const folder of nodePath.split(path.delimiter)) {
    if (!path.isAbsolute(folder)) continue;
    try {
      return pathToFileURL(createRequire(path.join(folder, 'index.js')).resolve(`./${name}`)).href;
    } catch {
      // The next folder may have it.
    }
  }
  return undefined;
}
