import type { PythonPackage } from './python-package.ts';

/** An entry point's object reference: `package.module:attribute.method [extra]`. */
export function entryPoint(into: PythonPackage, name: string, reference: string | undefined, isCommand: boolean): void {
  const match = /^\s*([\w.]+)\s*(?::\s*([\w.]+))?/.exec(reference ?? '');
  if (!match) return;
  const [, module, attribute] = match;
  const file = into.moduleFile(module!);
  if (isCommand)
    into.binaries.push({ command: name, file, object: attribute === undefined ? module! : `${module}:${attribute}` });
  if (file === undefined) return;
  into.entries.push({
    path: file,
    use: isCommand ? 'program' : 'public',
    reason: isCommand ? `console script ${name}` : `entry point ${name}`,
    ...(attribute !== undefined && { exports: [attribute.split('.')[0]!] }),
  });
}

/** Lines `name = reference`, as setup.cfg, setup.py and entry_points.txt write them. */
export function entryPointLines(into: PythonPackage, group: string, lines: readonly string[]): void {
  for (const line of lines) {
    const pair = /^\s*([^=#]+?)\s*=\s*(.+)$/.exec(line);
    if (pair) entryPoint(into, pair[1]!, pair[2], group === 'console_scripts' || group === 'gui_scripts');
  }
}
