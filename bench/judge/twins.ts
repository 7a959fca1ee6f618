/** Written by hand, apart from the rules: faults as they come in real code, each beside code that looks alike and is right. */
import type { Twin } from './cases.ts';

const def = (body: string): string => `def f(a, b, c):\n${body.replace(/^/gm, '    ')}\n`;
const fn = (body: string): string => `export function f(a, b, c) {\n${body.replace(/^/gm, '  ')}\n}\n`;
const py = (rule: string, bad: string, good: string): Twin => [rule, 'python', bad, good];
const js = (rule: string, bad: string, good: string): Twin => [rule, 'javascript', bad, good];
const ts = (rule: string, bad: string, good: string): Twin => [rule, 'typescript', bad, good];
const tsx = (rule: string, bad: string, good: string): Twin => [
  rule,
  'tsx',
  `export const A = (p) => (${bad});\n`,
  `export const A = (p) => (${good});\n`,
];
const html = (rule: string, bad: string, good: string): Twin => [rule, 'html', bad, good];
const vue = (rule: string, bad: string, good: string): Twin => [
  rule,
  'vue',
  `<template>${bad}</template>\n`,
  `<template>${good}</template>\n`,
];
const svelte = (rule: string, bad: string, good: string): Twin => [rule, 'svelte', bad, good];

export const twins: readonly Twin[] = [
  py(
    'undefined-name',
    'import os\n\ndef f():\n    return os.getcwd() + sep\n',
    'import os\nfrom os import sep\n\ndef f():\n    return os.getcwd() + sep\n',
  ),
  py(
    'undefined-name',
    'def f(items):\n    return [item.name for item in itmes]\n',
    'def f(items):\n    return [item.name for item in items if item]\n',
  ),
  py(
    'undefined-name',
    'class A:\n    x = 1\n    def f(self):\n        return [x for _ in range(3)]\n',
    'x = 1\nclass A:\n    def f(self):\n        return [x for _ in range(3)]\n',
  ),
  py(
    'undefined-name',
    'def f(e):\n    try:\n        e()\n    except ValueErorr:\n        return 1\n',
    'def f(e):\n    try:\n        e()\n    except ValueError as error:\n        return error\n',
  ),
  py(
    'undefined-name',
    '@cached\ndef f():\n    return 1\n',
    'from functools import cache as cached\n@cached\ndef f():\n    return 1\n',
  ),
  py(
    'undefined-name',
    'def f(a):\n    match a:\n        case {"x": value}:\n            return valeu\n',
    'def f(a):\n    match a:\n        case {"x": value, **others}:\n            return value, others\n',
  ),
  py('undefined-name', 'def f():\n    return raw_input()\n', 'def f():\n    return input()\n'),
  py(
    'undefined-name',
    'def f(a):\n    with open(a) as handle:\n        return handel.read()\n',
    'def f(a):\n    with open(a) as handle, open(a) as other:\n        return handle.read() + other.read()\n',
  ),
  py(
    'unreachable-code',
    def('for x in a:\n    continue\n    print(x)'),
    def('for x in a:\n    if x:\n        continue\n    print(x)'),
  ),
  py(
    'unreachable-code',
    def('while True:\n    a()\nprint(b)'),
    def('while True:\n    if a():\n        break\nprint(b)'),
  ),
  py(
    'unreachable-code',
    def('if a:\n    return 1\nelif b:\n    return 2\nelse:\n    raise ValueError\nprint(c)'),
    def('if a:\n    return 1\nelif b:\n    return 2\nprint(c)'),
  ),
  py(
    'unreachable-code',
    def('try:\n    return a()\nfinally:\n    b()\nprint(c)'),
    def('with a:\n    return b()\nprint(c)'),
  ),
  js('unreachable-code', fn('throw new Error(a);\nb();'), fn('if (a) throw new Error(a);\nb();')),
  js(
    'unreachable-code',
    fn('switch (a) {\n  case 1:\n    return b;\n    c();\n  default:\n    return c;\n}'),
    fn('switch (a) {\n  case 1:\n    return b;\n    break;\n  default:\n    return c;\n}'),
  ),
  js(
    'unreachable-code',
    fn('for (const x of a) {\n  break;\n  b(x);\n}'),
    fn('for (const x of a) {\n  if (x) break;\n  b(x);\n}'),
  ),
  ts(
    'unreachable-code',
    'export const f = (a: number) => {\n  return a;\n  const b = a + 1;\n};\n',
    'export const f = (a: number) => {\n  return g();\n  function g() { return a; }\n};\n',
  ),
  py(
    'mutable-default',
    'def f(a, into={}):\n    into[a] = 1\n    return a\n',
    'def f(a, into={}):\n    return into.get(a)\n',
  ),
  py(
    'mutable-default',
    'def f(a, seen=set()):\n    seen.add(a)\n',
    'def f(a, seen=frozenset()):\n    return a in seen\n',
  ),
  py('mutable-default', 'def f(a, out=[]):\n    out += a\n', 'def f(a, out=()):\n    out += a\n    return out\n'),
  py(
    'mutable-default',
    'class A:\n    def __init__(self, items=list()):\n        self.items = items\n',
    'class A:\n    def __init__(self, items=list()):\n        self.items = tuple(items)\n',
  ),
  py('identity-with-literal', def('return a is not "x"'), def('return a is not None')),
  py('identity-with-literal', def('return a is 5'), def('return a is True')),
  py('identity-with-literal', def('return a is ()'), def('return a is ...')),
  py(
    'identity-with-literal',
    def('return a is -1.5 or a is 1.5').replace('a is -1.5 or ', ''),
    def('return (a is b) or (a is c)'),
  ),
  py(
    'return-in-finally',
    def('try:\n    a()\nfinally:\n    if b:\n        return c'),
    def('try:\n    a()\nfinally:\n    def g():\n        return c\n    g()'),
  ),
  js(
    'return-in-finally',
    fn('try {\n  a();\n} finally {\n  if (b) return c;\n}'),
    fn('try {\n  a();\n} catch {\n  return b;\n} finally {\n  c();\n}'),
  ),
  py(
    'except-order',
    def('try:\n    a()\nexcept LookupError:\n    b()\nexcept KeyError:\n    c()'),
    def('try:\n    a()\nexcept KeyError:\n    b()\nexcept LookupError:\n    c()'),
  ),
  py(
    'except-order',
    def('try:\n    a()\nexcept OSError:\n    b()\nexcept FileNotFoundError:\n    c()'),
    def('try:\n    a()\nexcept OSError:\n    b()\nexcept ValueError:\n    c()'),
  ),
  py(
    'except-order',
    def('try:\n    a()\nexcept (ValueError, TypeError):\n    b()\nexcept UnicodeError:\n    c()'),
    def('try:\n    a()\nexcept (KeyError, TypeError):\n    b()\nexcept UnicodeError:\n    c()'),
  ),
  py('duplicate-key', 'A = {1: "a", 2: "b", 1: "c"}\n', 'A = {1: "a", 2: "b", "1": "c", (1,): 2}\n'),
  py('duplicate-key', 'A = {"a": 1, "b": 2, "a": 3}\n', 'A = {a: 1, b: 2, **{a: 3}}\n'),
  js('duplicate-key', 'export const a = { get: 1, "get": 2 };\n', 'export const a = { get: 1, [get]: 2 };\n'),
  js(
    'duplicate-key',
    'export const a = { b() {}, c: 1, b: 2 };\n',
    'export const a = { get b() { return 1; }, set b(v) {}, c: 1 };\n',
  ),
  js(
    'duplicate-condition',
    fn('if (a.x > 1) return 1;\nelse if (b) return 2;\nelse if (a.x > 1) return 3;'),
    fn('if (a.x > 1) return 1;\nelse if (b) return 2;\nelse if (a.x > 10) return 3;'),
  ),
  js(
    'duplicate-condition',
    fn('switch (a) {\n  case "x": return 1;\n  case "y": return 2;\n  case "x": return 3;\n}'),
    fn('switch (true) {\n  case g(): return 1;\n  case g(): return 2;\n}'),
  ),
  py(
    'duplicate-condition',
    def('if a == 1:\n    return 1\nelif b:\n    return 2\nelif a == 1:\n    return 3'),
    def('if a == 1:\n    return 1\nif a == 1:\n    return 3'),
  ),
  py(
    'identical-branches',
    def('if a:\n    b()\n    c()\nelse:\n    b()\n    c()'),
    def('if a:\n    b()\n    c()\nelse:\n    c()\n    b()'),
  ),
  py('identical-branches', def('return b if a else b'), def('return b if a else c')),
  js('identical-branches', fn('return a ? b : b;'), fn('return a ? "  " : "   ";')),
  js(
    'identical-branches',
    fn('if (a) {\n  b();\n} else if (c) {\n  b();\n} else {\n  b();\n}'),
    fn('if (a) {\n  b();\n} else if (c) {\n  b();\n}'),
  ),
  js('same-on-both-sides', fn('return a.x - a.x;'), fn('return a.x - b.x;')),
  js('same-on-both-sides', fn('return a && a;'), fn('return a() && a();')),
  js('same-on-both-sides', fn('return a[0] <= a[0];'), fn('return a[0] <= a[1];')),
  py('same-on-both-sides', def('return a.x >= a.x'), def('return a.x >= a.y')),
  py('same-on-both-sides', def('return a or a'), def('return a or b')),
  js('self-assignment', fn('a = a;\nreturn a;'), fn('a = a || 1;\nreturn a;')),
  ts(
    'self-assignment',
    'class A {\n  x = 1;\n  f(x: number) {\n    this.x = this.x;\n  }\n}\n',
    'class A {\n  x = 1;\n  f(x: number) {\n    this.x = x;\n  }\n}\n',
  ),
  py('self-assignment', def('a = a\nreturn a'), def('a = [a]\nreturn a')),
  js('useless-expression', fn('a.b === c;\nreturn a;'), fn('a.b = c;\nreturn a;')),
  js('useless-expression', fn('-a;\nreturn a;'), fn('void a;\nreturn a;')),
  py('useless-expression', def('a.x == b\nreturn a'), def('a.x = b\nreturn a')),
  py('useless-expression', def('not a\nreturn b'), def('a >> b\nreturn a')),
  py('dropped-result', def('"x".join(a)\nreturn a'), def('a.join(b)\nreturn a')),
  py('dropped-result', def('sorted(a)\nreturn a'), def('b = sorted(a)\nreturn b')),
  py('dropped-result', def('name = "a"\nname.upper()\nreturn name'), def('name = a\nname.upper()\nreturn name')),
  js('dropped-result', fn('const s = `${a}`;\ns.trim();\nreturn s;'), fn('const s = `${a}`.trim();\nreturn s;')),
  js('dropped-result', fn('[1, 2].concat(a);\nreturn b;'), fn('a.concat(b);\nreturn a;')),
  js('dropped-result', fn('Object.keys(a);\nreturn b;'), fn('return Object.keys(a);')),
  js('constant-reassigned', 'const a = 1;\na++;\n', 'let a = 1;\na++;\n'),
  js('constant-reassigned', 'import { a } from "a";\na = 1;\n', 'import { a } from "a";\n{ let a; a = 1; }\n'),
  js('constant-reassigned', 'for (const x of y) {\n  x = 1;\n}\n', 'for (let x of y) {\n  x = 1;\n}\n'),
  js('constant-reassigned', 'const { a, ...b } = c;\n[b] = d;\n', 'const { a, ...b } = c;\n[b.x] = d;\n'),
  js('assignment-in-condition', fn('while (a = null) b();'), fn('while ((a = a.next)) b();')),
  js('assignment-in-condition', fn('return (a = "x") ? 1 : 2;'), fn('return (a == "x") ? 1 : 2;')),
  js(
    'constant-operand',
    fn('if (a == "x" || a == "y" || "z") return b;'),
    fn('if (a == "x" || a == "y") return b || "z";'),
  ),
  js('constant-operand', fn('return a === {};'), fn('return a == [];')),
  js('constant-operand', fn('return a + b ?? c;'), fn('return a + (b ?? c);')),
  js('constant-operand', fn('return !a instanceof b;'), fn('return !(a instanceof b);')),
  js('constant-operand', fn('return JSON(a);'), fn('return JSON.parse(a);')),
  py(
    'constant-operand',
    def('if a.kind == "x" or a.kind == "y" or "z":\n    return b'),
    def('if a.kind in ("x", "y", "z"):\n    return b'),
  ),
  py('constant-operand', def('while a != "x" or "y":\n    a()'), def('while a != "x" and a != "y":\n    a()')),
  py('constant-operand', def('assert (a, b)'), def('assert (a and b)')),
  js('compare-with-nan', fn('if (a == NaN) return b;'), fn('if (Object.is(a, NaN)) return b;')),
  js('compare-with-nan', fn('return Number.NaN !== a;'), fn('return Number.isNaN(a);')),
  py('compare-with-nan', def('return a != np.nan'), def('return a is not np.nan')),
  js('invalid-typeof', fn('return typeof a == "int";'), fn('return typeof a == "bigint";')),
  js(
    'invalid-typeof',
    fn('return typeof (a === b) === "boolean";').replace('(a === b)', '(a === b)'),
    fn('return typeof a === typeof b;'),
  ),
  ts(
    'duplicate-member',
    'export class A {\n  a() {}\n  b() {}\n  a() {}\n}\n',
    'export class A {\n  a() {}\n  b() {}\n  static a() {}\n}\n',
  ),
  py(
    'duplicate-member',
    'class A:\n    def a(self):\n        pass\n    def b(self):\n        pass\n    def a(self, x):\n        pass\n',
    'class A:\n    @overload\n    def a(self):\n        pass\n    def a(self, x=1):\n        pass\n',
  ),
  js(
    'loop-runs-once',
    fn('for (let i = 0; i < a; i++) {\n  b(i);\n  break;\n}'),
    fn('for (let i = 0; i < a; i++) {\n  if (b(i)) continue;\n  break;\n}'),
  ),
  py(
    'loop-runs-once',
    def('while a:\n    b()\n    return c'),
    def('while a:\n    if b():\n        continue\n    return c'),
  ),
  js(
    'off-by-one',
    fn('for (let i = 0; i <= b.items.length; i++) a(b.items[i]);'),
    fn('for (let i = 0; i <= b.items.length; i++) a(b.items.slice(0, i));'),
  ),
  py(
    'off-by-one',
    def('for i in range(0, len(a) + 1):\n    b(a[i])'),
    def('for i in range(0, len(a) + 1):\n    b(a[i - 1])'),
  ),
  js(
    'closure-in-loop',
    'for (var k in o) {\n  list.push(() => k);\n}\n',
    'for (const k in o) {\n  list.push(() => k);\n}\n',
  ),
  py('closure-in-loop', def('for x in a:\n    b[x] = lambda: x'), def('for x in a:\n    b[x] = lambda x=x: x')),
  py(
    'closure-in-loop',
    def('for i, x in enumerate(a):\n    b.append(lambda: x + 1)'),
    def('for i, x in enumerate(a):\n    b.append((lambda y: y + 1)(x))'),
  ),
  py(
    'wrong-argument-count',
    'def g(a, b):\n    return a\n\ng(1, 2, 3)\n',
    'def g(a, b, *c):\n    return a\n\ng(1, 2, 3)\n',
  ),
  py(
    'wrong-argument-count',
    'def g(a, b=1):\n    return a\n\ng(1, c=2)\n',
    'def g(a, b=1, **more):\n    return a\n\ng(1, c=2)\n',
  ),
  py(
    'wrong-argument-count',
    'def g(a, *, key):\n    return a\n\ng(1)\n',
    'def g(a, *, key=None):\n    return a\n\ng(1)\n',
  ),
  py(
    'wrong-argument-count',
    'class A:\n    def g(self, a):\n        return a\n    def h(self):\n        return self.g()\n',
    'class A:\n    def g(self, a=1):\n        return a\n    def h(self):\n        return self.g()\n',
  ),
  py(
    'wrong-argument-count',
    'def g(a):\n    return a\n\ng()\n',
    'import functools\n\n@functools.partial(h, 1)\ndef g(a):\n    return a\n\ng()\n',
  ),
  ts(
    'missing-await',
    'async function g() {}\nexport async function h() {\n  g();\n}\n',
    'function g() {}\nexport async function h() {\n  g();\n}\n',
  ),
  ts(
    'missing-await',
    'class A {\n  async g() {}\n  async h() {\n    this.g();\n  }\n}\nnew A().h();\n',
    'class A {\n  async g() {}\n  async h() {\n    return this.g();\n  }\n}\nnew A().h();\n',
  ),
  py('missing-await', 'async def g():\n    pass\n\ndef h():\n    g()\n', 'def g():\n    pass\n\ndef h():\n    g()\n'),
  py(
    'missing-await',
    'class A:\n    async def g(self):\n        pass\n    async def h(self):\n        self.g()\n',
    'import asyncio\nclass A:\n    async def g(self):\n        pass\n    async def h(self):\n        asyncio.create_task(self.g())\n',
  ),
  js(
    'quadratic-building',
    fn('let s = {};\nfor (const x of a) s = { ...s, [x]: 1 };\nreturn s;'),
    fn('let s = {};\nfor (const x of a) s[x] = 1;\nreturn { ...s };'),
  ),
  js(
    'quadratic-building',
    fn('return a.reduce((all, x) => [...all, x], []);'),
    fn('return a.reduce((sum, x) => sum + x, 0);'),
  ),
  py(
    'quadratic-building',
    def('out = []\nfor x in a:\n    out = out + [x * 2]\nreturn out'),
    def('out = []\nfor x in a:\n    out += [x * 2]\nreturn out'),
  ),
  py(
    'blocking-in-async',
    'import requests\nasync def f(a):\n    return requests.get(a)\n',
    'import requests\ndef f(a):\n    return requests.get(a)\n',
  ),
  py(
    'blocking-in-async',
    'import subprocess\nasync def f(a):\n    subprocess.run(a)\n',
    'import asyncio\nimport subprocess\nasync def f(a):\n    await asyncio.to_thread(subprocess.run, a)\n',
  ),
  py(
    'query-in-loop',
    def('for x in a:\n    b.append(Author.objects.filter(id=x.author_id).first())').replace('.first()', ''),
    def('found = Author.objects.filter(id__in=a)\nfor x in found:\n    b.append(x)'),
  ),
  py(
    'membership-in-loop',
    def('out = []\nfor x in a:\n    if x.id in out:\n        continue\n    out.append(x.id)\nreturn out'),
    def('out = []\nfor x in a:\n    if x.id in b:\n        continue\n    out.append(x.id)\nreturn out'),
  ),
  js(
    'membership-in-loop',
    fn('const out = [];\nfor (const x of a) {\n  if (out.indexOf(x) < 0) out.push(x);\n}\nreturn out;'),
    fn('const out = [];\nfor (const x of a) {\n  if (b.indexOf(x) < 0) out.push(x);\n}\nreturn out;'),
  ),
  [
    'leaked-effect',
    'tsx',
    'export function A() {\n  useEffect(() => {\n    const t = setInterval(go, 10);\n  });\n  return null;\n}\n',
    'export function A() {\n  useEffect(() => {\n    const t = setInterval(go, 10);\n    return () => clearInterval(t);\n  });\n  return null;\n}\n',
  ],
  tsx('image-without-alternative', '<div><img src={p.a} /></div>', '<div><img src={p.a} alt={p.b} /></div>'),
  html(
    'image-without-alternative',
    '<input type="image" src="a.png">\n',
    '<input type="text">\n<!-- <img src="a"> -->\n',
  ),
  vue('image-without-alternative', '<img :src="a">', '<img :src="a" :alt="b">'),
  svelte('image-without-alternative', '<img src={a} class="b">\n', '<img src={a} {alt}>\n'),
  tsx('control-without-name', '<button onClick={p.a}></button>', '<button onClick={p.a}>{p.b}</button>'),
  html(
    'control-without-name',
    '<button class="close"></button>\n',
    '<button class="close" aria-label="Close"></button>\n',
  ),
  vue('control-without-name', '<button @click="a"><i class="x"></i></button>', '<button @click="a"><slot /></button>'),
  tsx('click-on-static-element', '<span onClick={p.a}>x</span>', '<span>x</span>'),
  vue('click-on-static-element', '<div @click="a">x</div>', '<div @click.stop>x</div>'),
  svelte('click-on-static-element', '<div on:click={a}>x</div>\n', '<button on:click={a}>x</button>\n'),
  html('positive-tab-index', '<button tabindex="5">a</button>\n', '<button tabindex="0">a</button>\n'),
  tsx('frame-without-title', '<iframe src={p.a}></iframe>', '<iframe src={p.a} title={p.b}></iframe>'),
  html('unknown-aria-attribute', '<div aria-role="x"></div>\n', '<div role="x" aria-live="polite"></div>\n'),
  tsx('unknown-aria-attribute', '<p aria-labell={p.a} />', '<p aria-label={p.a} />'),
  html('hidden-but-focusable', '<button aria-hidden="true">a</button>\n', '<button aria-hidden="false">a</button>\n'),
  html(
    'document-without-language',
    '<!doctype html>\n<html>\n<p>a</p>\n</html>\n',
    '<!doctype html>\n<html lang="de">\n<p>a</p>\n</html>\n',
  ),
  ts(
    'long-parameter-list',
    'export function f(a, b, c, d, e, g, h, i, j) {}\n',
    'export function f(a, b, c, d, e, g = 1, h = 2, i = 3, j = 4) {}\n',
  ),
  py(
    'type-switch',
    `def f(a):\n    if isinstance(a, A):\n        return 1\n${['B', 'C', 'D', 'E', 'F'].map((x) => `    elif isinstance(a, ${x}):\n        return 2\n`).join('')}`,
    'def f(a):\n    if isinstance(a, A):\n        return 1\n    elif isinstance(a, B):\n        return 2\n    elif a > 1:\n        return 3\n',
  ),
];
