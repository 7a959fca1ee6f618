import path from 'node:path';

/** Folder of the files that run on a target's own Node or Python, inside the sandbox: `javascript/…`, `python/…`. */
export function harnessFolder(): string {
  const fromSource = path.basename(import.meta.dirname) === 'base';
  return path.join(import.meta.dirname, fromSource ? '../../harness' : 'harness');
}
