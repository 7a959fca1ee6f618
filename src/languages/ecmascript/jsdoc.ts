import type { Comment } from './estree.ts';
import type { Unit } from './unit.ts';

export interface DocumentationComment {
  readonly text: string;
  /** Types of parameters by name, as written. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly returns: string | undefined;
  readonly type: string | undefined;
  readonly deprecated: boolean;
}

/** The JSDoc comment that ends right before an offset: only layout, keywords and decorators may stand between. */
export function documentationBefore(
  unit: Pick<Unit, 'text' | 'comments'>,
  offset: number,
): DocumentationComment | undefined {
  const comment = lastBefore(unit.comments, offset);
  if (!comment?.block || !unit.text.startsWith('/**', comment.start) || comment.end - comment.start < 5)
    return undefined;
  const gap = unit.text.slice(comment.end, offset);
  if (
    gap.length > 200 ||
    !/^\s*(?:(?:export|default|declare|abstract|public|private|protected|static|readonly|override|async|const|let|var)\s+)*$/.test(
      gap,
    )
  )
    return undefined;
  return parseDocumentation(unit.text.slice(comment.start + 3, comment.end - 2));
}

function lastBefore(comments: readonly Comment[], offset: number): Comment | undefined {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comments[middle]!.end <= offset) low = middle + 1;
    else high = middle;
  }
  return comments[low - 1];
}

function parseDocumentation(body: string): DocumentationComment {
  const text = body
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim();
  const parameters = new Map<string, string>();
  let returns: string | undefined;
  let type: string | undefined;
  let from = text.indexOf('@');
  for (; from >= 0; from = text.indexOf('@', from + 1)) {
    const tag = /^@(param|arg|argument|returns?|type)\s*\{/.exec(text.slice(from, from + 24));
    if (!tag) continue;
    const open = from + tag[0].length;
    const close = closingBrace(text, open);
    if (close < 0) break;
    const written = text.slice(open, close).replace(/\s+/g, ' ').trim();
    if (tag[1] === 'type') type ??= written;
    else if (tag[1]!.startsWith('return')) returns ??= written;
    else {
      const name = /^\s*\[?\s*([\w$]+)/.exec(text.slice(close + 1, close + 120))?.[1];
      if (name && !parameters.has(name)) parameters.set(name, written);
    }
    from = close;
  }
  return { text, parameters, returns, type, deprecated: /(?:^|\n)\s*@deprecated\b/.test(text) };
}

function closingBrace(text: string, open: number): number {
  let depth = 1;
  for (let at = open; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 123) depth++;
    else if (code === 125 && --depth === 0) return at;
  }
  return -1;
}
