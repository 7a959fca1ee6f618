import type { Extractor } from './extractor.ts';
import type * as EcmascriptParser from './ecmascript/oxc.ts';
import type { LanguageSpec } from './declarative/language-spec.ts';

export type {
  Comment as EcmascriptComment,
  Node as EcmascriptNode,
  Program as EcmascriptProgram,
} from './ecmascript/estree.ts';

/** Extractor by language identifier, loaded when the first file of that language is seen. */
const extractors: Readonly<Record<string, () => Promise<Extractor>>> = {
  markdown: prose,
  mdx: prose,
  restructuredtext: prose,
  asciidoc: prose,
  latex: prose,
  dart: async () => (await import('./dart/dart.ts')).extractor,
  swift: async () => (await import('./swift/swift.ts')).extractor,
  clojure: async () => (await import('./clojure/clojure.ts')).extractor,
  matlab: async () => (await import('./matlab/matlab.ts')).extractor,
  perl: async () => (await import('./perl/perl.ts')).extractor,
  sql: async () => (await import('./sql/sql.ts')).extractor,
  erlang: async () => (await import('./erlang/erlang.ts')).extractor,
  python: async () => (await import('./python/extractor.ts')).pythonExtractor,
  javascript: ecmascript,
  jsx: ecmascript,
  typescript: ecmascript,
  tsx: ecmascript,
  scala: () => declarative(async () => (await import('./jvm/scala.ts')).scala),
  haskell: () => declarative(async () => (await import('./functional/haskell.ts')).haskell),
  elixir: () => declarative(async () => (await import('./functional/elixir.ts')).elixir),
  fsharp: () => declarative(async () => (await import('./functional/fsharp.ts')).fsharp),
  r: () => declarative(async () => (await import('./scripting/r.ts')).r),
  julia: () => declarative(async () => (await import('./scripting/julia.ts')).julia),
  shell: () => declarative(async () => (await import('./scripting/shell.ts')).shell),
  lua: () => declarative(async () => (await import('./scripting/lua.ts')).lua),
  ocaml: () => declarative(async () => (await import('./functional/ocaml.ts')).ocaml),
  powershell: () => declarative(async () => (await import('./scripting/powershell.ts')).powershell),
  'objective-c': () => declarative(async () => (await import('./systems/objective-c.ts')).objectiveC),
  'objective-cpp': () => declarative(async () => (await import('./systems/objective-c.ts')).objectiveC),
  groovy: () => declarative(async () => (await import('./jvm/groovy.ts')).groovy),
  gradle: () => declarative(async () => (await import('./jvm/groovy.ts')).groovy),
  solidity: () => declarative(async () => (await import('./systems/solidity.ts')).solidity),
  zig: () => declarative(async () => (await import('./systems/zig.ts')).zig),
  css: () => declarative(async () => (await import('./markup/css.ts')).css),
  java: () => declarative(async () => (await import('./jvm/java.ts')).java),
  c: () => declarative(async () => (await import('./c/c.ts')).c),
  cpp: () => declarative(async () => (await import('./c/cpp.ts')).cpp),
  csharp: () => declarative(async () => (await import('./dotnet/csharp.ts')).csharp),
  rust: () => declarative(async () => (await import('./rust/rust.ts')).rust),
  php: () => declarative(async () => (await import('./php/php.ts')).php),
  ruby: () => declarative(async () => (await import('./ruby/ruby.ts')).ruby),
  kotlin: () => declarative(async () => (await import('./jvm/kotlin.ts')).kotlin),
  go: () => declarative(async () => (await import('./go/go.ts')).go),
};

async function ecmascript(): Promise<Extractor> {
  return (await import('./ecmascript/ecmascript-extractor.ts')).ecmascriptExtractor;
}

async function prose(): Promise<Extractor> {
  return (await import('./prose/prose.ts')).extractor;
}

async function declarative(load: () => Promise<LanguageSpec>): Promise<Extractor> {
  const { declarativeExtractor } = await import('./declarative/declarative-extractor.ts');
  return declarativeExtractor(await load());
}

/** The extractor of a language; undefined where only lines and chunks are known. */
export async function loadExtractor(language: string): Promise<Extractor | undefined> {
  return extractors[language]?.();
}

/** ESTree with TypeScript's nodes, for engines that rewrite JavaScript and TypeScript. */
export async function loadEcmascriptParser(): Promise<typeof EcmascriptParser> {
  return import('./ecmascript/oxc.ts');
}

/** Whether an optimizer takes two texts for the same program. JavaScript without types. */
export async function loadEcmascriptComparison(): Promise<(one: string, other: string) => boolean> {
  return (await import('./ecmascript/minify.ts')).sameWhenMinified;
}
