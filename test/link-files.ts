/** Extracts and links a handful of files in memory, and tells their edges in words. */
import path from 'node:path';
import { loadExtractor } from '../src/languages/registry.ts';
import type { LinkableFile, LinkUpdate, ProjectFiles } from '../src/link/linker.ts';
import { type FileFacts, SYMBOL_STRIDE, SymbolColumn } from '../src/model/facts.ts';
import { LINKED_EDGE_STRIDE, LinkedEdgeColumn } from '../src/model/graph.ts';
import { edgeKinds, provenances, symbolKinds } from '../src/model/vocabulary.ts';

const languages: Readonly<Record<string, string>> = {
  '.py': 'python',
  '.pyi': 'python',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.jsx': 'jsx',
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
  '.tsx': 'tsx',
  '.java': 'java',
  '.go': 'go',
  '.c': 'c',
  '.cpp': 'cpp',
  '.cs': 'csharp',
  '.rs': 'rust',
  '.dart': 'dart',
  '.md': 'markdown',
};

export function languageOf(file: string): string | undefined {
  return languages[path.extname(file)];
}

export interface NamedEdge {
  /** `path#Qualified.name`; the module itself is `path#`. */
  readonly source: string;
  /** As `source`; what lies outside is its own name. */
  readonly target: string;
  readonly kind: string;
  readonly provenance: string;
  readonly line: number;
}

async function extract(file: string, text: string): Promise<FileFacts> {
  const language = languageOf(file)!;
  const extractor = (await loadExtractor(language))!;
  await extractor.prepare(language);
  return extractor.extract({ text, language, declarations: /\.(d\.[mc]?ts|pyi)$/.test(file) });
}

export async function linkable(file: string, text: string): Promise<LinkableFile> {
  const isTest = /(^|\/)(tests?|__tests__)\/|(^|\/)test_|\.(test|spec)\./.test(file);
  return { path: file, roles: [isTest ? 'test' : 'source'], facts: await extract(file, text) };
}

export function projectOf(files: ReadonlyMap<string, string>): ProjectFiles {
  return {
    read: (file) => files.get(file),
    exists: (file) => files.has(file),
    manifests: () =>
      [...files.keys()].filter((file) =>
        /(^|\/)(package\.json|tsconfig[^/]*\.json|pyproject\.toml|go\.mod|pubspec\.yaml)$/.test(file),
      ),
  };
}

export function nameEdges(update: LinkUpdate, facts: ReadonlyMap<string, FileFacts>): NamedEdge[] {
  const edges: NamedEdge[] = [];
  for (const linked of update.linked.values()) {
    for (let at = 0; at < linked.edges.length; at += LINKED_EDGE_STRIDE) {
      const row = linked.edges.subarray(at, at + LINKED_EDGE_STRIDE);
      const name = (file: number, symbol: number): string => {
        if (file < 0) return linked.externals[symbol]!;
        const owner = update.paths[file]!;
        return `${owner}#${qualifiedName(facts.get(owner)!, symbol)}`;
      };
      edges.push({
        source: name(row[LinkedEdgeColumn.sourceFile]!, row[LinkedEdgeColumn.sourceSymbol]!),
        target: name(row[LinkedEdgeColumn.targetFile]!, row[LinkedEdgeColumn.targetSymbol]!),
        kind: edgeKinds[row[LinkedEdgeColumn.kind]!]!,
        provenance: provenances[row[LinkedEdgeColumn.provenance]!]!,
        line: row[LinkedEdgeColumn.line]!,
      });
    }
  }
  return edges;
}

function qualifiedName(facts: FileFacts, symbol: number): string {
  const parts: string[] = [];
  for (let row = symbol; row > 0; row = facts.symbols[row * SYMBOL_STRIDE + SymbolColumn.parent]!) {
    const name = facts.symbols[row * SYMBOL_STRIDE + SymbolColumn.name]!;
    const kind = symbolKinds[facts.symbols[row * SYMBOL_STRIDE + SymbolColumn.kind]!]!;
    parts.unshift(name < 0 ? `<${kind}>` : facts.strings[name]!);
  }
  return parts.join('.');
}
