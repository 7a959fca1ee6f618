import { expect, test } from 'vitest';
import fc from 'fast-check';
import { classifyLines, countLines } from './line-classes.ts';
import { lexicalSyntaxes } from './lexical-syntax.ts';
import { TextIndex } from './text-index.ts';

/** Each line of the sample starts with its class: `b`, `c` or `x` (code), then `|`. */
function check(language: string, sample: readonly string[]): void {
  const expected = sample.map((line) => line[0]).join('');
  const text = sample.map((line) => line.slice(2)).join('\n');
  expect([...classifyLines(text, language)].map((one) => 'bcx'[one]).join('')).toBe(expected);
}

// prettier-ignore
const samples: Readonly<Record<string, readonly string[]>> = {
  python: ['c|# one', 'b|', 'x|x = "# no"  # yes', 'x|def f():', 'c|    """Doc', 'b|', 'c|    more"""', 'x|    return """a', 'x|# text', 'x|"""', 'c|r"raw doc"', 'x|g(', 'x|  "argument"', 'x|)', 'x|y = \\', 'x|  "no doc"', 'x|"""x""".join(y)', "x|z = 'it\\'s # no'", 'c|# end'],
  javascript: ['c|#!/usr/bin/env node', 'c|// a', 'c|/* b', 'b|   ', 'c| c */', 'x|f(); /* d', 'c|e */', 'x|/* f */ g();', 'x|const r = /[/*]"/;', 'x|const t = `// ${a + `}` + "}"} /*`;', 'x|const u = `${/[{]{/.test(a) /* } */}//`; // d', 'c|// last', 'x|x = a / b; // c', "x|s = '/*';", 'c|// t'],
  rust: ["x|fn f<'a>(x: &'a str) {", 'c|/* a /* b */', 'c|still */', 'x|let s = r#"// "no" "#;', "x|let c = '\"'; // x", 'c|/// doc', 'x|}'],
  c: ['x|#include "a.h"', "x|char c = '\"'; /* x", 'c|y */', "x|int n = '\\''; // z", 'x|s = "a\\', 'x|// b";', 'c|// c'],
  cpp: ['x|auto s = R"x(', 'x|// no', 'x|)x"; // yes', "x|int n = 1'000'000; // d", 'c|// e'],
  lua: ['c|-- a', 'c|--[==[ b', 'c|]] c', 'c|]==]', 'x|s = [[', 'x|-- no', 'x|]]', 'c|-- d'],
  haskell: ["x|f' = x --> y", 'c|-- a', 'c|{- b {- c -}', 'c|d -}', "x|c = '\"' -- e", 'c|-- f'],
  ruby: ['c|# a', 'c|=begin', 'c|x = 1', 'c|=end', 'x|s = "#{a} # no"', 'x|t = <<~EOS', 'x|  # no', 'x|  EOS', 'x|u = %w[# a]', 'x|r = /#/ # b', 'c|# c'],
  shell: ['c|#!/bin/sh', 'x|echo "$#" ${a#b} # c', 'x|cat <<EOF', 'x|# no', 'x|EOF', 'c|# yes'],
  php: ['x|<p>it\'s # no</p>', 'c|<!-- a', 'c|b -->', 'x|<?php', 'c|# c', 'x|#[Attribute]', 'c|/* d */', 'x|// e ?><p>', 'x|<?php', 'x|?>', 'x|// markup'],
  perl: ['x|$n = $#a; # x', 'c|=head1 NAME', 'c|text', 'c|=cut', 'x|$x = 1;'],
  matlab: ["x|y = x'; % 'a", 'c|%{', 'c|b', 'c|%}', "x|s = 'it''s % no';", 'c|% c'],
  sql: ["x|select '--' -- a", 'c|-- b', 'c|/* c', 'c|*/', 'x|as $body$', 'x|-- no', 'x|$body$'],
  go: ['x|s := `', 'x|// no', 'x|`', 'c|// yes', "x|r := '\"' // x", 'c|/* a */'],
  fsharp: ['c|(* a (* b *)', 'c|*)', "x|let f (x: 'a) = \"\"\"", 'x|// no', 'x|"""', 'c|/// d'],
  clojure: ['c|; a', 'x|(def c \\;) ; b', 'x|"', 'x|; no"', 'c|;; c'],
  erlang: ['c|% a', 'x|C = $% , D = $". % b', 'c|%% c'],
  fortran: ['c|C comment', 'x|      call x', 'c|! b', 'x|call y ! c'],
  cobol: ['c|000100* note', 'x|000200 MOVE A TO B.'],
  batch: ['c|REM a', 'c|:: b', 'x|echo rem no', 'c|@rem c'],
  css: ['c|/* a', 'c|*/', 'x|a { content: "/*" } /* b */', 'x|b {}'],
  html: ['x|<p>', 'c|<!-- a', 'c|-->', 'x|</p><!-- b -->'],
  powershell: ['c|<# a', 'c|#>', 'x|$a = @"', 'x|# no', 'x|"@', 'c|# b'],
  yaml: ['c|# a', 'x|b: c # d', "x|e: it's", 'c|# f'],
  vim: ['c|" a', 'x|echo "b"'],
  kotlin: ['c|/* a /* b */ */', 'x|val s = """', 'x|// no', 'x|"""', "x|val c = '\"' // d", 'c|// e'],
  swift: ['x|let s = #"// " no"# // a', 'c|/* b', 'c|*/'],
  csharp: ['x|var s = @"a""', 'x|// no";', 'x|var t = """', 'x|"" // no', 'x|""";', 'c|/// b'],
  julia: ['c|"""', 'c|Doc.', 'c|"""', 'x|f(x) = x\' # a', 'c|#= b #= c =#', 'c|=#'],
  elixir: ['x|c = ?" # a', 'c|# b', 'x|s = """', 'x|# no', 'x|"""'],
  text: ['x|# a', 'b|', 'x|b'],
};

for (const [language, sample] of Object.entries(samples))
  test(`${language}: comment, code and blank lines`, () => check(language, sample));

test('line ends: LF, CRLF, lone CR; a final line end opens no line', () => {
  expect([...classifyLines('', 'python')]).toEqual([]);
  expect([...classifyLines('a\r\n\r\n# b\rc\n', 'python')]).toEqual([2, 0, 1, 2]);
  expect(countLines(classifyLines('a\n# b\n\n', 'python'))).toEqual({ total: 3, code: 1, comment: 1, blank: 1 });
  expect(countLines(classifyLines('a\n# b\n\n', 'python'), 2, 3)).toEqual({ total: 2, code: 0, comment: 1, blank: 1 });
});

test('any text in any language: as many lines as TextIndex counts, blank exactly where only white space stands', () => {
  const piece = fc.constantFrom(
    '"',
    "'",
    '`',
    '/*',
    '*/',
    '//',
    '#',
    '\n',
    '\r\n',
    '\r',
    ' ',
    'a',
    '\\',
    '${',
    '}',
    '{',
    '"""',
    "'''",
    '[[',
    ']]',
    '--',
    '<<EOF',
    'EOF',
    '%',
    '=begin',
    '=',
    '(*',
    '<?php',
    '?>',
    '<!--',
    'é',
    '😀',
  );
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 40 }),
      fc.constantFrom(...Object.keys(lexicalSyntaxes)),
      (pieces, language) => {
        const text = pieces.join('');
        const classes = classifyLines(text, language);
        const index = new TextIndex(text);
        const lines = Array.from(index.lineStarts, (start, i) => text.slice(start, index.lineStarts[i + 1]));
        if (lines.at(-1) === '') lines.pop();
        expect(classes.length).toBe(lines.length);
        lines.forEach((line, i) => expect(classes[i] === 0).toBe(line.trim() === ''));
      },
    ),
    { numRuns: 3000 },
  );
});
