/** A small project in which rules, dead code and copies of one file depend on others, with several versions of each file. */
export interface JudgedFile {
  readonly path: string;
  readonly versions: readonly string[];
}

const copied = (name: string): string =>
  `def ${name}(rows):\n    found = {}\n    for row in rows:\n        key = row.name.strip().lower()\n        before = found.get(key, 0)\n        if row.size > 10:\n            found[key] = before + row.size * 2\n        elif row.size < 0:\n            found[key] = before - row.size\n        else:\n            found[key] = before + 1\n    return sorted(found.items(), key=lambda item: item[1])\n`;

export const judgedProject: readonly JudgedFile[] = [
  { path: 'package.json', versions: ['{"name":"judged","private":true,"main":"web/index.ts"}'] },
  {
    path: 'lib/shapes.py',
    versions: [
      'class Shape:\n    def area(self):\n        size = self.width * 2\n        return size\n\n    def name(self):\n        return "shape"\n\n    def __init__(self):\n        self.width = 1\n\n\ndef scale(shape, factor):\n    return shape.area() * factor\n',
      '"""Moved down."""\n\n\nclass Shape:\n    def area(self):\n        raise NotImplementedError\n\n    def __init__(self):\n        self.width = 1\n\n\ndef scale(shape, factor, origin):\n    return shape.area() * factor + origin\n',
      'from lib import tools\n\n\nclass Shape:\n    def area(self):\n        size = tools.load(1)\n        return size\n\n\ndef scale(shape, factor=1):\n    return shape.area() * factor\n\n\ndef _idle():\n    return scale(Shape(), 2)\n',
      'def scale(shape, factor):\n    return shape\n',
    ],
  },
  {
    path: 'lib/tools.py',
    versions: [
      `import os\nimport json\n\n\nasync def fetch(a):\n    return a\n\n\ndef load(a):\n    return json.dumps(a)\n\n\n${copied('count')}`,
      `from lib.shapes import scale\n\n\ndef fetch(a):\n    return scale(a, 2)\n\n\ndef load(a, unused):\n    return a\n\n\ndef helper():\n    return inner_helper()\n\n\ndef inner_helper():\n    return 1\n`,
      `${copied('count')}\n\ndef connect(host, port, user, secret):\n    return host, port, user, secret\n\n\ndef reopen(host, port, user, secret):\n    return connect(host, port, user, secret)\n\n\ndef load(a):\n    return a\n`,
      'async def fetch(a):\n    return a\n\n\ndef load(a):\n    handlers = {"idle_name": 1}\n    return handlers\n',
    ],
  },
  { path: 'lib/__init__.py', versions: ['', 'from lib.shapes import scale\n'] },
  {
    path: 'app/main.py',
    versions: [
      'from lib.shapes import Shape, scale\nfrom lib import tools\n\n\nclass Square(Shape):\n    def area(self):\n        raise NotImplementedError\n\n\nasync def run():\n    tools.fetch(1)\n    return scale(Square(), 2)\n\n\nif __name__ == "__main__":\n    run()\n',
      'from lib.shapes import scale\nfrom lib.tools import load, fetch\n\n\ndef idle_name():\n    return 1\n\n\nasync def run():\n    fetch(2)\n    print(scale(1, 2, 3), load(1))\n\n\nif __name__ == "__main__":\n    run()\n',
      'import lib.tools as tools\n\n\nclass Square:\n    def name(self):\n        return tools.load(1)\n\n    def helper(self, a, b, c, d, e, f, g, h):\n        return a + b + c + d + e + f + g + h\n\n\nif __name__ == "__main__":\n    print(Square().name(), tools.helper())\n',
      `from lib.shapes import Shape\n\n\n${copied('tally')}\n\nif __name__ == "__main__":\n    print(tally([Shape()]))\n`,
    ],
  },
  {
    path: 'lib/net.py',
    versions: [
      'from lib import tools\n\n\ndef send(host, port, user, secret):\n    return tools.load(host)\n\n\ndef receive(host, port, user, secret):\n    return send(host, port, user, secret)\n\n\ndef hold(host, port, user, secret):\n    return receive(host, port, user, secret)\n\n\ndef drop(host, port, user, secret):\n    return hold(host, port, user, secret)\n',
      'from app import main\n\n\ndef send(host, port, user, secret):\n    return main.run\n\n\ndef save(self):\n    return self.area\n',
    ],
  },
  {
    path: 'tests/test_all.py',
    versions: [
      'from lib.tools import load\nfrom lib.net import send, receive\n\n\ndef test_load():\n    assert load(1) and send and receive\n',
      'def test_nothing():\n    assert True\n',
    ],
  },
  {
    path: 'web/index.ts',
    versions: [
      "import { one } from './one';\nexport const run = (a: number) => one(a);\nrun(1);\n",
      "import * as all from './one';\nimport { two } from './two';\nexport const run = (a: number) => all.one(a) + two(a);\nrun(1);\n",
      "import { one, spare } from './one';\nexport async function run(a: number) {\n  one(a);\n  return a;\n}\nrun(1);\n",
    ],
  },
  {
    path: 'web/one.ts',
    versions: [
      'export function one(a: number) {\n  return a;\n}\nexport const spare = 1;\n',
      "import { two } from './two';\nexport async function one(a: number) {\n  return two(a);\n}\nexport class Kept {\n  name = 1;\n  unusedMethod() {\n    return this.name;\n  }\n}\n",
      'export function one(a: number, b: number) {\n  return b;\n}\nfunction gone() {\n  return one(1, 2);\n}\n',
    ],
  },
  {
    path: 'web/two.ts',
    versions: [
      "import { one } from './one';\nexport function two(a: number) {\n  return one(a);\n}\n",
      'export function two(a: number) {\n  return a;\n}\nexport default two;\n',
    ],
  },
];
