import { chunksOf, attachChunks } from '#languages/chunks.ts';
import { classifyLines, countLines } from '#languages/line-classes.ts';
import type { TextIndex } from '#languages/text-index.ts';
import type { FileFacts } from '#model/facts.ts';
import { blankOutside, type EmbeddedRegion } from './embedded-regions.ts';
import type { ExtractPart } from './extract-file.ts';
import { mergeSymbols } from './merge-symbols.ts';
import { movePlaces } from './move-places.ts';
import { textFacts } from './text-facts.ts';

/** Languages whose facts lead: their data flow and imports are kept whole; those of others are symbols only. */
const leading = ['typescript', 'tsx', 'javascript', 'jsx'];

/**
 * Facts of a markup file from the code inside it: all regions of one language are one module. The facts bear the host's
 * language and its lines; a line inside a region counts as the region's language says.
 */
export async function extractEmbedded(
  text: string,
  language: string,
  regions: readonly EmbeddedRegion[],
  index: TextIndex,
  hostClasses: Uint8Array,
  extract: ExtractPart,
): Promise<FileFacts> {
  const byLanguage = Map.groupBy(regions, (region) => region.language);
  const rank = (name: string): number => (leading.includes(name) ? leading.indexOf(name) : leading.length);
  // One module may be written in both: `<script lang="ts">` beside a plain one is TypeScript, too.
  const scripts = [...byLanguage.keys()].filter((name) => leading.includes(name)).sort((a, b) => rank(a) - rank(b));
  const groups = [
    ...(scripts.length > 0
      ? [{ language: scripts[0]!, regions: regions.filter((region) => leading.includes(region.language)) }]
      : []),
    ...[...byLanguage]
      .filter(([name]) => !leading.includes(name))
      .map(([name, own]) => ({ language: name, regions: own })),
  ];
  const classes = hostClasses.slice();
  let facts: FileFacts | undefined;
  for (const group of groups) {
    const blanked = blankOutside(text, group.regions);
    overlayClasses(classes, classifyLines(blanked, group.language), group.regions, index);
    const part = await extract({ text: blanked, language: group.language, declarations: false });
    if (!part) continue;
    // Blanks are one byte each where the host's text may have had more: bytes are counted again from lines and columns.
    const placed = movePlaces(part, (line, column) => ({ line, column }), index);
    facts = facts ? mergeSymbols(facts, placed) : placed;
  }
  facts ??= textFacts(language, index);
  const whole: FileFacts = { ...facts, language, lines: countLines(classes) };
  return attachChunks(
    whole,
    chunksOf({ text, index, language, classes, strings: whole.strings, symbols: whole.symbols }),
    text,
    index,
  );
}

function overlayClasses(
  classes: Uint8Array,
  own: Uint8Array,
  regions: readonly EmbeddedRegion[],
  index: TextIndex,
): void {
  for (const { start, end } of regions) {
    // The first and last line hold the tags as well.
    for (let line = index.line(start) + 1; line < index.line(end); line++) classes[line - 1] = own[line - 1] ?? 0;
  }
}
