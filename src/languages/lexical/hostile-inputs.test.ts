import { describe, expect, it } from 'vitest';
import { loadExtractor } from '../registry.ts';

const everywhere = [
  '(',
  '{',
  '}',
  '([{',
  '"',
  "'",
  '`',
  '/',
  '/*',
  '#',
  '%',
  '$',
  '@a ',
  'a',
  'a ',
  'a(',
  'a.',
  'a = ',
  'end\n',
  'a, ',
  '"""\n',
] as const;

/** What opens something in the language and never closes it, or makes it search for an end that is not there. */
const inputs: Readonly<Record<string, readonly string[]>> = {
  dart: [
    '"${',
    'class A<',
    'f(a<',
    '@a ',
    '@a.b(',
    'enum A { a, ',
    'get a ',
    'operator ',
    "import 'a' show a, ",
    'int f() => ',
    'typedef A = ',
    'final a = 1, ',
    'A() : a = {',
    'class A extends B with ',
    'f(int a, {',
    'extension on ',
  ],
  swift: ['"\\(', '( /a', 'func f(a: B, ', 'func f<', 'func f() {', 'class A: B, ', 'enum E { case a, ', 'let a = {'],
  clojure: ['(defn f [a ', '(ns a (:require ', '(def ^a ', '(defrecord A [', '#_', '(a (b '],
  erlang: ['-spec f(', '-record(a, {', 'f() -> ', 'fun() -> ', 'case a of ', '-export([', '<<"', "a'"],
  matlab: ['function ', 'function f(', 'function a = f\n', '%{\n', '...', 'methods\n', 'if a\n', 'classdef A\n', "a' "],
  perl: [
    'sub ',
    'sub f {',
    'sub f; ',
    'package A; ',
    'use A ',
    'm{',
    's/a/',
    '<<A, ',
    '<<A;\n',
    '=pod\n',
    'has a => (',
  ],
  sql: [
    'create table ',
    'create table a (b, ',
    'create function f ',
    'create function f() as $a$ ',
    'create procedure f as begin\n',
    'create package a as ',
    'begin ',
    'select a from ',
  ],
};

/** A quadratic search shows at this size already; four times more only takes longer to say so. */
const CHARACTERS = 128 * 1024;

/** Distinct numbers inside keep what is told apart by name or tag from meeting itself again. */
const repeated = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length));
function numbered(piece: string, length: number): string {
  const pieces: string[] = [];
  for (let size = 0; size < length; size += pieces.at(-1)!.length)
    pieces.push(piece.replaceAll(/[abfA]\b/g, (name) => `${name}${pieces.length}`));
  return pieces.join('');
}

/** Processor time, in milliseconds: other processes do not count. */
function cost(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000;
}

describe.each(Object.entries(inputs))('hostile %s', (language, own) => {
  it('costs about in proportion to its length', { timeout: 240_000 }, async () => {
    const extractor = await loadExtractor(language);
    expect(extractor).toBeDefined();
    const suspects: string[] = [];
    const run = (text: string) => cost(() => extractor!.extract({ text, language, declarations: false }));
    for (const piece of [...everywhere, ...own]) {
      for (const make of /[abfA]\b/.test(piece) && piece.length > 2 ? [repeated, numbered] : [repeated]) {
        const small = make(piece, CHARACTERS / 4);
        const large = make(piece, CHARACTERS);
        let ratio = Infinity;
        // Four times the input may cost twelve times, for collectors and compilers have moods; a quadratic one costs sixteen,
        // and does so all three times. Below 30 ms the clock is too coarse to divide by.
        for (let attempt = 0; attempt < 3 && ratio > 12; attempt++)
          ratio = Math.min(ratio, run(large) / Math.max(30, run(small)));
        if (ratio > 12) suspects.push(`${make.name} ${JSON.stringify(piece)}: ${ratio.toFixed(1)}`);
      }
    }
    expect(suspects).toEqual([]);
  });

  it('says that unclosed text is partial', async () => {
    const extractor = await loadExtractor(language);
    expect(extractor!.extract({ text: repeated('(', 1000), language, declarations: false }).partial).toBe(true);
  });
});
