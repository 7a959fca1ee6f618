import { fileOf } from '../typed/declarations.ts';
import type { Dialect, ImportTarget, Wanted } from '../typed/dialect.ts';
import { external, importRow, memberValue } from '../typed/qualified.ts';
import type { Resolution } from '../typed/resolution.ts';
import type { TypedFile } from '../typed/typed-file.ts';
import type { Value } from '../typed/value.ts';

const ROOT = 'ruby:';
const kernel = new Set([
  'puts',
  'print',
  'p',
  'pp',
  'format',
  'sprintf',
  'printf',
  'gets',
  'rand',
  'srand',
  'sleep',
  'exit',
  'abort',
  'at_exit',
  'caller',
  'catch',
  'throw',
  'eval',
  'exec',
  'fork',
  'system',
  'spawn',
  'trap',
  'warn',
  'open',
  'Integer',
  'Float',
  'String',
  'Array',
  'Hash',
  'freeze',
  'attr_internal',
  'instance_variable_get',
  'instance_variable_set',
  'instance_eval',
  'class_eval',
  'respond_to?',
  'send',
  'public_send',
  'is_a?',
  'nil?',
  'tap',
  'dup',
  'clone',
  'to_s',
  'inspect',
  'hash',
  'object_id',
  'method',
  'extend',
]);

function join(container: string, name: string): string {
  return container === ROOT ? ROOT + name : `${container}::${name}`;
}

/** `require_relative` from the file's folder; `require` by the end of the path, under `lib` first. */
function importTarget(resolution: Resolution, file: TypedFile, row: number): ImportTarget {
  const { kind, specifier } = importRow(file, row);
  const target = specifier.endsWith('.rb') ? specifier : `${specifier}.rb`;
  if (kind === 'include') {
    const parts: string[] = [];
    for (const part of (file.path.slice(0, file.path.lastIndexOf('/') + 1) + target).split('/')) {
      if (part === '..') parts.pop();
      else if (part !== '.' && part !== '') parts.push(part);
    }
    const found = resolution.direct(resolution.container('path:'), parts.join('/'))[0];
    return found === undefined ? undefined : { kind: 'files', files: [fileOf(found)] };
  }
  const names = resolution.direct(resolution.container('basename:'), target.slice(target.lastIndexOf('/') + 1));
  const fitting = names.filter((ref) => {
    const { path } = resolution.declarations.file(fileOf(ref))!;
    return path === target || path.endsWith(`/${target}`);
  });
  const library =
    fitting.find(
      (ref) =>
        /(?:^|\/)lib\//.test(resolution.declarations.file(fileOf(ref))!.path) &&
        resolution.declarations.file(fileOf(ref))!.path.endsWith(`lib/${target}`),
    ) ?? fitting[0];
  return library === undefined ? { kind: 'external', name: specifier } : { kind: 'files', files: [fileOf(library)] };
}

function outerName(
  resolution: Resolution,
  file: TypedFile,
  _row: number,
  name: string,
  wanted: Wanted,
): Value | undefined {
  const found = memberValue(resolution, file, ROOT, name, wanted);
  if (found) return found;
  if (wanted === 'call') return kernel.has(name) ? external(`Kernel#${name}`) : undefined;
  return /^\p{Lu}/u.test(name) ? external(name) : undefined;
}

export const rubyDialect: Dialect = {
  language: 'ruby',
  family: 'ruby',
  ecosystem: 'ruby',
  separator: '::',
  join,
  packageKey: () => ROOT,
  ownerIsLocal: true,
  enumeratorsLeak: false,
  implicitMembers: true,
  oneNameSpace: false,
  callsConstruct: false,
  constructorNames: ['initialize'],
  structural: false,
  outerIgnoresPlace: true,
  staticApart: true,
  transparent: new Set(),
  hiddenArguments: () => 0,
  importTarget,
  importName: () => undefined,
  outerName,
  path: (resolution, file, _row, path) =>
    path.startsWith('::') ? memberPath(resolution, file, path.slice(2).split('::')) : undefined,
};

function memberPath(resolution: Resolution, file: TypedFile, parts: readonly string[]): Value | undefined {
  let value = memberValue(resolution, file, ROOT, parts[0] ?? '', 'any');
  for (let i = 1; i < parts.length && value; i++) value = resolution.memberOf(value, parts[i]!, 'any', file);
  return value;
}
