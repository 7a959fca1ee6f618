/** Extensions that several languages share: what a file's first characters say, the likeliest language otherwise. */

export interface Ambiguity {
  readonly otherwise: string;
  /** The first test that holds names the language. */
  readonly tests: readonly (readonly [language: string, test: RegExp])[];
}

const objectiveC = /^[ \t]*(?:@(?:interface|implementation|protocol|class|property|import|end)\b|#import\s)/m;
const xml = /^\ufeff?\s*<(?:\?xml|!DOCTYPE\s+TS\b|TS\s|tileset\b|map\b)/;
const cppHeader =
  /^[ \t]*(?:class\s+\w+[^;()]*[{:]|class\s+\w+\s*;|namespace(?:\s+[\w:]+)?\s*\{|template\s*<|using\s+(?:namespace\s|\w+\s*=)|(?:public|private|protected)\s*:|virtual\s|enum\s+class\s|constexpr\s|explicit\s)|\bstd::|^[ \t]*#[ \t]*include[ \t]*<(?:[a-z_]+)>/m;
const perl =
  /^[ \t]*(?:use\s+(?:strict|warnings|utf8|lib|v?5|[A-Z]\w*)|package\s+\w+|my\s+[$@%(]|our\s+[$@%]|sub\s+\w+|=head1|require\s+['"])|[$@%]\w+\s*=[^=]/m;
const prolog = /^[ \t]*:-\s*\w|^[a-z]\w*(?:\([^)\n]*\))?\s*:-/m;

// prettier-ignore
export const ambiguousExtensions: Readonly<Record<string, Ambiguity>> = {
  h: { otherwise: 'c', tests: [['objective-c', objectiveC], ['cpp', cppHeader]] },
  m: { otherwise: 'matlab', tests: [['objective-c', objectiveC], ['objective-c', /^[ \t]*(?:#include\b|\/\/|\/\*)/m], ['matlab', /^[ \t]*(?:%|function\b|classdef\b)/m], ['text', /^\s*\(\*|^:-\s*module/m]] },
  mm: { otherwise: 'objective-cpp', tests: [['xml', xml]] },
  pl: { otherwise: 'perl', tests: [['perl', perl], ['prolog', prolog]] },
  pro: { otherwise: 'prolog', tests: [['prolog', prolog], ['ini', /^[ \t]*(?:QT|TARGET|TEMPLATE|SOURCES|HEADERS|CONFIG)\s*[+-]?=/m]] },
  pm: { otherwise: 'perl', tests: [['raku', /^[ \t]*(?:use\s+v6|unit\s+(?:class|module|role))\b/m]] },
  t: { otherwise: 'perl', tests: [['raku', /^[ \t]*use\s+v6\b/m], ['perl', perl], ['text', /^/]] },
  r: { otherwise: 'r', tests: [['text', /^\s*REBOL\s*\[/i]] },
  v: {
    otherwise: 'verilog',
    tests: [
      ['coq', /^[ \t]*(?:Require\s|From\s+\w+\s+Require|(?:Theorem|Lemma|Definition|Inductive|Fixpoint|Section|Module)\s+\w+|Proof\b|Qed\.)/m],
      ['verilog', /^[ \t]*(?:`(?:timescale|include|define|default_nettype)|module\s+\w+\s*[#(;]|endmodule|always\b|assign\b)/m],
      ['v', /^[ \t]*(?:pub\s+)?(?:fn\s+[\w(]|struct\s+\w+\s*\{|import\s+\w+|module\s+\w+\s*$)/m],
    ],
  },
  fs: { otherwise: 'fsharp', tests: [['glsl', /^[ \t]*(?:#version\s|precision\s+\w+\s+float|uniform\s|varying\s|void\s+main\s*\()|\bgl_Frag(?:Color|Coord)\b/m], ['text', /^: \S+.*;\s*$|^\\ /m]] },
  ts: { otherwise: 'typescript', tests: [['xml', xml]] },
  tsx: { otherwise: 'tsx', tests: [['xml', xml]] },
  rs: { otherwise: 'rust', tests: [['c', /^[ \t]*#pragma\s+(?:version|rs\s)/m]] },
  hh: { otherwise: 'cpp', tests: [['php', /^\s*<\?hh/]] },
  inc: {
    otherwise: 'text',
    tests: [
      ['php', /<\?(?:php|=)/], ['c', /^[ \t]*#\s*(?:include|define|ifn?def|pragma)\b/m], ['assembly', /^[ \t]*(?:%(?:macro|define|include)|\.(?:macro|equ|globl|include)\b|\w+\s+(?:equ|db|dw)\s)/im],
      ['pascal', /^[ \t]*(?:procedure|function|unit|const|type)\b[^{]*[;:]/im], ['sql', /^[ \t]*(?:select|create|insert|alter)\s/im], ['makefile', /^[\w.-]+\s*[:+?]?=/m],
    ],
  },
  cls: {
    otherwise: 'apex',
    tests: [['latex', /\\(?:NeedsTeXFormat|ProvidesClass|documentclass|LoadClass|def|newcommand)\b/], ['visual-basic', /^\s*VERSION\s+\d|Attribute\s+VB_/im], ['text', /^Class\s+[\w.%]+\s+Extends/m]],
  },
  d: { otherwise: 'd', tests: [['makefile', /^[^\s:]+\.\w+:(?:\s|\\$)/m]] },
  cl: { otherwise: 'lisp', tests: [['opencl', /__kernel\b|\bget_global_id\b|^[ \t]*(?:kernel|void|#define)\s/m]] },
  md: { otherwise: 'markdown', tests: [['lisp', /^\(define_(?:insn|expand|attr|constants)\b/m]] },
  pp: { otherwise: 'puppet', tests: [['pascal', /^[ \t]*(?:unit|program|uses|interface|implementation)\b/im]] },
  bb: { otherwise: 'clojure', tests: [['shell', /^[ \t]*(?:SUMMARY|DESCRIPTION|LICENSE|SRC_URI|inherit|do_\w+\s*\(\))/m]] },
  st: { otherwise: 'smalltalk', tests: [['text', /^[ \t]*(?:group\s+\w+;|\w+\([^)]*\)\s*::=)/m]] },
  f: { otherwise: 'fortran', tests: [['text', /^: \S+[^\n]*;\s*$/m]] },
  sc: { otherwise: 'scala', tests: [['text', /\bSynthDef\b|^[ \t]*\+\s*\w+\s*\{/m]] },
  as: { otherwise: 'actionscript', tests: [['actionscript', /\b(?:package|import\s+flash|public\s+class)\b/], ['cpp', /\bvoid\s+\w+\(/]] },
};
