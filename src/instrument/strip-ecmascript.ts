import { loadEcmascriptParser } from '#languages/registry.ts';
import { EditBuffer } from './ecmascript/edit-buffer.ts';
import { removedTypes } from './ecmascript/strip-types.ts';

/** TypeScript as JavaScript with every line in its place; undefined for what does not parse or is more than types. */
export async function ecmascriptStripper(): Promise<(text: string, language: string) => string | undefined> {
  const { parseWithOxc, eachChild } = await loadEcmascriptParser();
  return (text, language) => {
    const parsed = parseWithOxc(text, language, false);
    if (!parsed) return undefined;
    const removals = removedTypes(parsed.program, text, eachChild, parsed.comments);
    if (removals === 'unsupported') return undefined;
    const edits = new EditBuffer(text);
    for (const { start, end, text: replacement } of removals) edits.replace(start, end, replacement);
    return edits.toString();
  };
}
