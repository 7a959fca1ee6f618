/** Python projects: everything dead in them is called `dead…`; in `livePython` nothing is dead. */
import type { Files } from './find-in.ts';

export const python: Readonly<Record<string, string | Files>> = {
  'a function': 'def live(): pass\ndef dead(): pass\nlive()\n',
  'a function that only calls itself':
    'def live(n): return n and live(n - 1)\ndef dead(n): return n and dead(n - 1)\nlive(3)\n',
  'a chain of dead functions':
    'def dead(): return deadly()\ndef deadly(): return 1\ndef live(): return 2\nprint(live())\n',
  'a class': 'class Live: pass\nclass Dead: pass\nLive()\n'.replace('Dead', 'dead'),
  'a method': 'class A:\n    def live(self): pass\n    def dead(self): pass\nA().live()\n',
  'a property':
    'class A:\n    @property\n    def live(self): return 1\n    @property\n    def dead(self): return 2\nprint(A().live)\n',
  'a class attribute': 'class A:\n    live = 1\n    dead = 2\nprint(A.live)\n',
  'an instance attribute':
    'class A:\n    def __init__(self):\n        self.live = 1\n        self.dead = 2\nprint(A().live)\n',
  'a module variable': 'LIVE = 1\ndead = 2\nprint(LIVE)\n',
  'a local variable': 'def live():\n    dead = 1\n    kept = 2\n    return kept\nlive()\n',
  'a local that is only counted up': 'def live():\n    dead = 0\n    for _ in range(3):\n        dead += 1\nlive()\n',
  'a parameter': 'def live(a, dead): return a\nlive(1, 2)\n',
  'an import': 'import os\nimport dead\nprint(os.name)\n',
  'an imported member': 'from os import path, dead\nprint(path)\n',
  'an import with another name': 'import json as dead, sys as live\nprint(live)\n',
  'an inner function': 'def live():\n    def kept(): return 1\n    def dead(): return 2\n    return kept()\nlive()\n',
  'a member of an enum': 'from enum import Enum\nclass Kind(Enum):\n    LIVE = 1\n    dead = 2\nprint(Kind.LIVE)\n',
  'a private method':
    'class A:\n    def __init__(self): self._live()\n    def _live(self): pass\n    def _dead(self): pass\nA()\n'.replace(
      '_dead',
      'dead',
    ),
  'a static method':
    'class A:\n    @staticmethod\n    def live(): pass\n    @staticmethod\n    def dead(): pass\nA.live()\n',
  'a function of another module': {
    'main.py': 'import parts\nfrom other import live\nparts.kept()\nlive()\n',
    'parts.py': 'def kept(): pass\ndef dead(): pass\n',
    'other.py': 'def live(): pass\n',
  },
  'a function with a namesake elsewhere': {
    'main.py': 'import json\nfrom parts import live\nlive()\njson.dead()\n',
    'parts.py': 'def live(): pass\ndef dead(): pass\n',
  },
  'an async function': 'import asyncio\nasync def live(): pass\nasync def dead(): pass\nasyncio.run(live())\n',
  'a cached function':
    'from functools import lru_cache\n@lru_cache\ndef live(): pass\n@lru_cache\ndef dead(): pass\nlive()\n',
  'a lambda that is named': 'live = lambda: 1\ndead = lambda: 2\nprint(live())\n',
  'a variable beside a keyword of a call': 'def call(**kw): print(kw)\ndead = 1\ncall(dead=2)\n',
  'an annotated variable': 'live: int = 1\ndead: int = 2\nprint(live)\n',
};

export const livePython: Readonly<Record<string, string | Files>> = {
  'names of a string': "class A:\n    def on_open(self): pass\nfor name in ['open']: getattr(A(), 'on_' + name)()\n",
  'what __all__ lists': '__all__ = ["offered"]\ndef offered(): pass\n',
  'decorated functions': 'from web import app\n@app.route("/")\ndef index(): pass\n@app.task\ndef work(): pass\n',
  'methods of a base from outside':
    'from threading import Thread\nclass Work(Thread):\n    def run(self): pass\nWork().start()\n',
  'methods that override':
    'class Base:\n    def step(self): pass\n    def go(self): self.step()\nclass Child(Base):\n    def step(self): pass\nChild().go()\n',
  'special methods':
    'class A:\n    def __len__(self): return 1\n    def __enter__(self): return self\n    def __exit__(self, *error): pass\nwith A() as a: print(len(a))\n',
  'an import that is probed':
    'try:\n    import simplejson\nexcept ImportError:\n    simplejson = None\nprint(simplejson)\n',
  'an import for types alone':
    'from __future__ import annotations\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from decimal import Decimal\ndef live(a: "Decimal") -> Decimal: return a\nlive(1)\n',
  'an import that is silenced': 'import os  # noqa: F401\nimport re  # NOQA\n',
  'a function that imports': "from importlib import import_module\nimport_module('.part', 'box')\n",
  're-exports of a package': {
    'box/__init__.py': 'from .parts import live\n',
    'box/parts.py': 'def live(): pass\n',
    'main.py': 'import box\nbox.live()\n',
  },
  'a name in a formatted string':
    'def live():\n    hours = 1\n    minutes = 2\n    return f"{hours:02}:{minutes!r}"\nprint(live())\n',
  'a parameter that callers of callbacks set':
    'def on_click(event, widget): print(widget)\nbutton.bind(on_click)\ndef handler(a, b): return a\ntable = {"x": handler}\nprint(table)\n',
  'parameters of stubs and overrides':
    'class A:\n    def step(self, size): raise NotImplementedError\nclass B(A):\n    def step(self, size): return 1\nprint([each.step(1) for each in (A(), B())])\n',
  'fields of data':
    'from dataclasses import dataclass\n@dataclass\nclass Point:\n    x: int\n    y: int\nprint(Point(1, 2))\n',
  'an enum that is taken as a whole':
    'from enum import Enum\nclass Kind(Enum):\n    A = 1\n    B = 2\nprint(list(Kind))\n',
  'star imports': { 'main.py': 'from parts import *\nlive()\n', 'parts.py': 'def live(): pass\n' },
  'a nonlocal variable':
    'def live():\n    count = 0\n    def add():\n        nonlocal count\n        count += 1\n        return count\n    return add\nprint(live()())\n',
  'locals()': 'def live():\n    a = 1\n    return locals()\nprint(live())\n',
  'globals()': 'def work(): pass\nglobals()["work"]()\n',
  'a name of a template': {
    'main.py': 'class Page:\n    def headline(self): return 1\nrender("page.html", Page())\n',
    'page.html': '<h1>{{ page.headline }}</h1>',
  },
  'a console script': {
    'pyproject.toml': '[project]\nname="tool"\n[project.scripts]\ntool = "tool.cli:main_entry"\n',
    'tool/__init__.py': '',
    'tool/cli.py': 'def main_entry(): pass\n',
  },
  'public names of a library': {
    'pyproject.toml': '[project]\nname="box"\n',
    'box/__init__.py': 'from .parts import live\n',
    'box/parts.py': 'def live(): pass\ndef also(): pass\nclass Klass:\n    def method(self): pass\n',
  },
  'Django by convention': {
    'manage.py': 'import django\nprint(django)\n',
    'requirements.txt': 'django\n',
    'shop/__init__.py': '',
    'shop/models.py':
      'from django.db import models\nclass Item(models.Model):\n    name = models.CharField()\n    def __str__(self): return self.name\n    class Meta:\n        ordering = ["name"]\n',
    'shop/apps.py': 'from django.apps import AppConfig\nclass ShopConfig(AppConfig):\n    name = "shop"\n',
    'shop/migrations/0001_initial.py': 'class Migration:\n    dependencies = []\n',
  },
  'pytest by convention': {
    'conftest.py': 'import pytest\n@pytest.fixture\ndef thing(): return 1\ndef pytest_configure(config): pass\n',
    'test_a.py': 'def test_it(thing): assert thing\nclass TestMore:\n    def test_more(self): pass\n',
  },
  'unittest by convention': {
    'test_a.py':
      'import unittest\nclass TestA(unittest.TestCase):\n    def setUp(self): pass\n    def test_x(self): pass\n',
  },
  'a visitor':
    'import ast\nclass V(ast.NodeVisitor):\n    def visit_Name(self, node): print(node)\nV().visit(ast.parse("a"))\n',
  'match and case':
    'class P:\n    __match_args__ = ("x",)\n    def __init__(self): self.x = 1\nmatch P():\n    case P(x=1): print(1)\n',
  'attributes set by computed names':
    'class A:\n    color = 1\n    def fill(self, data):\n        for k in data: setattr(self, k, data[k])\nA().fill({})\n',
};
