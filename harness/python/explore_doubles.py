"""What code under study reads from outside of itself, in place of the real thing: words of the command line, environment, standard
input, servers, programs, entropy, pauses. Tests replace the same by the same functions, whose text comes with the request."""

import builtins
import importlib
import io
import os
import random
import sys
import time
from unittest import mock

from explore_values import BRIEF, encode

MOST_CALLS = 6
PLAIN = {"argv": [], "environment": [], "input": "", "answer": {"status": 200, "type": "", "body": ""}, "program": {"code": 0, "output": "", "errors": ""}}


class State(object):
    """Of the candidate that runs."""

    active = False
    scene = PLAIN
    #: Names of what was used.
    used = set()
    #: Names that the environment was asked for.
    asked = set()
    #: By target, the arguments of each call.
    calls = {}
    seed = 0
    #: Files whose questions to the environment count.
    files = frozenset()
    #: By target, the names under which modules under study hold it.
    bindings = {}


state = State()


def use(name):
    if state.active:
        state.used.add(name)


class Double(object):
    """Stands where a function or class was; as a class's attribute it is called without the object."""

    def __init__(self, target, maker, takes, original):
        self.target, self.maker, self.takes, self.original = target, maker, takes, original

    def __call__(self, *given, **named):
        use(self.target)
        calls = state.calls.setdefault(self.target, [])
        if len(calls) <= MOST_CALLS:
            calls.append([[encode(one, BRIEF) for one in given], [[name, encode(one, BRIEF)] for name, one in named.items()]])
        part = state.scene[self.takes]
        if self.takes == "answer":
            values = (part["status"], part["type"], part["body"].encode("utf-8"))
        else:
            values = (part["code"], part["output"], part["errors"])
        return self.maker(*values)(*given, **named)

    def __getitem__(self, key):
        return self.original

    def __mro_entries__(self, bases):
        return (self.original,)

    def __or__(self, other):
        return self.original.__class__

    __ror__ = __or__


class Words(list):
    """`sys.argv`, which tells that it was read."""

    def __getitem__(self, key):
        use("sys.argv")
        return list.__getitem__(self, key)

    def __iter__(self):
        use("sys.argv")
        return list.__iter__(self)

    def __len__(self):
        use("sys.argv")
        return list.__len__(self)


class Input(io.StringIO):
    def read(self, *given):
        use("sys.stdin")
        return io.StringIO.read(self, *given)

    def readline(self, *given):
        use("sys.stdin")
        return io.StringIO.readline(self, *given)

    def __next__(self):
        use("sys.stdin")
        return io.StringIO.__next__(self)


def owner_of(target):
    """The object that holds the last name of a target."""
    parts = target.split(".")
    for split in range(len(parts) - 1, 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:split]))
        except ImportError:
            continue
        for name in parts[split:-1]:
            found = getattr(found, name)
        return found, parts[-1]
    raise ImportError(target)


_doubles = {}


def install(doubles, files, texts):
    """`doubles`: target, maker, part of the scene, imports, package, source. Before modules under study are loaded."""
    state.files = frozenset(os.path.realpath(path) for path in files)
    for one in doubles:
        if not any(one["package"] in text for text in texts):
            continue
        try:
            space = {"mock": mock, "__builtins__": builtins}
            for name in one["imports"]:
                importlib.import_module(name)
                space[name.split(".")[0]] = sys.modules[name.split(".")[0]]
            exec(one["source"], space)
            owner, name = owner_of(one["target"])
            original = getattr(owner, name)
        except (ImportError, AttributeError):
            continue
        double = Double(one["target"], space[one["maker"]], one["takes"], original)
        setattr(owner, name, double)
        _doubles[one["target"]] = double
    watch_environment()
    os.urandom = random._urandom = entropy

    def sleep(seconds=0):
        use("time.sleep")

    time.sleep = sleep
    _doubles.update({"time.sleep": sleep, "os.urandom": entropy})


def entropy(size):
    use("os.urandom")
    return bytes((index + state.seed) % 256 for index in range(size))


def watch_environment():
    plain = type(os.environ).__getitem__

    def read(self, key):
        if state.active and isinstance(key, str):
            frame = sys._getframe(1)
            for _ in range(4):
                if frame is None:
                    break
                if frame.f_code.co_filename in state.files:
                    use("os.environ")
                    state.asked.add(key)
                    break
                frame = frame.f_back
        return plain(self, key)

    type(os.environ).__getitem__ = read


def bound(modules):
    """By target, the dotted names under which modules hold what stands for it."""
    for module in modules:
        for name, value in list(getattr(module, "__dict__", {}).items()):
            for target, double in _doubles.items():
                if value is double:
                    place = "%s.%s" % (module.__name__, name)
                    if place not in state.bindings.setdefault(target, []):
                        state.bindings[target].append(place)
    return state.bindings


#: What decides how this process itself reads dates stays.
_kept = {name: value for name, value in os.environ.items() if name == "TZ"}


def begin(scene, seed):
    state.scene = scene or PLAIN
    state.used, state.asked, state.calls, state.seed = set(), set(), {}, seed
    wanted = dict(_kept, **{name: value for name, value in state.scene["environment"]})
    if dict(os.environ) != wanted:
        os.environ.clear()
        os.environ.update(wanted)
    sys.argv = Words(["program"] + list(state.scene["argv"]))
    sys.stdin = Input(state.scene["input"])


def end():
    """What was used, in the form of `Seen`."""
    found = {}
    if state.used:
        found["mocks"] = sorted(state.used)
    if state.asked:
        found["asked"] = sorted(state.asked)
    calls = {target: made for target, made in state.calls.items() if 0 < len(made) <= MOST_CALLS}
    if calls:
        found["calls"] = calls
    return found
