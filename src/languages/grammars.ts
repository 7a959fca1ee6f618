/** Where each tree-sitter grammar comes from (development packages) and under which name it ships in dist/grammars. */
const vscode = '@vscode/tree-sitter-wasm/wasm';

const sources: Readonly<Record<string, string>> = {
  bash: `${vscode}/tree-sitter-bash.wasm`,
  'c-sharp': `${vscode}/tree-sitter-c-sharp.wasm`,
  cpp: `${vscode}/tree-sitter-cpp.wasm`,
  css: `${vscode}/tree-sitter-css.wasm`,
  go: `${vscode}/tree-sitter-go.wasm`,
  ini: `${vscode}/tree-sitter-ini.wasm`,
  java: `${vscode}/tree-sitter-java.wasm`,
  javascript: `${vscode}/tree-sitter-javascript.wasm`,
  php: `${vscode}/tree-sitter-php.wasm`,
  powershell: `${vscode}/tree-sitter-powershell.wasm`,
  python: `${vscode}/tree-sitter-python.wasm`,
  ruby: `${vscode}/tree-sitter-ruby.wasm`,
  rust: `${vscode}/tree-sitter-rust.wasm`,
  tsx: `${vscode}/tree-sitter-tsx.wasm`,
  typescript: `${vscode}/tree-sitter-typescript.wasm`,
  c: 'tree-sitter-c/tree-sitter-c.wasm',
  html: 'tree-sitter-html/tree-sitter-html.wasm',
  json: 'tree-sitter-json/tree-sitter-json.wasm',
  scala: 'tree-sitter-scala/tree-sitter-scala.wasm',
  haskell: 'tree-sitter-haskell/tree-sitter-haskell.wasm',
  elixir: 'tree-sitter-elixir/tree-sitter-elixir.wasm',
  julia: 'tree-sitter-julia/tree-sitter-julia.wasm',
  ocaml: 'tree-sitter-ocaml/tree-sitter-ocaml.wasm',
  objc: 'tree-sitter-objc/tree-sitter-objc.wasm',
  groovy: 'tree-sitter-groovy/tree-sitter-groovy.wasm',
  solidity: 'tree-sitter-solidity/tree-sitter-solidity.wasm',
  fsharp: 'tree-sitter-fsharp/tree-sitter-fsharp.wasm',
  kotlin: '@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm',
  lua: '@tree-sitter-grammars/tree-sitter-lua/tree-sitter-lua.wasm',
  zig: '@tree-sitter-grammars/tree-sitter-zig/tree-sitter-zig.wasm',
  svelte: '@tree-sitter-grammars/tree-sitter-svelte/tree-sitter-svelte.wasm',
  yaml: '@tree-sitter-grammars/tree-sitter-yaml/tree-sitter-yaml.wasm',
  r: '@davisvaughan/tree-sitter-r/tree-sitter-r.wasm',
};

export type GrammarName = string;

export function grammarNames(): readonly GrammarName[] {
  return Object.keys(sources);
}

/** For the build: each grammar's file inside node_modules and its name under dist/grammars. */
export function grammarFiles(): readonly { source: string; target: string }[] {
  return Object.entries(sources).map(([name, source]) => ({ source, target: `${name}.wasm` }));
}
