import { ecmascriptInstrumenter } from '#instrument/instrument-ecmascript.ts';
import { equivalentMutants } from '#instrument/equivalent-mutants.ts';
import { ecmascriptStripper } from '#instrument/strip-ecmascript.ts';
import { loadEcmascriptComparison } from '#languages/registry.ts';
import type { InstrumentedFile, Mutant } from '#model/instrumented.ts';
import type { SuiteSource } from './suite-request.ts';

export interface Rewritten {
  /** What is to be written into the sandbox: tree-relative path and text. */
  readonly texts: ReadonlyMap<string, string>;
  readonly files: readonly InstrumentedFile[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  readonly equivalent: readonly Mutant[];
}

/** JavaScript and TypeScript with counters and, where `mutants` says so, with mutants; other files lose their types. */
export async function rewriteSources(
  sources: readonly SuiteSource[],
  plain: readonly SuiteSource[],
  strip: boolean,
  mutants: (source: SuiteSource) => boolean,
): Promise<Rewritten> {
  const instrument = await ecmascriptInstrumenter();
  const stripTypes = await ecmascriptStripper();
  const same = await loadEcmascriptComparison();
  const texts = new Map<string, string>();
  const files: InstrumentedFile[] = [];
  const skipped: { path: string; reason: string }[] = [];
  const equivalent: Mutant[] = [];
  let firstMutant = 1;
  for (const source of sources) {
    const { path, text, language } = source;
    const withMutants = mutants(source);
    const done = instrument(text, language, { id: path, mutants: withMutants, firstMutant, strip });
    if (!done) {
      skipped.push({
        path,
        reason: strip ? 'it does not parse, or needs a compiler for more than types' : 'it does not parse',
      });
      continue;
    }
    firstMutant += done.file.mutants.length;
    texts.set(path, done.text);
    files.push(done.file);
    const bare = withMutants ? (stripTypes(text, language) ?? text) : text;
    // Places in enums move within their line when types are taken out.
    if (withMutants && bare.length === text.length) equivalent.push(...equivalentMutants(done.file, bare, same));
  }
  if (strip) {
    for (const { path, text, language } of plain) {
      if (!/\.[cm]?tsx?$/.test(path)) continue;
      const done = stripTypes(text, language);
      if (done === undefined) skipped.push({ path, reason: 'it needs a compiler for more than types' });
      else texts.set(path, done);
    }
  }
  return { texts, files, skipped, equivalent };
}
