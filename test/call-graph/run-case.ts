/** Runs small programs through extraction and link and compares the calls that were found with those that are expected. */
import { loadExtractor } from '#languages/registry.ts';
import { createLinker } from '#link/create-linker.ts';
import type { LinkableFile, ProjectFiles } from '#link/linker.ts';
import { SYMBOL_STRIDE, SymbolColumn, type FileFacts } from '#model/facts.ts';
import { LINKED_EDGE_STRIDE, LinkedEdgeColumn } from '#model/graph.ts';
import { edgeKinds, provenances, SymbolFlag } from '#model/vocabulary.ts';

export interface CallCase {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** `caller -> callee`, qualified names with dots; lambdas are λ1, λ2, … in the order of their enclosing symbol. */
  readonly expected: readonly string[];
}

/** Cases of a text: `=== name`, then `--- path` before each file, then `--- edges` and one edge a line. */
export function parseCases(text: string): CallCase[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const end = block.indexOf('\n');
      const files: Record<string, string> = {};
      let expected: string[] = [];
      for (const part of block
        .slice(end + 1)
        .split(/^--- /m)
        .slice(1)) {
        const line = part.indexOf('\n');
        const path = part.slice(0, line).trim();
        const body = part.slice(line + 1);
        if (path === 'edges')
          expected = body
            .split('\n')
            .map((each) => each.trim())
            .filter((each) => each !== '');
        else files[path] = body;
      }
      return { name: block.slice(0, end).trim(), files, expected };
    });
}

const noProject: ProjectFiles = { read: () => undefined, exists: () => false, manifests: () => [] };
const calls = edgeKinds.indexOf('calls');
const candidate = provenances.indexOf('candidate');

/** Calls between symbols of the program; candidates and what lies outside are left out. */
export async function findCalls(
  files: Readonly<Record<string, string>>,
  language: string,
  moduleName: (path: string) => string,
): Promise<string[]> {
  const extractor = (await loadExtractor(language))!;
  await extractor.prepare(language);
  const linkable: LinkableFile[] = Object.entries(files).map(([path, text]) => ({
    path,
    roles: ['source'],
    facts: extractor.extract({ text, language, declarations: path.endsWith('.pyi') || path.endsWith('.d.ts') }),
  }));
  const { linked, paths } = createLinker(noProject).update(linkable, []);
  const names = new Map(linkable.map(({ path, facts }) => [path, qualifiedNames(facts, moduleName(path))]));
  const found = new Set<string>();
  for (const { edges } of linked.values()) {
    for (let at = 0; at < edges.length; at += LINKED_EDGE_STRIDE) {
      if (edges[at + LinkedEdgeColumn.kind] !== calls || edges[at + LinkedEdgeColumn.provenance] === candidate)
        continue;
      if (edges[at + LinkedEdgeColumn.targetFile]! < 0) continue;
      const source = names.get(paths[edges[at]!]!)![edges[at + LinkedEdgeColumn.sourceSymbol]!]!;
      const target = names.get(paths[edges[at + LinkedEdgeColumn.targetFile]!]!)![
        edges[at + LinkedEdgeColumn.targetSymbol]!
      ]!;
      found.add(`${source} -> ${target}`);
    }
  }
  return [...found].sort();
}

/** By symbol row. Equal names get ~2, ~3, … from the second on. */
function qualifiedNames(facts: FileFacts, module: string): string[] {
  const names: string[] = [];
  const lambdas: number[] = [];
  const seen = new Map<string, number>();
  for (let row = 0; row * SYMBOL_STRIDE < facts.symbols.length; row++) {
    const at = row * SYMBOL_STRIDE;
    const parent = facts.symbols[at + SymbolColumn.parent]!;
    if (row === 0) {
      names.push(module);
      continue;
    }
    let name = facts.strings[facts.symbols[at + SymbolColumn.name]!] ?? '';
    if ((facts.symbols[at + SymbolColumn.flags]! & SymbolFlag.anonymous) !== 0)
      name = `λ${(lambdas[parent] = (lambdas[parent] ?? 0) + 1)}`;
    const full = `${names[parent]}.${name}`;
    const count = (seen.get(full) ?? 0) + 1;
    seen.set(full, count);
    names.push(count > 1 ? `${full}~${count}` : full);
  }
  return names;
}

export function pythonModuleName(path: string): string {
  return path
    .replace(/\.pyi?$/, '')
    .replace(/\/__init__$/, '')
    .replaceAll('/', '.');
}
