/** Twins of the rules that came later, written as the others were: apart from the rules and their examples. */
import type { Twin } from './cases.ts';

const py = (rule: string, bad: string, good: string): Twin => [rule, 'python', bad, good];
const js = (rule: string, bad: string, good: string): Twin => [rule, 'javascript', bad, good];
const ts = (rule: string, bad: string, good: string): Twin => [rule, 'typescript', bad, good];

export const newerTwins: readonly Twin[] = [
  js(
    'undefined-name',
    'import fs from "node:fs";\nexport const read = (p) => fs.readFileSync(path.resolve(p));\n',
    'import fs from "node:fs";\nimport path from "node:path";\nexport const read = (p) => fs.readFileSync(path.resolve(p));\n',
  ),
  js(
    'undefined-name',
    'module.exports = function f(list) {\n  return list.map((item) => itme.id);\n};\n',
    '/* global item2 */\nmodule.exports = function f(list) {\n  return list.map((item) => item.id + item2);\n};\n',
  ),
  ts(
    'undefined-name',
    'export class A {\n  b = 1;\n  f() {\n    return b + 1;\n  }\n}\n',
    'export class A {\n  b = 1;\n  f() {\n    try {\n      return b + 1;\n    } catch {\n      return this.b;\n    }\n  }\n}\n',
  ),
  py(
    'undefined-attribute',
    'class Pool:\n    def __init__(self, size):\n        self.size = size\n        self.free = []\n\n    def take(self):\n        if not self.fre:\n            return None\n        return self.free.pop()\n',
    'class Pool:\n    size = 3\n\n    def fill(self):\n        self.free, self.used = [], []\n\n    def take(self):\n        return self.free.pop() if self.size > len(self.used) else None\n',
  ),
  py(
    'undefined-attribute',
    'class Node:\n    def __init__(self):\n        self.left = None\n\n\nclass Tree(Node):\n    def walk(self):\n        return self.left or self.right\n',
    'class Node:\n    def __init__(self):\n        self.left = None\n        self.right = None\n\n\nclass Tree(Node):\n    def walk(self):\n        return self.left or self.right\n',
  ),
  py(
    'undefined-attribute',
    'class A:\n    def f(self):\n        return self.g()\n',
    'class A:\n    def __getattr__(self, name):\n        return name\n\n    def f(self):\n        return self.g()\n',
  ),
  py(
    'unbound-local',
    'total = 0\n\n\ndef add(n):\n    for i in range(n):\n        total += i\n',
    'def add(n):\n    total = 0\n    for i in range(n):\n        total += i\n    return total\n',
  ),
  py(
    'undefined-export',
    '__all__ = ("A", "b")\n\n\nclass A:\n    pass\n',
    '__all__ = ("A", "b")\n\nfrom x import b\n\n\nclass A:\n    pass\n',
  ),
  py(
    'resource-not-closed',
    'import socket\n\n\ndef ping(host):\n    s = socket.socket()\n    s.connect(host)\n    s.send(b"a")\n',
    'import socket\n\n\ndef ping(host):\n    s = socket.socket()\n    s.connect(host)\n    return s\n',
  ),
  py(
    'resource-not-closed',
    'def count(path):\n    f = open(path)\n    n = 0\n    for line in f:\n        n += 1\n    return n\n',
    'def count(path):\n    f = open(path)\n    n = sum(1 for line in f)\n    f.close()\n    return n\n',
  ),
  py(
    'assertion-argument',
    'class T(TestCase):\n    def test(self):\n        self.assertTrue(self.call(), [1, 2])\n',
    'class T(TestCase):\n    def test(self):\n        self.assertTrue(self.call(), self.text)\n',
  ),
  py(
    'init-returns-value',
    'class A:\n    def __init__(self):\n        self.a = 1\n        return True\n',
    'class A:\n    def __init__(self):\n        self.a = [x for x in self.f()]\n\n    def f(self):\n        return [True]\n',
  ),
  js(
    'loop-direction',
    'export function f(n) {\n  for (let i = n; i > 0; i++) g(i);\n}\n',
    'export function f(n) {\n  for (let i = n; i > 0; i -= 2) g(i);\n}\n',
  ),
  js(
    'getter-without-return',
    'export const a = {\n  get size() {\n    this.items.length;\n  },\n};\n',
    'export const a = {\n  get size() {\n    if (!this.items) return 0;\n    return this.items.length;\n  },\n};\n',
  ),
  js(
    'async-executor',
    'export function f(u) {\n  return new Promise(async (done, fail) => {\n    const r = await fetch(u);\n    r.ok ? done(r) : fail(r);\n  });\n}\n',
    'export function f(u) {\n  return new Promise((done, fail) => {\n    fetch(u).then((r) => (r.ok ? done(r) : fail(r)), fail);\n  });\n}\n',
  ),
  py(
    'reused-loop-variable',
    'def f(a):\n    for i in range(3):\n        for i in a:\n            g(i)\n        h(i)\n',
    'def f(a):\n    for i in range(3):\n        h(i)\n    for i in a:\n        g(i)\n',
  ),
  py(
    'inconsistent-return',
    'def f(a) -> str:\n    for x in a:\n        if x:\n            return "y"\n',
    'def f(a) -> str | None:\n    for x in a:\n        if x:\n            return "y"\n',
  ),
  js('regex-mistake', 'export const a = /[A-z0-9]+/;\n', 'export const a = /[A-Za-z0-9]+/;\n'),
  py(
    'regex-mistake',
    'import re\n\n\ndef f(a):\n    return re.search(r"^[foo]+", a)\n',
    'import re\n\n\ndef f(a):\n    return re.search(r"^[a-f0]+", a)\n',
  ),
  js('exploding-regex', 'export const a = /^(\\s*)*$/;\n', 'export const a = /^(\\s*,)*$/;\n'),
  py(
    'exploding-regex',
    'import re\n\nNAME = re.compile(r"^(?:[a-z]+)+@x")\n',
    'import re\n\nNAME = re.compile(r"^(?:[a-z]+\\.)+@x")\n',
  ),
  py(
    'cached-method',
    'import functools\n\n\nclass A:\n    @functools.cache\n    def f(self, a):\n        return a\n',
    'import functools\n\n\n@functools.cache\ndef f(self, a):\n    return a\n',
  ),
  py(
    'sort-for-extreme',
    'def f(a):\n    return sorted(a, key=len)[-1]\n',
    'def f(a):\n    return sorted(a, key=len)[1]\n',
  ),
  js(
    'leaked-listener',
    'export class A extends Component {\n  componentDidMount() {\n    this.t = setInterval(this.go, 10);\n  }\n}\n',
    'export class A extends Component {\n  componentDidMount() {\n    this.t = setInterval(this.go, 10);\n  }\n  componentWillUnmount() {\n    clearInterval(this.t);\n  }\n}\n',
  ),
  js(
    'callback-without-return',
    'export const f = (list) => list.map((x) => {\n  x.go();\n});\n',
    'export const f = (list) => Effect.map((x) => {\n  x.go();\n});\n',
  ),
  py(
    'missing-self',
    'class A(B):\n    def f():\n        return 1\n',
    'class A(IThing):\n    def f():\n        return 1\n',
  ),
  ts(
    'identical-branches',
    'export const f = (a: number) => (a > 1 ? g(a) : g(a));\n',
    'export const f = (a: A | B) => (typeof a === "string" ? g(a) : g(a));\n',
  ),
  py(
    'mutable-default',
    'class A:\n    def __init__(self, out=[]):\n        self.out = out\n\n    def add(self, x):\n        self.out.append(x)\n',
    'class A:\n    def __init__(self, out=()):\n        self.out = list(out)\n\n    def add(self, x):\n        self.out.append(x)\n',
  ),
];
