/** Reads TypeScript modules as the checks need them: what they import, and what they reach for. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';

export interface SourceModule {
  /** From the root, with `/`. */
  readonly path: string;
  readonly lines: number;
  readonly isTest: boolean;
  readonly imports: readonly string[];
  /** `console.log`, `process.env`, `it.skip`: members of the few globals that the checks ask about. */
  readonly members: ReadonlySet<string>;
  readonly hasDefaultExport: boolean;
  /** Re-exports and nothing else. */
  readonly isBarrel: boolean;
  readonly hasEnum: boolean;
}

const watched = new Set(['console', 'process', 'it', 'test', 'describe', 'globalThis']);

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

export function readModules(root: string, folders: readonly string[]): readonly SourceModule[] {
  return folders.flatMap((folder) => filesBelow(path.join(root, folder)).map((file) => readModule(root, file)));
}

/** Every folder below, from the root, with `/`. */
export function foldersBelow(root: string, folders: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const folder of folders) {
    for (const file of filesBelow(path.join(root, folder)))
      found.add(path.relative(root, path.dirname(file)).replaceAll('\\', '/'));
  }
  return [...found];
}

function filesBelow(folder: string): string[] {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) return isForeign(full) ? [] : filesBelow(full);
    return entry.name.endsWith('.ts') ? [full] : [];
  });
}

/** Samples, packages, and what benches fetch. */
function isForeign(folder: string): boolean {
  const name = path.basename(folder);
  return name === 'fixtures' || name === 'node_modules' || folder.endsWith(path.join('bench', 'data'));
}

function readModule(root: string, file: string): SourceModule {
  const text = readFileSync(file, 'utf8');
  const { program, module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const members = new Set<string>();
  const imports = module.staticImports.map(({ moduleRequest }) => moduleRequest.value);
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest } of entries) if (moduleRequest) imports.push(moduleRequest.value);
  }
  let hasEnum = false;
  visit(program as unknown as Node, (node) => {
    if (node.type === 'TSEnumDeclaration') hasEnum = true;
    if (node.type === 'ImportExpression' && isNode(node['source']) && typeof node['source']['value'] === 'string')
      imports.push(node['source']['value']);
    if (node.type !== 'MemberExpression') return;
    const object = node['object'];
    const property = node['property'];
    if (isNode(object) && object.type === 'Identifier' && watched.has(String(object['name'])) && isNode(property)) {
      members.add(`${String(object['name'])}.${String(property['name'] ?? property['value'] ?? '?')}`);
    }
  });
  const body = (program as unknown as { body: Node[] }).body;
  const reexports = body.filter(
    ({ type, source }) => type === 'ExportAllDeclaration' || (type === 'ExportNamedDeclaration' && source !== null),
  );
  return {
    path: path.relative(root, file).replaceAll('\\', '/'),
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    isTest: file.endsWith('.test.ts'),
    imports,
    members,
    hasDefaultExport: body.some(({ type }) => type === 'ExportDefaultDeclaration'),
    isBarrel:
      reexports.length > 0 && reexports.length === body.filter(({ type }) => type !== 'ImportDeclaration').length,
    hasEnum,
  };
}

function visit(start: Node, see: (node: Node) => void): void {
  const stack: unknown[] = [start];
  while (stack.length > 0) {
    const value = stack.pop();
    if (Array.isArray(value)) stack.push(...(value as unknown[]));
    else if (isNode(value)) {
      see(value);
      for (const key in value) {
        const child = value[key];
        if (typeof child === 'object' && child !== null) stack.push(child);
      }
    }
  }
}
