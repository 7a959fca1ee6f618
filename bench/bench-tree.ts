/** The trees that are measured, and copies of them that may be edited. */
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { configSchema } from '../src/config/schema.ts';

export const dataRoot = path.join(import.meta.dirname, 'data');
export const config = configSchema.parse({ scan: {}, parse: {}, history: {} });

/** Where the distributions' packages lie: python3-django, python3-sympy, golang-1.19-src of Debian 12. */
const places: Readonly<Record<string, readonly string[]>> = {
  django: ['/usr/lib/python3/dist-packages/django'],
  sympy: ['/usr/lib/python3/dist-packages/sympy'],
  go: ['/usr/share/go-1.19/src'],
};

export function treePath(name: string): string | undefined {
  return [process.env[`TROWEL_BENCH_${name.toUpperCase()}`], path.join(dataRoot, name), ...(places[name] ?? [])].find(
    (place) => place !== undefined && existsSync(place),
  );
}

/** A copy outside any repository. */
export function copyOf(tree: string, name: string): string {
  const copy = path.join(os.tmpdir(), `trowel-bench-${process.pid}`, name);
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(path.dirname(copy), { recursive: true });
  cpSync(tree, copy, { recursive: true, filter: (source) => !source.includes('__pycache__') });
  return copy;
}

export function dropCopies(): void {
  rmSync(path.join(os.tmpdir(), `trowel-bench-${process.pid}`), { recursive: true, force: true });
}
