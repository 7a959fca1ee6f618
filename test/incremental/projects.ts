/** Small projects whose files lean on each other, in four languages, with several versions of each file. */
export interface ProjectFile {
  readonly path: string;
  readonly versions: readonly string[];
}

export const projectFiles: readonly ProjectFile[] = [
  {
    path: 'shop/models.py',
    versions: [
      'class Base:\n    def save(self):\n        return self.check()\n\n    def check(self):\n        return True\n\n\nclass Item(Base):\n    def check(self):\n        return price(self)\n\n\ndef price(item):\n    return 1\n',
      '"""Longer."""\n\n\nclass Base:\n    def save(self):\n        self.log()\n        return self.check()\n\n    def log(self):\n        pass\n\n    def check(self):\n        return True\n\n\nclass Item(Base):\n    pass\n\n\ndef price(item):\n    def inner():\n        return Item()\n    return inner\n',
      'def price(item):\n    return item\n',
    ],
  },
  {
    path: 'shop/views.py',
    versions: [
      'from .models import Item, price\nfrom shop import helpers\n\n\ndef show(request):\n    item = Item()\n    item.save()\n    return helpers.apply(price, item)\n',
      'from .models import *\nimport shop.helpers as h\n\nhandlers = [h.apply]\n\n\ndef show(request):\n    for handler in handlers:\n        handler(lambda x: x, request)\n    return price(request)\n',
      'def show(request):\n    return request.missing()\n',
    ],
  },
  {
    path: 'shop/helpers.py',
    versions: [
      'def apply(function, value):\n    return function(value)\n',
      'def apply(function, value):\n    # a comment moves it\n\n    return function(value)\n\n\ndef apply_twice(function, value):\n    return apply(function, apply(function, value))\n',
      'from shop.models import price as apply\n',
    ],
  },
  {
    path: 'shop/__init__.py',
    versions: ['', 'from .models import Item\n', 'from .views import show\n__all__ = ["show"]\n'],
  },
  {
    path: 'web/cart.ts',
    versions: [
      "import { total } from './sum';\nexport class Cart {\n  items: number[] = [];\n  add(n: number) { this.items.push(n); return total(this.items); }\n}\nexport default function make() { return new Cart().add(1); }\n",
      "import { total, each } from './sum';\nexport class Cart {\n  items: number[] = [];\n  add(n: number) {\n    each(this.items, (x) => total([x]));\n    return n;\n  }\n}\n",
      'export const Cart = 1;\n',
    ],
  },
  {
    path: 'web/sum.ts',
    versions: [
      'export function total(items: number[]): number { return items.reduce((a, b) => a + b, 0); }\nexport function each<T>(items: T[], f: (item: T) => void) { for (const item of items) f(item); }\n',
      "export { default as total } from './cart';\nexport const each = (items, f) => items.forEach(f);\n",
      'function total() {}\nexport { total as each };\n',
    ],
  },
  {
    path: 'web/main.js',
    versions: [
      "const { Cart } = require('./cart');\nnew Cart().add(2);\n",
      "import make from './cart';\nmake();\nmake.call(null);\n",
      "import * as sum from './sum';\nsum.total([]);\nsum.each([], make);\nfunction make() {}\n",
    ],
  },
  {
    path: 'store/store.go',
    versions: [
      'package store\n\ntype Store struct{ name string }\n\nfunc New(name string) *Store { return &Store{name: clean(name)} }\n\nfunc (s *Store) Get() string { return s.name }\n',
      'package store\n\ntype Store struct{ name string }\n\nfunc (s *Store) Get() string { return clean(s.name) }\n\nfunc (s *Store) Set(n string) { s.name = n }\n',
      'package store\n',
    ],
  },
  {
    path: 'store/clean.go',
    versions: [
      'package store\n\nfunc clean(s string) string { return s }\n',
      'package store\n\nfunc use() string { s := New("a"); return s.Get() }\n\nfunc clean(s string) string { return use() }\n',
    ],
  },
  { path: 'go.mod', versions: ['module example.com/shop\n', 'module example.com/other\n'] },
  {
    path: 'cmd/main.go',
    versions: [
      'package main\n\nimport "example.com/shop/store"\n\nfunc main() { store.New("x").Get() }\n',
      'package main\n\nimport s "example.com/shop/store"\n\nfunc main() {\n\tx := s.New("y")\n\tx.Set("z")\n}\n',
    ],
  },
  {
    path: 'src/app/Shape.java',
    versions: [
      'package app;\npublic abstract class Shape {\n  public abstract double area();\n  public String name() { return "shape" + area(); }\n}\n',
      'package app;\npublic interface Shape {\n  double area();\n  default String name() { return "s"; }\n  default double twice() { return 2 * area(); }\n}\n',
    ],
  },
  {
    path: 'src/app/Circle.java',
    versions: [
      'package app;\npublic class Circle extends Shape {\n  double r;\n  public double area() { return square(r) * 3; }\n  static double square(double x) { return x * x; }\n}\n',
      'package app;\npublic class Circle implements Shape {\n  public double area() { return new Circle().twice(); }\n}\n',
    ],
  },
  {
    path: 'src/app/Main.java',
    versions: [
      'package app;\nclass Main { static void run(Shape s) { s.name(); new Circle().area(); } }\n',
      'package app;\nimport app.Circle;\nclass Main { void run() { Circle c = new Circle(); c.name(); Circle.square(2); } }\n',
    ],
  },
  { path: 'README.md', versions: ['# Shop\n\nText.\n', '# Shop\n\n## Use\n\n```python\nimport shop\n```\n'] },
];

/** A file by path and version, as it may also stand elsewhere after a rename. */
export function version(file: number, index: number): string {
  const { versions } = projectFiles[file]!;
  return versions[index % versions.length]!;
}
