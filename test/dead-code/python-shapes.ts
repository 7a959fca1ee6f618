/** Shapes of Python in which a use or its absence is easy to miss; as in `python-cases.ts`, what is dead is called `dead…`. */
import type { Files } from './find-in.ts';

export const pythonShapes: Readonly<Record<string, string | Files>> = {
  'names of an unpacking': 'def pair(): return 1, 2\nlive, faint = pair()\nprint(live)\n',
  'a local of an unpacking in brackets':
    'def pair(): return 1, 2\ndef run():\n    (live, faint) = pair()\n    return live\nprint(run())\n',
  'a method that a base reaches by a computed name':
    'class Reader:\n    def go(self, kind):\n        return getattr(self, kind.lower())()\n\nclass Own(Reader):\n    def faint(self):\n        return 1\n\nprint(Own().go("X"))\n',
  'the rest of an unpacking': 'def run(items):\n    live, *faint = items\n    return live\nprint(run([1]))\n',
  'a loop variable': 'def run(n):\n    for faint in range(n):\n        print("x")\nrun(3)\n',
  'one of two loop variables': 'def run(items):\n    for live, faint in items.items():\n        print(live)\nrun({})\n',
  'the variable of an exception':
    'def run():\n    try:\n        print(1)\n    except ValueError as dead:\n        pass\nrun()\n',
  'the variable of a with': 'def run(path):\n    with open(path) as faint:\n        print(1)\nrun("x")\n',
  'a keyword-only parameter': 'def run(*, live, dead): return live\nrun(live=1, dead=2)\n',
  'a parameter with a default': 'def run(live, dead=None): return live\nrun(1)\n',
  'a positional-only parameter': 'def run(live, dead, /): return live\nrun(1, 2)\n',
  'a parameter of a method': 'class A:\n    def run(self, live, dead): return live\nA().run(1, 2)\n',
  'a parameter of a static method': 'class A:\n    @staticmethod\n    def run(live, dead): return live\nA.run(1, 2)\n',
  'a walrus': 'def run(a):\n    if (dead := a + 1):\n        return 1\nrun(1)\n',
  'a chained assignment': 'def run():\n    live = dead = 1\n    return live\nrun()\n',
  'an annotated local': 'def run():\n    dead: int = 1\n    return 2\nrun()\n',
  'code that is never reached': 'def run():\n    return 1\n    dead()\ndead1 = run\n',
  'an import in a function': 'def run():\n    import dead\n    return 1\nrun()\n',
  'an import with a dotted name and an alias': 'import os.path as dead\nimport os.path as live\nprint(live)\n',
  'an import in a class body': 'class A:\n    import dead\n    x = 1\nprint(A.x)\n',
  'imports in brackets': 'from os import (\n    path,\n    dead,\n    sep as live,\n)\nprint(path, live)\n',
  'a method of a nested class':
    'class A:\n    class B:\n        def live(self): pass\n        def dead(self): pass\nA.B().live()\n',
  'a nested class': 'class A:\n    class Live: pass\n    class dead: pass\nA.Live()\n',
  'a class that only its own method names': 'class dead:\n    def make(self):\n        return dead()\nprint(1)\n',
  'a function with a decorator from outside that only wraps':
    'from functools import wraps\ndef live(f):\n    @wraps(f)\n    def inner(*args): return f(*args)\n    return inner\ndef dead(f):\n    @wraps(f)\n    def inner(*args): return f(*args)\n    return inner\n@live\ndef used(): pass\nused()\n',
  'a property with a setter':
    'class A:\n    @property\n    def dead(self): return self._x\n    @dead.setter\n    def dead(self, value): self._x = value\n    _x = 1\nprint(A())\n',
  'a class method':
    'class A:\n    @classmethod\n    def live(cls): return cls()\n    @classmethod\n    def dead(cls): return cls()\nA.live()\n',
  'a function of a dead function': 'def dead():\n    def inner(): return 1\n    return inner()\nprint(1)\n',
  'a constant in a class that a method shadows':
    'class A:\n    dead = 1\n    def run(self):\n        dead = 2\n        return dead\nprint(A().run())\n'.replace(
      'dead = 2\n        return dead',
      'live = 2\n        return live',
    ),
  'an attribute that is only counted up':
    'class A:\n    def __init__(self):\n        self.dead = 0\n    def run(self):\n        self.dead += 1\nA().run()\n',
  'an attribute that is only written elsewhere':
    'class A:\n    def __init__(self):\n        self.live = 0\n        self.dead = 0\n    def run(self):\n        self.dead = 1\n        return self.live\nA().run()\n',
  'a global that a function writes': 'dead = 0\ndef run():\n    global dead\n    dead = 1\nrun()\n',
  'a lambda in a class': 'class A:\n    live = lambda self: 1\n    dead = lambda self: 2\nprint(A().live())\n',
  'a type alias':
    'from typing import Union\nLive = Union[int, str]\ndead = Union[int, str]\ndef run(a: Live): return a\nrun(1)\n',
  'a type variable':
    'from typing import TypeVar\nT = TypeVar("T")\ndead = TypeVar("dead")\ndef run(a: T) -> T: return a\nrun(1)\n'.replace(
      'TypeVar("dead")',
      'TypeVar("D")',
    ),
  'a named tuple':
    'from collections import namedtuple\nLive = namedtuple("Live", "a b")\ndead = namedtuple("D", "a b")\nprint(Live(1, 2))\n',
  'a function after the code that uses another':
    'if __name__ == "__main__":\n    def live(): pass\n    live()\ndef dead(): pass\n',
  'a name in an f-string that is text': 'def run():\n    dead = 1\n    return f"dea{2}d"\nrun()\n',
  'a name in a plain string': 'def run():\n    dead = 1\n    return "it is dead"\nrun()\n'.replace(
    'it is dead',
    'it is gone',
  ),
  'a name in a comment': 'def dead(): pass\n# dead() is called later\nprint(1)\n',
  'a name in a docstring': 'def dead(): pass\ndef live():\n    """Calls dead()."""\nlive()\n',
  'a member of an enum with values by auto':
    'import enum\nclass Kind(enum.Enum):\n    LIVE = enum.auto()\n    dead = enum.auto()\nprint(Kind.LIVE)\n',
  'a function in a package that has a program': {
    'box/__init__.py': '',
    'box/__main__.py': 'from box.parts import live\nlive()\n',
    'box/parts.py': 'def live(): pass\ndef dead(): pass\n',
  },
  'a method with a namesake that is a function':
    'class A:\n    def live(self): pass\n    def dead(self): pass\ndef gone(dead): return dead\nA().live()\ngone(1)\n',
  'a view of an app that no route leads to': {
    'app.py':
      'from flask import Flask\napp = Flask(__name__)\n@app.route("/")\ndef index(): return "x"\ndef dead(): return "y"\n',
  },
  'a command that click does not know': {
    'app.py':
      'import click\n@click.command()\ndef cli(): pass\ndef dead(): pass\nif __name__ == "__main__":\n    cli()\n',
  },
  'what an overload leaves':
    'from typing import overload\n@overload\ndef live(a: int) -> int: ...\n@overload\ndef live(a: str) -> str: ...\ndef live(a): return a\nlive(1)\ndef dead(a): return a\n',
  'an async method':
    'import asyncio\nclass A:\n    async def live(self): pass\n    async def dead(self): pass\nasyncio.run(A().live())\n',
  'a generator': 'def live(): yield 1\ndef dead(): yield 2\nprint(list(live()))\n',
  'a variable of a comprehension': 'def run(n):\n    return [1 for faint in range(n)]\nrun(2)\n',
  'a class with a metaclass':
    'class Meta(type): pass\nclass Live(metaclass=Meta): pass\nclass faint(metaclass=Meta): pass\nLive()\n',
  'a module that nothing imports': {
    'main.py': 'import live\nlive.go()\nif __name__ == "__main__":\n    print(1)\n',
    'live.py': 'def go(): pass\n',
    'dead.py': 'VALUE = 1\ndef used_here():\n    return VALUE\nX = used_here\n',
  },
  'dependencies of requirements': {
    'requirements.txt': 'requests==2.0\ndead>=1\n',
    'app.py': 'import requests\nrequests.get("x")\n',
  },
  'dependencies of pyproject': {
    'pyproject.toml':
      '[project]\nname = "tool"\ndependencies = ["requests>=2", "dead[extra]>=1; python_version>\'3.8\'"]\n[project.scripts]\ntool = "tool:main"\n',
    'tool/__init__.py': 'import requests\ndef main(): return requests.get("x")\n',
  },
  'dependencies of poetry': {
    'pyproject.toml':
      '[tool.poetry]\nname = "tool"\n[tool.poetry.dependencies]\npython = "^3.9"\nrequests = "^2"\ndead = {version = "^1"}\n[tool.poetry.scripts]\ntool = "tool:main"\n',
    'tool/__init__.py': 'import requests\ndef main(): return requests.get("x")\n',
  },
  'dependencies of setup.py': {
    'setup.py':
      'from setuptools import setup\nsetup(name="tool", packages=["tool"], install_requires=["requests>=2", "dead"], entry_points={"console_scripts": ["tool=tool:main"]})\n',
    'tool/__init__.py': 'import requests\ndef main(): return requests.get("x")\n',
  },
  'dependencies of setup.cfg': {
    'setup.cfg':
      '[metadata]\nname = tool\n[options]\npackages = find:\ninstall_requires =\n    requests>=2\n    dead\n[options.entry_points]\nconsole_scripts =\n    tool = tool:main\n',
    'setup.py': 'from setuptools import setup\nsetup()\n',
    'tool/__init__.py': 'import requests\ndef main(): return requests.get("x")\n',
  },
};

export const livePythonShapes: Readonly<Record<string, string | Files>> = {
  'names of an unpacking that begin with a line':
    'def pair(): return 1, 2\na, _b = pair()\nprint(a)\nfor _ in range(3): print(a)\n',
  'a loop variable after the loop': 'def run(items):\n    for item in items: pass\n    return item\nrun([1])\n',
  'format(**locals())': 'def run():\n    a = 1\n    return "{a}".format(**locals())\nrun()\n',
  'percent and locals()': 'def run():\n    a = 1\n    return "%(a)s" % locals()\nrun()\n',
  'getattr with a name': 'class A:\n    def live(self): pass\ngetattr(A(), "live")()\n',
  'hasattr with a name': 'class A:\n    live = 1\nif hasattr(A, "live"): print(1)\n',
  '__all__ with +=': '__all__ = ["a"]\n__all__ += ["b"]\ndef a(): pass\ndef b(): pass\n',
  '__all__ with extend and append':
    '__all__ = []\n__all__.append("a")\n__all__.extend(["b"])\ndef a(): pass\ndef b(): pass\n',
  '__all__ as a tuple': '__all__ = ("a", "b")\ndef a(): pass\nclass b: pass\n',
  'a type in a comment': 'from typing import List\ndef run(a):\n    # type: (List[int]) -> int\n    return a\nrun(1)\n',
  'a type in a comment behind a value': 'from typing import Dict\na = {}  # type: Dict[str, int]\nprint(a)\n',
  'an annotation in quotes': 'from decimal import Decimal\ndef run(a: "list[Decimal]"): return a\nrun(1)\n',
  'a cast in quotes': 'from typing import cast\nfrom decimal import Decimal\nprint(cast("Decimal", 1))\n',
  'a bound in quotes':
    'from typing import TypeVar\nclass Base: pass\nT = TypeVar("T", bound="Base")\ndef run(a: T) -> T: return a\nrun(1)\n',
  'a module without an alias that a part uses': 'import os.path\nprint(os.path.sep)\n',
  'two modules of one package': 'import xml.dom\nimport xml.sax\nprint(xml)\n',
  'an import that is tried':
    'try:\n    import tomllib\nexcept ImportError:\n    import tomli as tomllib\nprint(tomllib)\n',
  'an import for its effects, silenced': 'import readline  # noqa\n',
  'a future': 'from __future__ import division\nprint(1 / 2)\n',
  'a variable of a with that is used':
    'def run():\n    with open("x") as f, open("y") as g:\n        return f.read() + g.read()\nrun()\n',
  'a variable of a closure': 'def run():\n    a = 1\n    def inner(): return a\n    return inner\nrun()()\n',
  'a variable of a loop in a lambda': 'def run(fs):\n    for f in fs:\n        yield lambda: f()\nrun([])\n',
  'a default that names a variable':
    'def run():\n    size = 3\n    def inner(n=size): return n\n    return inner\nrun()()\n',
  'a class attribute through self': 'class A:\n    limit = 1\n    def run(self): return self.limit\nA().run()\n',
  'a class attribute through the subclass':
    'class A:\n    limit = 1\n    def run(self): return type(self).limit\nclass B(A):\n    limit = 2\nB().run()\n',
  slots: 'class A:\n    __slots__ = ("x",)\n    def __init__(self): self.x = 1\nprint(A().x)\n',
  'an attribute that is read through another object':
    'class A:\n    def __init__(self): self.size = 1\ndef run(a): return a.size\nrun(A())\n',
  'a property of a protocol':
    'from typing import Protocol\nclass Sized(Protocol):\n    @property\n    def size(self) -> int: ...\nclass A:\n    size = 1\ndef run(a: Sized): return a.size\nrun(A())\n',
  'fields of a named tuple class':
    'from typing import NamedTuple\nclass P(NamedTuple):\n    x: int\n    y: int\nprint(P(1, 2))\n',
  'fields of a typed dictionary':
    'from typing import TypedDict\nclass P(TypedDict):\n    x: int\n    y: int\np: P = {"x": 1, "y": 2}\nprint(p)\n',
  'fields of attrs': 'import attr\n@attr.s\nclass P:\n    x = attr.ib()\n    y = attr.ib()\nprint(P(1, 2))\n',
  'fields of pydantic':
    'from pydantic import BaseModel, field_validator\nclass P(BaseModel):\n    x: int\n    y: int = 1\n    model_config = {"extra": "forbid"}\n    @field_validator("x")\n    @classmethod\n    def check_x(cls, v): return v\nprint(P(x=1))\n',
  'columns of SQLAlchemy':
    'from sqlalchemy import Column, Integer\nfrom sqlalchemy.orm import declarative_base\nBase = declarative_base()\nclass Item(Base):\n    __tablename__ = "items"\n    id = Column(Integer, primary_key=True)\n    name = Column(Integer)\nprint(Item)\n',
  'mapped columns':
    'from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column\nclass Base(DeclarativeBase): pass\nclass Item(Base):\n    __tablename__ = "items"\n    id: Mapped[int] = mapped_column(primary_key=True)\nprint(Item)\n',
  'fields of Django': {
    'manage.py':
      'import os, sys\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.settings")\nfrom django.core.management import execute_from_command_line\nexecute_from_command_line(sys.argv)\n',
    'site1/__init__.py': '',
    'site1/settings.py':
      'DEBUG = True\nINSTALLED_APPS = ["shop"]\nROOT_URLCONF = "site1.urls"\nMIDDLEWARE = ["shop.middleware.Timer"]\n',
    'site1/urls.py':
      'from django.urls import path\nfrom shop import views\nurlpatterns = [path("", views.index), path("x", views.Detail.as_view())]\n',
    'shop/__init__.py': '',
    'shop/apps.py':
      'from django.apps import AppConfig\nclass ShopConfig(AppConfig):\n    name = "shop"\n    def ready(self): pass\n',
    'shop/models.py':
      'from django.db import models\nclass Item(models.Model):\n    name = models.CharField(max_length=3)\n    class Meta:\n        verbose_name = "item"\n    def get_absolute_url(self): return "/"\n    def save(self, *args, **kwargs): super().save(*args, **kwargs)\n',
    'shop/admin.py':
      'from django.contrib import admin\nfrom .models import Item\n@admin.register(Item)\nclass ItemAdmin(admin.ModelAdmin):\n    list_display = ["name", "shown"]\n    def shown(self, item): return item\n',
    'shop/views.py':
      'from django.views.generic import DetailView\nfrom .models import Item\nfrom .forms import ItemForm\ndef index(request): return ItemForm\nclass Detail(DetailView):\n    model = Item\n    template_name = "x.html"\n    def get_queryset(self): return []\n    def get_context_data(self, **kwargs): return kwargs\n',
    'shop/forms.py':
      'from django import forms\nfrom .models import Item\nclass ItemForm(forms.ModelForm):\n    class Meta:\n        model = Item\n        fields = ["name"]\n    def clean_name(self): return 1\n',
    'shop/middleware.py':
      'class Timer:\n    def __init__(self, get_response): self.get_response = get_response\n    def __call__(self, request): return self.get_response(request)\n    def process_view(self, request, view, args, kwargs): return None\n',
    'shop/signals.py':
      'from django.db.models.signals import post_save\nfrom django.dispatch import receiver\n@receiver(post_save)\ndef saved(sender, **kwargs): pass\n',
    'shop/templatetags/__init__.py': '',
    'shop/templatetags/extra.py':
      'from django import template\nregister = template.Library()\n@register.filter\ndef twice(value): return value * 2\n',
    'shop/management/__init__.py': '',
    'shop/management/commands/__init__.py': '',
    'shop/management/commands/load.py':
      'from django.core.management.base import BaseCommand\nclass Command(BaseCommand):\n    help = "x"\n    def add_arguments(self, parser): pass\n    def handle(self, *args, **options): pass\n',
    'shop/tests.py': 'from django.test import TestCase\nclass ItemTest(TestCase):\n    def test_x(self): pass\n',
  },
  'routes of FastAPI': {
    'main.py':
      'from fastapi import APIRouter, Depends, FastAPI\napp = FastAPI()\nrouter = APIRouter()\ndef current(): return 1\n@router.get("/x")\nasync def read(user: int = Depends(current)): return user\n@app.on_event("startup")\nasync def start(): pass\n@app.exception_handler(ValueError)\nasync def failed(request, error): return None\napp.include_router(router)\n',
  },
  'routes and hooks of Flask': {
    'app.py':
      'from flask import Blueprint, Flask\nfrom flask.views import MethodView\nbp = Blueprint("b", __name__)\n@bp.route("/")\ndef index(): return "x"\n@bp.before_request\ndef before(): pass\n@bp.errorhandler(404)\ndef missing(error): return "x"\nclass Items(MethodView):\n    def get(self): return "x"\n    def post(self): return "y"\nbp.add_url_rule("/i", view_func=Items.as_view("i"))\ndef create_app():\n    app = Flask(__name__)\n    app.register_blueprint(bp)\n    return app\n',
    'wsgi.py': 'from app import create_app\napplication = create_app()\n',
  },
  'commands of click and typer': {
    'pyproject.toml': '[project]\nname = "tool"\n[project.scripts]\ntool = "tool.cli:cli"\n',
    'tool/__init__.py': '',
    'tool/cli.py':
      'import click\nimport typer\n@click.group()\ndef cli(): pass\n@cli.command()\n@click.option("--name")\ndef hello(name): click.echo(name)\napp = typer.Typer()\n@app.command()\ndef bye(): pass\n@app.callback()\ndef main(): pass\ncli.add_command(typer.main.get_command(app))\n',
  },
  'tasks of celery': {
    'celery_app.py':
      'from celery import Celery, shared_task\napp = Celery("x")\n@app.task\ndef add(a, b): return a + b\n@shared_task(bind=True)\ndef more(self): return 1\n',
  },
  'fixtures and hooks of pytest': {
    'conftest.py':
      'import pytest\npytest_plugins = ["x"]\n@pytest.fixture(autouse=True)\ndef clean(): yield\n@pytest.fixture(name="db")\ndef make_db(): return 1\ndef pytest_addoption(parser): parser.addoption("--x")\ndef pytest_collection_modifyitems(config, items): pass\n',
    'tests/test_a.py':
      'import pytest\n@pytest.mark.parametrize("a", [1])\ndef test_a(a, db): assert a\nclass TestB:\n    def setup_method(self): self.x = 1\n    def test_b(self): assert self.x\n',
  },
  'entry points of setup.cfg': {
    'setup.cfg':
      '[metadata]\nname = tool\n[options]\npackages = find:\n[options.entry_points]\nconsole_scripts =\n    tool = tool.cli:main\npytest11 =\n    tool = tool.plugin\n',
    'tool/__init__.py': '',
    'tool/cli.py': 'def main(): pass\n',
    'tool/plugin.py': 'def pytest_configure(config): pass\n',
  },
  'entry points of setup.py': {
    'setup.py':
      'from setuptools import setup, find_packages\nsetup(name="tool", packages=find_packages(), entry_points={"console_scripts": ["tool = tool.cli:start"], "flask.commands": ["x=tool.more:run_it"]})\n',
    'tool/__init__.py': '',
    'tool/cli.py': 'def start(): pass\n',
    'tool/more.py': 'def run_it(): pass\n',
  },
  'a table of functions':
    'def add(a): return a\ndef sub(a): return -a\nTABLE = {"add": add, "sub": sub}\nprint(TABLE["add"](1))\n',
  'a registry by decorator':
    'HANDLERS = {}\ndef register(name):\n    def wrap(f):\n        HANDLERS[name] = f\n        return f\n    return wrap\n@register("x")\ndef handle_it(): pass\nprint(HANDLERS)\n',
  'subclasses that are looked up':
    'class Base:\n    @classmethod\n    def all(cls): return cls.__subclasses__()\nclass One(Base): pass\nclass Two(Base): pass\nprint(Base.all())\n',
  'classes that __init_subclass__ registers':
    'class Base:\n    registry = []\n    def __init_subclass__(cls): Base.registry.append(cls)\nclass One(Base): pass\nprint(Base.registry)\n',
  'classes of a metaclass that registers':
    'REGISTRY = []\nclass Meta(type):\n    def __new__(mcs, name, bases, space):\n        cls = super().__new__(mcs, name, bases, space)\n        REGISTRY.append(cls)\n        return cls\nclass Base(metaclass=Meta): pass\nclass One(Base): pass\nprint(REGISTRY)\n',
  'exceptions that are raised': 'class Oops(Exception): pass\ndef run(): raise Oops\nrun()\n',
  'context managers by contextlib':
    'from contextlib import contextmanager\n@contextmanager\ndef opened():\n    yield 1\nwith opened(): print(1)\n',
  'a descriptor':
    'class D:\n    def __set_name__(self, owner, name): self.name = name\n    def __get__(self, instance, owner): return self.name\nclass A:\n    field = D()\nprint(A().field)\n',
  'a server of http':
    'from http.server import BaseHTTPRequestHandler, HTTPServer\nclass H(BaseHTTPRequestHandler):\n    protocol_version = "HTTP/1.1"\n    def do_GET(self): pass\n    def log_message(self, format, *args): pass\nHTTPServer(("", 1), H)\n',
  'a parser of argparse':
    'import argparse\nclass A(argparse.Action):\n    def __call__(self, parser, namespace, values, option_string=None): pass\np = argparse.ArgumentParser()\np.add_argument("x", action=A)\n',
  'tests of unittest with helpers': {
    'test_a.py':
      'import unittest\nclass T(unittest.TestCase):\n    maxDiff = None\n    @classmethod\n    def setUpClass(cls): cls.x = 1\n    def test_x(self): self.assertEqual(self.x, 1)\n    def tearDown(self): pass\n',
  },
  mocks: {
    'test_a.py':
      'from unittest import mock\ndef test_x():\n    m = mock.Mock()\n    m.return_value = 1\n    m.side_effect = None\n    assert m()\n',
  },
  'a module that is run by name': {
    'pyproject.toml': '[project]\nname = "tool"\n',
    'tool/__init__.py': '',
    'tool/__main__.py': 'from .work import go\ngo()\n',
    'tool/work.py': 'def go(): pass\n',
  },
  'an attribute of a thread': 'import threading\nt = threading.Thread(target=print)\nt.daemon = True\nt.start()\n',
  'a module setting of logging':
    'import logging\nlogging.raiseExceptions = False\nlogging.getLogger("x").propagate = False\n',
  'names of ctypes': 'import ctypes\nclass P(ctypes.Structure):\n    _fields_ = [("x", ctypes.c_int)]\nprint(P())\n',
  'a comparison of types in match':
    'def run(x):\n    match x:\n        case {"a": a, **rest}: return a, rest\n        case [first, *others]: return first, others\nrun(1)\n',
  'star arguments that are passed on': 'def run(*args, **kwargs): return print(*args, **kwargs)\nrun()\n',
  'parameters of a callback of outside': 'import signal\ndef stop(signum, frame): print("x")\nsignal.signal(2, stop)\n',
  'parameters of a special method':
    'class A:\n    def __exit__(self, kind, value, trace): pass\n    def __enter__(self): return self\n    def __getattr__(self, name): return 1\nwith A() as a: print(a.x)\n',
  'parameters of a sort key and of a default':
    'from collections import defaultdict\nd = defaultdict(lambda: 1)\nprint(sorted([1], key=lambda item: 1), d)\n',
  'parameters that an interface wants':
    'from abc import ABC, abstractmethod\nclass A(ABC):\n    @abstractmethod\n    def run(self, x): ...\nclass B(A):\n    def run(self, x): return 1\nprint([a.run(1) for a in (B(),)])\n',
  'parameters of an empty hook':
    'class A:\n    def before(self, x):\n        """For subclasses."""\n    def run(self): self.before(1)\nA().run()\n',
};
