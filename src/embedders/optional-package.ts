import { TrowelError } from '#base/errors.ts';

/** A package that Trowel does not bring along. Throws `package-missing`, which says what to install. */
export async function optionalPackage<Module>(name: string, what: string): Promise<Module> {
  try {
    // A name in a variable: neither the bundler nor the compiler looks for it.
    return (await import(name)) as Module;
  } catch (cause) {
    throw new TrowelError('package-missing', `${what} needs the package ${name}, which is not installed.`, {
      hint: `Run \`npm install ${name}\` beside Trowel (\`npm install --global ${name}\` for a global one).`,
      cause,
    });
  }
}
