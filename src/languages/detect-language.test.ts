import { expect, test } from 'vitest';
import { languages } from './catalogue.ts';
import { detectLanguage } from './detect-language.ts';
import { grammarNames } from './grammars.ts';
import { lexicalSyntaxes } from './lexical-syntax.ts';

// prettier-ignore
const byName: readonly (readonly [string, string])[] = [
  ['a/b.py', 'python'], ['b.pyi', 'python'], ['x.tsx', 'tsx'], ['x.MJS', 'javascript'], ['a.d.ts', 'typescript'], ['Main.java', 'java'], ['a.hpp', 'cpp'], ['a.cs', 'csharp'],
  ['go.mod', 'go-module'], ['Gemfile', 'ruby'], ['Rakefile', 'ruby'], ['CMakeLists.txt', 'cmake'], ['Dockerfile', 'dockerfile'], ['Dockerfile.dev', 'dockerfile'], ['GNUmakefile', 'makefile'],
  ['Makefile.am', 'makefile'], ['BUILD', 'starlark'], ['BUILD.bazel', 'starlark'], ['tsconfig.build.json', 'jsonc'], ['.eslintrc.json', 'jsonc'], ['package.json', 'json'], ['setup.cfg', 'ini'],
  ['Cargo.lock', 'toml'], ['view.blade.php', 'php'], ['index.html.erb', 'erb'], ['rebar.config', 'erlang'], ['my.app.src', 'erlang'], ['config.h.in', 'c'], ['settings.py.example', 'python'],
  ['README', 'text'], ['LICENSE', 'text'], ['notes.rst', 'restructuredtext'], ['n.ipynb', 'jupyter'], ['.gitignore', 'git-ignore'], ['.env.staging', 'dotenv'], ['build', 'text'], ['weird.zzz', 'text'],
  ['a.kts', 'kotlin'], ['a.exs', 'elixir'], ['a.erl', 'erlang'], ['a.clj', 'clojure'], ['a.fsx', 'fsharp'], ['a.jl', 'julia'], ['a.swift', 'swift'], ['a.R', 'r'], ['constructor', 'text'], ['x.constructor', 'text'],
];
test.each(byName)('%s is %s by its name', (path, language) => expect(detectLanguage(path).language).toBe(language));

// prettier-ignore
const byContent: readonly (readonly [string, string, string])[] = [
  ['a.h', 'int f(void);\n#ifdef __cplusplus\nextern "C" {\n#endif\n', 'c'], ['a.h', '#pragma once\nnamespace a {\nclass B;\n}', 'cpp'], ['a.h', '#include <vector>\n', 'cpp'], ['a.h', '#import <UIKit/UIKit.h>\n@interface A : B\n@end', 'objective-c'],
  ['a.m', '#import "A.h"\n@implementation A\n@end', 'objective-c'], ['a.m', '% area\nfunction a = area(r)\n', 'matlab'], ['a.pl', 'use strict;\nmy $x = 1;', 'perl'], ['a.pl', ':- module(a, [b/1]).\nb(X) :- c(X).', 'prolog'],
  ['a.v', 'module top(input clk);\nendmodule', 'verilog'], ['a.v', 'Theorem a : True.\nProof. trivial. Qed.', 'coq'], ['a.v', 'module main\nfn main() {\n}', 'v'], ['a.fs', 'module A\nlet x = 1', 'fsharp'], ['a.fs', '#version 330\nvoid main() {}', 'glsl'],
  ['a.ts', '<?xml version="1.0"?>\n<!DOCTYPE TS>\n<TS></TS>', 'xml'], ['a.ts', 'export const a = 1;', 'typescript'], ['a.inc', '<?php echo 1;', 'php'], ['a.inc', '#define A 1\n', 'c'], ['a.cls', '\\NeedsTeXFormat{LaTeX2e}', 'latex'], ['a.cls', 'public with sharing class A {}', 'apex'],
  ['tool', '#!/usr/bin/env python3\n', 'python'], ['tool', '#!/usr/bin/env -S node --test\n', 'javascript'], ['tool', '#!/bin/bash -e\n', 'shell'], ['tool', '#!/usr/local/bin/perl5.30 -w\n', 'perl'], ['tool', '#!/bin/sh\n# \\\nexec tclsh "$0" "$@"\n', 'tcl'], ['install', '#!/bin/sh\n', 'shell'],
  ['thing', '/* -*- mode: c++ -*- */\n', 'cpp'], ['thing', '# vim: set ft=ruby:\n', 'ruby'], ['a.h', '// -*- C++ -*-\n', 'cpp'], ['thing', '<?xml version="1.0"?>', 'xml'], ['thing', '{"a": 1}', 'json'], ['thing', 'plain words', 'text'], ['a.d', 'main.o: main.c \\\n a.h', 'makefile'],
];
test.each(byContent)('%s starting with %j is %s', (path, head, language) =>
  expect(detectLanguage(path, head)).toMatchObject({ language, certain: true }),
);

test('declarations are flagged', () => {
  expect(detectLanguage('a.pyi').declarations).toBe(true);
  expect(detectLanguage('a.d.ts', 'export {}').declarations).toBe(true);
  expect(detectLanguage('a.d.mts').declarations).toBe(true);
  expect(detectLanguage('a.d.cts').declarations).toBe(true);
  expect(detectLanguage('a.ts').declarations).toBe(false);
  expect(detectLanguage('a.py').declarations).toBe(false);
});

test('the catalogue: 60 languages and more, unique identifiers, known grammars, syntax for all that is programmed', () => {
  expect(languages.length).toBeGreaterThanOrEqual(60);
  expect(new Set(languages.map(({ id }) => id)).size).toBe(languages.length);
  for (const { id, grammar, kind, syntax } of languages) {
    if (grammar !== undefined) expect(grammarNames()).toContain(grammar);
    if (kind === 'programming') expect(syntax, id).toBeDefined();
  }
  for (const id of Object.keys(lexicalSyntaxes))
    expect(
      languages.some((one) => one.id === id),
      id,
    ).toBe(true);
});
