/** The one place that knows oxc-parser. */
import { parseSync, rawTransferSupported, visitorKeys } from 'oxc-parser';
import type { Node, ParsedSource } from './estree.ts';
import { nestsTooDeep } from './nesting-limit.ts';

type Dialect = 'js' | 'jsx' | 'ts' | 'tsx' | 'dts';

const raw = rawTransferSupported();

function dialects(language: string, declarations: boolean): readonly Dialect[] {
  if (declarations) return ['dts'];
  if (language === 'typescript') return ['ts', 'tsx'];
  if (language === 'tsx') return ['tsx'];
  // Plain JavaScript files with JSX or with Flow's or TypeScript's annotations are common.
  return ['jsx', 'tsx'];
}

/** Undefined for a text with errors, for which oxc yields no tree, and for one that its stack might not hold. */
export function parseWithOxc(text: string, language: string, declarations: boolean): ParsedSource | undefined {
  if (nestsTooDeep(text)) return undefined;
  for (const lang of dialects(language, declarations)) {
    const options = { lang, preserveParens: false, sourceType: 'unambiguous' as const, experimentalRawTransfer: raw };
    const result = parseSync('file', text, options);
    const program = result.program;
    if (program.body.length === 0 && result.errors.length > 0) continue;
    const comments = result.comments.map(({ type, start, end }) => ({ block: type === 'Block', start, end }));
    return { program, comments, partial: false };
  }
  return undefined;
}

/** Calls `visit` for each child in source order. */
export function eachChild(node: Node, visit: (child: Node) => void): void {
  const keys = visitorKeys[node.type];
  if (!keys) return;
  const fields = node as unknown as Readonly<Record<string, Node | readonly (Node | null)[] | null | undefined>>;
  for (const key of keys) {
    const value = fields[key];
    if (!value) continue;
    if (Array.isArray(value)) {
      for (const item of value as readonly (Node | null)[]) if (item) visit(item);
    } else {
      visit(value as Node);
    }
  }
}

/** Offsets that the parser's first error points at, in order; none where it finds no error. */
export function firstError(text: string, language: string, declarations: boolean): readonly number[] {
  const options = {
    lang: dialects(language, declarations)[0]!,
    preserveParens: false,
    sourceType: 'unambiguous' as const,
    experimentalRawTransfer: raw,
  };
  const result = parseSync('file', text, options);
  if (result.program.body.length > 0 || result.errors.length === 0) return [];
  return result.errors[0]!.labels.map(({ start }) => start).sort((a, b) => a - b);
}
