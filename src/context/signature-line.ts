import type { SymbolRecord } from '#model/snapshot.ts';

/** A longer signature says little more: the names of its first parameters tell enough. Characters. */
const LONGEST = 240;

/** One line: what is declared, under its qualified name. */
export function signatureOf(symbol: SymbolRecord): string {
  const { name, qualifiedName, kind, signature, path } = symbol;
  if (symbol.parent === undefined) return path;
  const written = tidy(signature ?? '');
  if (written === '') return `${kind} ${qualifiedName}`;
  const line = qualifiedName === name ? written : qualified(written, name, qualifiedName);
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

/** Puts the qualified name where the name first stands as a word, a receiver before it (`self.items`) included. */
function qualified(signature: string, name: string, qualifiedName: string): string {
  const word = /[\p{L}\p{N}_$]/u;
  for (let at = signature.indexOf(name); at >= 0 && name !== ''; at = signature.indexOf(name, at + 1)) {
    const end = at + name.length;
    if (word.test(signature[at - 1] ?? ' ') || word.test(signature[end] ?? ' ')) continue;
    const receiver = /[\p{L}\p{N}_$]*\.$/u.exec(signature.slice(0, at))?.[0].length ?? 0;
    return signature.slice(0, at - receiver) + qualifiedName + signature.slice(end);
  }
  return `${qualifiedName}: ${signature}`;
}

/** As on one line: without the layout of several, and without the end of the statement. */
function tidy(signature: string): string {
  return signature
    .replace(/\s+/g, ' ')
    .replace(/([([]) /g, '$1')
    .replace(/,? ([)\]])/g, '$1')
    .replace(/[\s;,]+$/, '')
    .trim();
}
