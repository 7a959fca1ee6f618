/**
 * What each language's extractor finds in a sample. The expected listing stands beside the sample and was checked by eye;
 * `UPDATE_LISTINGS=1` writes it anew after a change, for another look.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { listExports, listImports, listReferences, listSymbols } from '../src/languages/facts-listing.ts';
import { loadExtractor } from '../src/languages/registry.ts';
import type { FileFacts } from '../src/model/facts.ts';

const folder = path.join(import.meta.dirname, 'fixtures/languages');
const samples = readdirSync(folder).filter((name) => !name.endsWith('.facts.txt'));

async function extract(language: string, text: string): Promise<FileFacts> {
  const extractor = await loadExtractor(language);
  await extractor!.prepare(language);
  return extractor!.extract({ text, language, declarations: false });
}

function listing(facts: FileFacts): string {
  return [
    `level ${facts.level}${facts.partial ? ' partial' : ''}`,
    '',
    ...listSymbols(facts),
    '',
    ...listImports(facts),
    '',
    ...listReferences(facts),
    '',
    `exports ${listExports(facts).join(' ')}`,
    '',
  ].join('\n');
}

describe.each(samples)('%s', (sample) => {
  const language = path.parse(sample).name;
  const file = path.join(folder, sample);
  const text = readFileSync(file, 'utf8');

  it('has the expected facts', async () => {
    const made = listing(await extract(language, text));
    if (process.env['UPDATE_LISTINGS'] === '1') writeFileSync(`${file}.facts.txt`, made);
    expect(made).toBe(readFileSync(`${file}.facts.txt`, 'utf8'));
  });

  it('reads any beginning and any rest of it without an error', async () => {
    for (let cut = 1; cut < text.length; cut += 41) {
      await extract(language, text.slice(0, cut));
      await extract(language, text.slice(cut));
    }
  });
});
