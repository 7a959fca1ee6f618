/** What another encoder is told of a file's documents, and their vectors put into the file's segment. */
import type { EmbeddingInput } from '#model/embedding-model.ts';
import { CHUNK_KIND, DOCUMENT_STRIDE, DocumentColumn, type SearchSegment } from '#model/search-segment.ts';
import { ownsText } from './file-documents.ts';
import { isMeaningful } from './make-segment.ts';

export interface DocumentText {
  /** Number of the document in its segment. */
  readonly document: number;
  readonly input: EmbeddingInput;
}

/** Of one document, in UTF-16 units: encoders look at some 512 tokens, at most 8,192. */
const LONGEST_TEXT = 8_000;
/** Lines of comments above a declaration. */
const MOST_COMMENT_LINES = 60;
/** What is shorter says too little. */
const SHORTEST_TEXT = 24;

/** Functions, types, sections of prose and pieces of code, with the comments above them. */
export function textsOfSegment({ documents, names }: SearchSegment, text: string): DocumentText[] {
  const lines = text.split(/\r\n|\n|\r/);
  const found: DocumentText[] = [];
  names.forEach((name, document) => {
    const get = (column: number): number => documents[document * DOCUMENT_STRIDE + column]!;
    const [kind, start, end] = [DocumentColumn.kind, DocumentColumn.startLine, DocumentColumn.endLine].map(get) as [
      number,
      number,
      number,
    ];
    if (!isMeaningful(kind) || (kind < CHUNK_KIND && !ownsText(kind, start, end))) return;
    const own = lines
      .slice(start - 1, end)
      .join('\n')
      .slice(0, LONGEST_TEXT);
    if (own.length < SHORTEST_TEXT) return;
    const documentation = commentAbove(lines, start - 1);
    found.push({
      document,
      input: { role: 'code', name, text: own, ...(documentation === '' ? {} : { documentation }) },
    });
  });
  return found;
}

/** Lines of comment right above a line, without their marks. */
function commentAbove(lines: readonly string[], line: number): string {
  const found: string[] = [];
  for (let at = line - 1; at >= 0 && found.length < MOST_COMMENT_LINES; at--) {
    const trimmed = lines[at]!.trim();
    if (!/^(?:\/\/|\/\*|\*|#(?!!|include|define|if|endif|\[)|--|;;)/.test(trimmed)) break;
    found.unshift(trimmed.replace(/^(?:\/\/[/!]?|\/\*+|\*+\/?|#+|--+|;+)\s?|\*+\/$/g, '').trim());
  }
  return found.join('\n').trim();
}

/** `rows`: of the documents, in their order, quantised; undefined for one that says nothing. */
export function withVectors(
  segment: SearchSegment,
  documents: readonly number[],
  rows: readonly (Int8Array | undefined)[],
  dimensions: number,
): SearchSegment {
  const kept = documents.flatMap((document, at) => (rows[at] ? [{ document, row: rows[at] }] : []));
  const vectors = new Int8Array(kept.length * dimensions);
  kept.forEach(({ row }, at) => vectors.set(row, at * dimensions));
  return { ...segment, vectorDocuments: Int32Array.from(kept, ({ document }) => document), vectors };
}
