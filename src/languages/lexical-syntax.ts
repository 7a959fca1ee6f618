/**
 * Comment and string syntax, as far as telling comments from code needs it. A rule is tried where its `open` stands; the
 * longest `open` is tried first.
 */
export type LexicalRule =
  | { readonly kind: 'line'; readonly open: string; readonly at?: Anchor; readonly notBefore?: string }
  | {
      readonly kind: 'block';
      readonly open: string;
      readonly close: string;
      readonly nested?: boolean;
      readonly at?: Anchor;
    }
  | {
      readonly kind: 'string';
      readonly open: string;
      readonly close: string;
      readonly escape: Escape;
      readonly multiline: boolean;
      /** Standing alone as a statement it is documentation, and counts as a comment. */
      readonly docstring?: boolean;
      /** The quote is no string after an identifier or closing bracket (MATLAB's transposition, primes in names). */
      readonly notAfterWord?: boolean;
    }
  /** `'x'` or `'\n'`, but not a lifetime, a type variable, a digit separator or a prime. */
  | { readonly kind: 'character'; readonly open: string }
  /** The opening mark and the character after it are code: `$"` in Erlang, `\;` in Clojure. */
  | { readonly kind: 'escaped'; readonly open: string }
  | { readonly kind: 'regex'; readonly open: '/' }
  | { readonly kind: 'template'; readonly open: '`' }
  | { readonly kind: 'heredoc'; readonly open: '<<' | '<<<' }
  /** Lua: `[==[ … ]==]`, and as a comment after its prefix. */
  | { readonly kind: 'long-bracket'; readonly open: string; readonly comment: boolean }
  | { readonly kind: 'raw'; readonly open: string; readonly style: 'rust' | 'cpp' | 'swift' | 'quotes' | 'dollar' }
  /** Ruby: `%w[…]`, `%q(…)`. */
  | { readonly kind: 'percent'; readonly open: '%' };

/** `line`: only white space before it; `column`: in the first column; `word`: white space or a separator before it. */
export type Anchor = 'line' | 'column' | 'word';
export type Escape = '\\' | '`' | '^' | 'doubled' | 'none';

export interface LexicalSyntax {
  readonly rules: readonly LexicalRule[];
  /** Code stands between these marks; what lies outside is markup (PHP). */
  readonly island?: { readonly open: string; readonly close: string };
  /** Letters count alike (`REM`, `rem`). */
  readonly fold?: boolean;
  /** COBOL and fixed-form Fortran: these characters in this column (0-based) make the line a comment. */
  readonly fixedColumn?: { readonly column: number; readonly marks: string };
}

const line = (open: string, at?: Anchor, notBefore?: string): LexicalRule => ({
  kind: 'line',
  open,
  ...(at && { at }),
  ...(notBefore !== undefined && { notBefore }),
});
const block = (open: string, close: string, nested = false, at?: Anchor): LexicalRule => ({
  kind: 'block',
  open,
  close,
  nested,
  ...(at && { at }),
});
const quoted = (quote: string, escape: Escape = '\\', multiline = false): LexicalRule => ({
  kind: 'string',
  open: quote,
  close: quote,
  escape,
  multiline,
});
const between = (open: string, close: string, escape: Escape = 'none'): LexicalRule => ({
  kind: 'string',
  open,
  close,
  escape,
  multiline: true,
});
const character: LexicalRule = { kind: 'character', open: "'" };
const double = quoted('"');
const single = quoted("'");
const tripleDouble = quoted('"""', '\\', true);
const slashes: readonly LexicalRule[] = [line('//'), block('/*', '*/')];
const nestedSlashes: readonly LexicalRule[] = [line('//'), block('/*', '*/', true)];
const cLike: LexicalSyntax = { rules: [...slashes, double, character] };
const heredoc: LexicalRule = { kind: 'heredoc', open: '<<' };
const regex: LexicalRule = { kind: 'regex', open: '/' };
const hash = line('#');
const hashWord = line('#', 'word');
const docstring = (quote: string): LexicalRule => ({
  kind: 'string',
  open: quote,
  close: quote,
  escape: '\\',
  multiline: quote.length > 1,
  docstring: true,
});

const ecmascript: LexicalSyntax = {
  rules: [...slashes, double, single, { kind: 'template', open: '`' }, regex, line('#!', 'column')],
};
const cpp: LexicalSyntax = { rules: [...slashes, { kind: 'raw', open: 'R"', style: 'cpp' }, double, character] };
const lisp: LexicalSyntax = {
  rules: [line(';'), block('#|', '|#', true), { kind: 'escaped', open: '#\\' }, quoted('"', '\\', true)],
};
const markup: LexicalSyntax = { rules: [block('<!--', '-->')] };
const shell: LexicalSyntax = {
  rules: [hashWord, quoted('"', '\\', true), quoted("'", 'none', true), { kind: 'escaped', open: '\\' }, heredoc],
};
const styles: LexicalSyntax = { rules: [...slashes, double, single] };
const haskell: LexicalSyntax = {
  rules: [line('--', undefined, '!#$%&*+./<=>?@\\^|~:'), block('{-', '-}', true), double, character],
};
const ml: LexicalSyntax = { rules: [block('(*', '*)', true), quoted('"', '\\', true), character] };

/** Comment and string syntax by language identifier; a language that is not here has neither (prose, data). */
// prettier-ignore
export const lexicalSyntaxes: Readonly<Record<string, LexicalSyntax>> = {
  python: { rules: [hash, docstring('"""'), docstring("'''"), docstring('"'), docstring("'")] },
  javascript: ecmascript, jsx: ecmascript, typescript: ecmascript, tsx: ecmascript,
  java: { rules: [...slashes, tripleDouble, double, character] },
  c: cLike, cpp, cuda: cpp, 'objective-c': cLike, 'objective-cpp': cpp, arduino: cpp, glsl: cLike, hlsl: cLike, opencl: cLike,
  csharp: { rules: [...slashes, { kind: 'raw', open: '"""', style: 'quotes' }, { kind: 'string', open: '@"', close: '"', escape: 'doubled', multiline: true }, double, character] },
  go: { rules: [...slashes, quoted('`', 'none', true), double, character] },
  'go-module': { rules: slashes },
  rust: { rules: [...nestedSlashes, { kind: 'raw', open: 'r', style: 'rust' }, quoted('"', '\\', true), character] },
  php: { rules: [line('#', undefined, '['), ...slashes, quoted('"', '\\', true), quoted("'", '\\', true), { kind: 'heredoc', open: '<<<' }], island: { open: '<?', close: '?>' } },
  ruby: { rules: [hashWord, block('=begin', '=end', false, 'column'), quoted('"', '\\', true), quoted("'", '\\', true), quoted('`', '\\', true), regex, heredoc, { kind: 'percent', open: '%' }] },
  crystal: { rules: [hashWord, quoted('"', '\\', true), character, heredoc] },
  swift: { rules: [...nestedSlashes, tripleDouble, double, { kind: 'raw', open: '#', style: 'swift' }] },
  kotlin: { rules: [...nestedSlashes, quoted('"""', 'none', true), double, character] },
  scala: { rules: [...nestedSlashes, quoted('"""', 'none', true), double, character] },
  haskell, elm: haskell, purescript: haskell, idris: haskell, agda: haskell,
  erlang: { rules: [line('%'), { kind: 'escaped', open: '$' }, quoted('"', '\\', true), single] },
  elixir: { rules: [hash, tripleDouble, quoted("'''", '\\', true), quoted('"', '\\', true), single, { kind: 'escaped', open: '?' }] },
  clojure: { rules: [line(';'), { kind: 'escaped', open: '\\' }, quoted('"', '\\', true)] },
  fsharp: { rules: [line('//'), block('(*', '*)', true), quoted('"""', 'none', true), { kind: 'string', open: '@"', close: '"', escape: 'doubled', multiline: true }, quoted('"', '\\', true), character] },
  ocaml: ml, sml: ml, coq: { rules: [block('(*', '*)', true), quoted('"', 'doubled', true)] },
  r: { rules: [hash, quoted('"', '\\', true), quoted("'", '\\', true), quoted('`')] },
  matlab: { rules: [line('%'), line('...'), block('%{', '%}', true, 'line'), { kind: 'string', open: "'", close: "'", escape: 'doubled', multiline: false, notAfterWord: true }, quoted('"', 'doubled')] },
  julia: { rules: [hash, block('#=', '=#', true), docstring('"""'), quoted('"', '\\', true), character] },
  shell, fish: shell,
  lua: { rules: [line('--'), { kind: 'long-bracket', open: '--[', comment: true }, { kind: 'long-bracket', open: '[', comment: false }, double, single] },
  sql: { rules: [line('--'), line('#', 'line'), block('/*', '*/'), quoted("'", 'doubled', true), quoted('"', 'doubled', true), { kind: 'raw', open: '$', style: 'dollar' }] },
  perl: { rules: [hashWord, block('=', '=cut', false, 'column'), quoted('"', '\\', true), { kind: 'string', open: "'", close: "'", escape: '\\', multiline: true, notAfterWord: true }, regex, heredoc] },
  raku: { rules: [hashWord, quoted('"', '\\', true), { kind: 'string', open: "'", close: "'", escape: '\\', multiline: true, notAfterWord: true }] },
  dart: { rules: [...nestedSlashes, tripleDouble, quoted("'''", '\\', true), double, single] },
  groovy: { rules: [...slashes, tripleDouble, quoted("'''", '\\', true), double, single, line('#!', 'column')] },
  solidity: { rules: [...slashes, double, single] },
  zig: { rules: [line('//'), line('\\\\'), double, character] },
  d: { rules: [...slashes, block('/+', '+/', true), quoted('`', 'none', true), double, character] },
  nim: { rules: [hash, block('#[', ']#', true), tripleDouble, double, character] },
  v: { rules: [...nestedSlashes, double, single] },
  vala: cLike, haxe: { rules: [...slashes, double, quoted("'", '\\', true)] }, actionscript: ecmascript,
  powershell: { rules: [hashWord, block('<#', '#>'), between('@"', '\n"@'), between("@'", "\n'@"), quoted('"', '`', true), quoted("'", 'doubled', true)] },
  html: markup, xml: markup, svg: markup, vue: markup, svelte: markup, astro: markup, markdown: markup, mdx: markup, qml: ecmascript,
  css: { rules: [block('/*', '*/'), double, single] }, scss: styles, less: styles, sass: { rules: [...slashes, double, single] }, stylus: styles,
  json: { rules: [double] }, jsonc: { rules: [...slashes, double] }, json5: { rules: [...slashes, double, single] },
  yaml: { rules: [hashWord, quoted('"', '\\', true), { kind: 'string', open: "'", close: "'", escape: 'doubled', multiline: true, notAfterWord: true }] },
  toml: { rules: [hash, tripleDouble, quoted("'''", 'none', true), double, quoted("'", 'none')] },
  ini: { rules: [line(';', 'line'), line('#', 'line')] }, properties: { rules: [line('#', 'line'), line('!', 'line')] }, editorconfig: { rules: [line(';', 'line'), line('#', 'line')] },
  restructuredtext: { rules: [] }, asciidoc: { rules: [line('//', 'column')] }, text: { rules: [] },
  dockerfile: { rules: [line('#', 'line')] }, makefile: { rules: [hashWord] }, cmake: { rules: [hash, block('#[[', ']]'), quoted('"', '\\', true)] },
  ninja: { rules: [line('#', 'line')] }, just: { rules: [hashWord] }, puppet: { rules: [hashWord, quoted('"', '\\', true), quoted("'", '\\', true)] }, gettext: { rules: [line('#', 'line')] }, meson: { rules: [hash, quoted("'''", 'none', true), single] }, starlark: { rules: [hash, docstring('"""'), docstring("'''"), docstring('"'), docstring("'")] },
  protobuf: { rules: [...slashes, double, single] }, thrift: { rules: [hash, ...slashes, double, single] }, graphql: { rules: [hash, docstring('"""'), double] },
  terraform: { rules: [hashWord, ...slashes, double, heredoc] }, hcl: { rules: [hashWord, ...slashes, double, heredoc] },
  nix: { rules: [hash, block('/*', '*/'), quoted('"', '\\', true), between("''", "''")] },
  vim: { rules: [line('"', 'line'), quoted("'", 'doubled'), line('#', 'line')] },
  lisp, scheme: lisp, racket: lisp, 'emacs-lisp': { rules: [line(';'), { kind: 'escaped', open: '?\\' }, quoted('"', '\\', true)] },
  prolog: { rules: [line('%'), block('/*', '*/'), { kind: 'escaped', open: "0'" }, quoted('"', '\\', true), quoted("'", '\\')] },
  fortran: { rules: [line('!'), quoted('"', 'doubled'), quoted("'", 'doubled')], fixedColumn: { column: 0, marks: 'cC*' } },
  cobol: { rules: [line('*>'), quoted('"', 'doubled'), quoted("'", 'doubled')], fixedColumn: { column: 6, marks: '*/' } },
  pascal: { rules: [line('//'), block('{', '}'), block('(*', '*)'), quoted("'", 'doubled')] },
  ada: { rules: [line('--'), quoted('"', 'doubled'), character] }, vhdl: { rules: [line('--'), block('/*', '*/'), quoted('"', 'doubled'), character] },
  assembly: { rules: [line(';'), line('#', 'line'), ...slashes, line('@', 'line'), double] },
  verilog: { rules: [...slashes, double] }, systemverilog: { rules: [...slashes, double] },
  tcl: { rules: [line('#', 'line'), line('#', 'word')] }, awk: { rules: [hash, double, regex] },
  batch: { rules: [line('rem ', 'line'), line('rem\n', 'line'), line('@rem ', 'line'), line('::', 'line')], fold: true },
  'visual-basic': { rules: [line("'"), line('rem ', 'line'), quoted('"', 'doubled')], fold: true },
  latex: { rules: [{ kind: 'escaped', open: '\\' }, line('%'), block('\\begin{comment}', '\\end{comment}')] }, bibtex: { rules: [line('%')] },
  smalltalk: { rules: [quoted("'", 'doubled', true), block('"', '"')] },
  apex: cLike, abap: { rules: [line('"'), line('*', 'column'), quoted("'", 'doubled')] },
  handlebars: { rules: [block('{{!--', '--}}'), block('{{!', '}}'), block('<!--', '-->')] }, twig: { rules: [block('{#', '#}'), block('<!--', '-->')] }, jinja: { rules: [block('{#', '#}'), block('<!--', '-->')] },
  pug: { rules: [line('//')] }, haml: { rules: [line('-#', 'line'), line('/', 'line')] }, erb: { rules: [block('<%#', '%>'), block('<!--', '-->')] }, ejs: { rules: [block('<%#', '%>'), block('<!--', '-->')] }, jsp: { rules: [block('<%--', '--%>'), block('<!--', '-->')] }, razor: { rules: [block('@*', '*@'), block('<!--', '-->')] },
  coffeescript: { rules: [hash, block('###', '###'), tripleDouble, quoted("'''", '\\', true), double, single] },
  applescript: { rules: [line('--'), hash, block('(*', '*)', true), double] }, autohotkey: { rules: [line(';', 'word'), block('/*', '*/')] },
  gdscript: { rules: [hash, docstring('"""'), double, single] }, wgsl: cLike, move: cLike, cairo: cLike, bicep: { rules: [...slashes, quoted("'''", 'none', true), single] }, gherkin: { rules: [line('#', 'line')] }, http: { rules: [line('#', 'line')] }, 'git-ignore': { rules: [line('#', 'line')] }, dotenv: { rules: [line('#', 'line')] }, gradle: { rules: [...slashes, tripleDouble, quoted("'''", '\\', true), double, single] },
  diff: { rules: [] }, csv: { rules: [] }, jupyter: { rules: [] },
};
