/** The files with people's own rules that the configuration names. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { TrowelError } from '#base/errors.ts';
import type { CustomRuleFile } from '#judge/custom/load-rules.ts';

const LARGEST = 4 * 1024 * 1024;

/** `trusted`: modules may be loaded, which runs them. Paths are relative to the root and stay inside of it. */
export function customRuleFiles(root: string, named: readonly string[], trusted: boolean): readonly CustomRuleFile[] {
  return named.flatMap((name) => {
    const full = path.resolve(root, name);
    if (path.relative(root, full).startsWith('..'))
      throw new TrowelError('config-invalid', `check.custom: ${name} lies outside of the repository.`);
    const stat = statSync(full, { throwIfNoEntry: false });
    if (!stat) throw new TrowelError('config-invalid', `check.custom: there is no ${name}.`);
    if (!stat.isDirectory()) return [readOne(root, full, trusted)];
    const files = readdirSync(full)
      .filter((file) => /\.(?:ya?ml|[cm]?[jt]s)$/.test(file) && !/\.(?:test|spec|d)\.[cm]?[jt]s$/.test(file))
      .sort()
      .map((file) => readOne(root, path.join(full, file), trusted));
    if (files.length === 0) throw new TrowelError('config-invalid', `check.custom: no rules lie in ${name}.`);
    return files;
  });
}

function readOne(root: string, full: string, trusted: boolean): CustomRuleFile {
  const from = path.relative(root, full).replaceAll('\\', '/');
  const isModule = !/\.ya?ml$/.test(full);
  if (isModule && !trusted)
    throw new TrowelError('rule-invalid', `${from} is a program: loading its rules runs it.`, {
      hint: 'Where you trust it: trowel check --trust-rules. Rules in YAML need no trust.',
    });
  const size = statSync(full).size;
  if (size > LARGEST) throw new TrowelError('rule-invalid', `${from} has ${size} bytes, the limit is ${LARGEST}.`);
  return { from, text: readFileSync(full, 'utf8'), module: isModule ? full : undefined };
}
