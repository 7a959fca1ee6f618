/** What the Python standard library declares. */
import { readDeclarations } from './declaration-text.ts';
import { Declarations } from './declarations.ts';
import { pythonStandardLibrary } from './python-standard-library.ts';

let library: Declarations | undefined;

export function pythonDeclarations(): Declarations {
  if (!library) {
    const modules = readDeclarations(pythonStandardLibrary);
    library = new Declarations((name) => modules.get(name));
  }
  return library;
}
