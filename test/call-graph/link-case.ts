import { SYMBOL_STRIDE, SymbolColumn, type FileFacts } from '#model/facts.ts';
import { LINKED_EDGE_STRIDE, LinkedEdgeColumn } from '#model/graph.ts';
import { edgeKinds, provenances, SymbolFlag } from '#model/vocabulary.ts';
import { loadExtractor } from '../../src/languages/registry.ts';
import { TypedWorld } from '../../src/link/typed/typed-world.ts';
import type { ProjectFiles } from '../../src/link/linker.ts';

/** A small tree and the edges it must give, kind by kind. */
export interface LinkCase {
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
  readonly expected: ReadonlyMap<string, readonly string[]>;
}

/** `=== path` starts a source file, `=== kind` (no dot or slash) a list of expected edges, `### name` a case. */
export function readCases(text: string): readonly LinkCase[] {
  const cases: LinkCase[] = [];
  for (const part of text.split(/^### /m).slice(1)) {
    const end = part.indexOf('\n');
    const files = new Map<string, string>();
    const expected = new Map<string, string[]>();
    for (const section of part
      .slice(end + 1)
      .split(/^=== /m)
      .slice(1)) {
      const headEnd = section.indexOf('\n');
      const head = section.slice(0, headEnd < 0 ? undefined : headEnd).trim();
      const body = headEnd < 0 ? '' : section.slice(headEnd + 1);
      if (/[./]/.test(head) || head === 'Gemfile') files.set(head, body);
      else
        expected.set(
          head,
          body
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean)
            .sort(),
        );
    }
    cases.push({ name: part.slice(0, end).trim(), files, expected });
  }
  return cases;
}

const languages: Readonly<Record<string, string>> = {
  go: 'go',
  java: 'java',
  c: 'c',
  h: 'c',
  cpp: 'cpp',
  cc: 'cpp',
  hpp: 'cpp',
  rs: 'rust',
  cs: 'csharp',
  php: 'php',
  rb: 'ruby',
  kt: 'kotlin',
};

export async function extractCase(
  files: ReadonlyMap<string, string>,
): Promise<readonly { path: string; facts: FileFacts }[]> {
  const found: { path: string; facts: FileFacts }[] = [];
  const isCpp = [...files.keys()].some((path) => /\.(?:cpp|cc|hpp)$/.test(path));
  for (const [path, text] of files) {
    let language = languages[path.slice(path.lastIndexOf('.') + 1)];
    if (language === undefined) continue;
    if (isCpp && path.endsWith('.h')) language = 'cpp';
    const extractor = (await loadExtractor(language))!;
    await extractor.prepare(language);
    found.push({ path, facts: extractor.extract({ text, language, declarations: false }) });
  }
  return found;
}

export function projectOf(files: ReadonlyMap<string, string>): ProjectFiles {
  return {
    read: (path) => files.get(path),
    exists: (path) => files.has(path),
    manifests: () => [...files.keys()].filter((path) => /(?:go\.mod|Cargo\.toml|composer\.json)$/.test(path)),
  };
}

/** `path#Outer.name` of a symbol; the path alone for the module. */
function symbolName(path: string, facts: FileFacts, row: number): string {
  const parts: string[] = [];
  for (let at = row; at > 0; at = facts.symbols[at * SYMBOL_STRIDE + SymbolColumn.parent]!) {
    const owner = facts.strings[facts.symbols[at * SYMBOL_STRIDE + SymbolColumn.owner]!];
    const name =
      facts.symbols[at * SYMBOL_STRIDE + SymbolColumn.flags]! & SymbolFlag.anonymous
        ? 'λ'
        : facts.strings[facts.symbols[at * SYMBOL_STRIDE + SymbolColumn.name]!]!;
    parts.unshift(owner === undefined ? name : `${owner}.${name}`);
  }
  return parts.length > 0 ? `${path}#${parts.join('.')}` : path;
}

/** Edges by kind, as `source -> target`; candidates under `candidate`, what lies outside under `external`. */
export function linkAll(
  files: readonly { path: string; facts: FileFacts }[],
  project: ProjectFiles,
): ReadonlyMap<string, readonly string[]> {
  const world = new TypedWorld(project);
  files.forEach((file, number) => world.set({ number, path: file.path, roles: ['source'], facts: file.facts }));
  const found = new Map<string, Set<string>>();
  for (const number of world.takeDirty()) {
    const { edges, externals } = world.link(number);
    for (let at = 0; at < edges.length; at += LINKED_EDGE_STRIDE) {
      const sourceFile = files[edges[at]!]!;
      const source = symbolName(sourceFile.path, sourceFile.facts, edges[at + 1]!);
      const targetFile = edges[at + LinkedEdgeColumn.targetFile]!;
      const row = edges[at + LinkedEdgeColumn.targetSymbol]!;
      const target =
        targetFile < 0 ? externals[row]! : symbolName(files[targetFile]!.path, files[targetFile]!.facts, row);
      const kind = edgeKinds[edges[at + LinkedEdgeColumn.kind]!]!;
      const provenance = provenances[edges[at + LinkedEdgeColumn.provenance]!]!;
      const group = provenance === 'external' ? 'external' : provenance === 'candidate' ? 'candidate' : kind;
      const text = provenance === 'external' ? `${source} ${kind} ${target}` : `${source} -> ${target}`;
      let set = found.get(group);
      if (!set) found.set(group, (set = new Set()));
      set.add(text);
    }
  }
  return new Map([...found].map(([kind, set]) => [kind, [...set].sort()]));
}
