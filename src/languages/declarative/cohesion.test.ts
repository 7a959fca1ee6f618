import { describe, expect, it } from 'vitest';
import { METRIC_STRIDE, MetricColumn, SYMBOL_STRIDE, SymbolColumn } from '#model/facts.ts';
import { loadExtractor } from '../registry.ts';

async function cohesion(language: string, text: string): Promise<Record<string, number>> {
  const extractor = (await loadExtractor(language))!;
  await extractor.prepare(language);
  const { metrics, symbols, strings } = extractor.extract({ text, language, declarations: false });
  const found: Record<string, number> = {};
  for (let at = 0; at < metrics.length; at += METRIC_STRIDE) {
    const value = metrics[at + MetricColumn.lackOfCohesion]!;
    const symbol = metrics[at + MetricColumn.symbol]! * SYMBOL_STRIDE;
    if (value >= 0) found[strings[symbols[symbol + SymbolColumn.name]!]!] = value;
  }
  return found;
}

/** `f` and `g` share `x`, and `g` calls `f`; `h` uses only `y`; `i` uses nothing: three groups. The constructor joins none. */
const three: Readonly<Record<string, string>> = {
  java: 'class A { int x, y; A() { x = 1; y = 2; } int f() { return x; } void g() { this.x = 1; f(); } void h() { y++; } void i() { int x = 1; x++; } static int s() { return 1; } }',
  csharp:
    'class A { int x; int Y { get; set; } A() { x = 1; Y = 2; } int F() { return x; } void G() { this.x = 1; F(); } void H() { Y++; } void I() { int x = 1; x++; } }',
  kotlin:
    'class A(val x: Int) { var y = 1\n fun f() = x\n fun g() { f() }\n fun h() { println(y) }\n fun i() { val x = 1; println(x) } }',
  go: 'package a\ntype A struct { x, y int }\nfunc (t *A) F() int { return t.x }\nfunc (t *A) G() { t.x = 1; t.F() }\nfunc (t A) H() { t.y++ }\nfunc (t A) I(x int) { x++ }\n',
  rust: 'struct A { x: i32, y: i32 }\nimpl A { fn f(&self) -> i32 { self.x } fn g(&mut self) { self.x = 1; self.f(); } fn h(&self) { self.y; } fn i(&self) { let x = 1; x; } fn new() -> A { A { x: 1, y: 2 } } }',
  cpp: 'class A { int x; int y; public: A() { x = y = 1; } int f() { return x; } void g(); void h() { y++; } void i() { int x = 1; x++; } };\nvoid A::g() { this->x = 1; f(); }',
  php: '<?php class A { private $x; public $y; function __construct() { $this->x = $this->y = 1; } function f() { return $this->x; } function g() { $this->x = 1; $this->f(); } function h() { $this->y++; } function i() { $x = 1; return $x; } }',
  ruby: 'class A\n attr_reader :x\n def initialize; @x = @y = 1; end\n def f; x; end\n def g; @x = 1; f; end\n def h; @y; end\n def i(x); x; end\nend',
};

describe('LCOM4', () => {
  it.each(Object.entries(three))('%s: methods by shared fields and calls', async (language, text) => {
    expect(await cohesion(language, text)).toEqual({ A: 3 });
  });

  it('nested and anonymous types are apart; overloads are, too, until one is called', async () => {
    expect(
      await cohesion(
        'java',
        'class A { int x; void f() { x++; } void f(int n) { } void g() { new B() { void z() { x++; } }; } class In { int x; void p() { x = 1; } void q() { x = 2; } } }\nclass C { void f() {} void f(int n) {} void g() { f(); } }',
      ),
    ).toMatchObject({ A: 3, In: 1, C: 1 });
  });

  it('a property that computes joins what it uses, and is no method', async () => {
    expect(
      await cohesion('csharp', 'class A { int x; int P => x; int F() { return P; } void G() { x = 1; } }'),
    ).toEqual({ A: 1 });
  });

  it('0 for data, none for a type whose methods have their bodies elsewhere', async () => {
    expect(
      await cohesion(
        'cpp',
        'class A { void f(); void g() {} }; struct D { int x; }; class V { virtual void f() = 0; };',
      ),
    ).toEqual({
      D: 0,
      V: 0,
    });
  });
});
