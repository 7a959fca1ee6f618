/** Definitions of one language as universal-ctags and Trowel see them, matched by file, name and the line of the name. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { extractFile } from '../../src/parse/extract-file.ts';
import { IMPORT_STRIDE, ImportColumn, SYMBOL_STRIDE, SymbolColumn } from '../../src/model/facts.ts';
import { SymbolFlag, symbolKinds } from '../../src/model/vocabulary.ts';

export interface Definition {
  readonly file: string;
  readonly name: string;
  readonly line: number;
  readonly kind: string;
  /** Lines of the whole declaration; ctags' own are not read. */
  readonly end: number;
  /** Lies inside a function. */
  readonly inFunction: boolean;
}

const functionKinds = new Set(['function', 'method', 'constructor', 'macro']);

export interface OurFile {
  readonly definitions: readonly Definition[];
  /** Anonymous functions among them. */
  readonly functions: readonly Definition[];
  /** Names that the file imports. */
  readonly imported: ReadonlySet<string>;
}

export async function ourDefinitions(root: string, file: string, language: string): Promise<OurFile> {
  const { facts } = await extractFile({
    text: readFileSync(path.join(root, file), 'utf8'),
    language,
    declarations: /\.(d\.[mc]?ts|pyi)$/.test(file),
  });
  const definitions: Definition[] = [];
  const functions: Definition[] = [];
  const imported = new Set<string>();
  for (let at = 0; at < facts.imports.length; at += IMPORT_STRIDE) {
    const name =
      facts.imports[at + ImportColumn.alias]! >= 0
        ? facts.imports[at + ImportColumn.alias]!
        : facts.imports[at + ImportColumn.name]!;
    if (name >= 0) imported.add(facts.strings[name]!);
  }
  const insideFunction: boolean[] = [];
  for (let at = 0; at < facts.symbols.length; at += SYMBOL_STRIDE) {
    const column = (name: keyof typeof SymbolColumn): number => facts.symbols[at + SymbolColumn[name]]!;
    const kind = symbolKinds[column('kind')]!;
    const anonymous = (column('flags') & SymbolFlag.anonymous) !== 0;
    const parent = column('parent');
    const inFunction = parent >= 0 && insideFunction[parent]!;
    insideFunction.push(inFunction || functionKinds.has(kind));
    if (at === 0) continue;
    const definition = {
      file,
      name: column('name') < 0 ? '' : facts.strings[column('name')]!,
      line: column('nameLine'),
      kind,
      end: column('endLine'),
      inFunction,
    };
    if (functionKinds.has(kind)) functions.push(definition);
    if (!anonymous && column('name') >= 0) definitions.push(definition);
  }
  return { definitions, functions, imported };
}

/** Why ctags has a definition that stands nowhere in ours. */
export type MissClass = 'unnamed' | 'other line' | 'bound again' | 'imported' | 'local' | 'missing';
/** Why we have a definition that ctags does not tell. */
export type SurplusClass =
  'inside a function' | 'name known to ctags elsewhere in the file' | 'kind or form that ctags does not tell';

export interface Comparison {
  readonly matched: readonly (readonly [theirs: Definition, ours: Definition])[];
  readonly missed: readonly (readonly [Definition, MissClass])[];
  readonly surplus: readonly (readonly [Definition, SurplusClass])[];
}

/** How far a name's line may lie from ctags' line for the same definition: decorators, macros and long signatures. */
const NEAR = 4;

export function compareDefinitions(theirs: readonly Definition[], files: ReadonlyMap<string, OurFile>): Comparison {
  const ours = [...files.values()].flatMap(({ definitions }) => definitions);
  const byFile = Map.groupBy(ours, ({ file }) => file);
  const matched: (readonly [Definition, Definition])[] = [];
  const missed: (readonly [Definition, MissClass])[] = [];
  const taken = new Set<Definition>();
  const open: Definition[] = [];
  const key = ({ file, name, line }: Definition): string => `${file}\0${name}\0${line}`;
  const exact = Map.groupBy(ours, key);
  for (const each of theirs) {
    const own = exact.get(key(each))?.shift();
    if (own) {
      taken.add(own);
      matched.push([each, own]);
    } else open.push(each);
  }
  for (const each of open) {
    const named = (byFile.get(each.file) ?? []).filter(({ name }) => name === each.name);
    const near = named.find((own) => !taken.has(own) && Math.abs(own.line - each.line) <= NEAR);
    if (near) taken.add(near);
    missed.push([each, missClass(each, files.get(each.file)!, named, near)]);
  }
  const theirNames = new Set(theirs.map(({ file, name }) => `${file}\0${name}`));
  const surplus = ours.filter((own) => !taken.has(own)).map((own) => [own, surplusClass(own, theirNames)] as const);
  return { matched, missed, surplus };
}

function missClass(
  each: Definition,
  file: OurFile,
  named: readonly Definition[],
  near: Definition | undefined,
): MissClass {
  if (/^(__anon|anonymous|AnonymousFunction|anonFunc)/.test(each.name)) return 'unnamed';
  if (near) return 'other line';
  if (file.imported.has(each.name)) return 'imported';
  const local = file.functions.some((own) => own.line <= each.line && each.line <= own.end);
  if (named.length > 0 && !local) return 'bound again';
  return local ? 'local' : 'missing';
}

function surplusClass(own: Definition, theirNames: ReadonlySet<string>): SurplusClass {
  if (own.inFunction) return 'inside a function';
  return theirNames.has(`${own.file}\0${own.name}`)
    ? 'name known to ctags elsewhere in the file'
    : 'kind or form that ctags does not tell';
}
