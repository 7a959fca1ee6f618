"""Values between JSON and the running program: the form of src/generate/model/value.ts."""

import asyncio
import collections
import datetime
import decimal
import enum
import fractions
import importlib
import inspect
import io
import pathlib
import re
import types
import uuid

import explore_files

FULL = (6, 300, 2000)
BRIEF = (3, 40, 300)


def marked(kind, **rest):
    rest["$"] = kind
    return rest


def _made(name, *values):
    return marked("make", c=name, v=list(values))


def _built_in(value, deeper):
    kind = type(value)
    if kind is datetime.datetime and value.tzinfo is None:
        parts = [value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond]
        while len(parts) > 3 and parts[-1] == 0:
            parts.pop()
        return _made("datetime.datetime", *parts)
    if kind is datetime.date:
        return _made("datetime.date", value.year, value.month, value.day)
    if kind is datetime.time and value.tzinfo is None:
        return _made("datetime.time", value.hour, value.minute, value.second, value.microsecond)
    if kind is datetime.timedelta:
        return _made("datetime.timedelta", value.days, value.seconds, value.microseconds)
    if kind is decimal.Decimal:
        return _made("decimal.Decimal", str(value))
    if kind is fractions.Fraction:
        return _made("fractions.Fraction", value.numerator, value.denominator)
    if kind is complex:
        return _made("complex", deeper(value.real), deeper(value.imag))
    if kind is range:
        return _made("range", value.start, value.stop, value.step)
    if kind is uuid.UUID:
        return _made("uuid.UUID", str(value))
    if isinstance(value, pathlib.PurePath) and explore_files.hides(str(value)):
        return marked("cut")
    if isinstance(value, pathlib.PurePath):
        return _made("pathlib." + kind.__name__.replace("Posix", ""), str(value))
    return None


_VIEWS = (type({}.keys()), type({}.values()), type({}.items()), type(collections.OrderedDict().keys()), type(collections.OrderedDict().values()), type(collections.OrderedDict().items()))
_MATCH = type(re.match("", ""))


def home_of(kind):
    """Where a class can be had by its name; None where it cannot."""
    try:
        found = importlib.import_module(kind.__module__)
        for part in kind.__qualname__.split("."):
            found = getattr(found, part)
    except Exception:
        return None
    return "%s:%s" % (kind.__module__, kind.__qualname__) if found is kind else None


def told_by(value):
    """What an object of Python's own tells by questions; `[]`: as a list, `{}`: as a dict, `""`: as a text."""
    if isinstance(value, (io.StringIO, io.BytesIO)):
        return [("getvalue()", value.getvalue())] if not value.closed else [("closed", True)]
    if isinstance(value, _MATCH):
        return [("group()", value.group()), ("groups()", value.groups()), ("span()", value.span())]
    if isinstance(value, re.Pattern):
        return [("pattern", value.pattern), ("flags", int(value.flags))]
    if isinstance(value, _VIEWS):
        return [("[]", list(value))]
    if isinstance(value, dict):
        return [("{}", dict(value))]
    if isinstance(value, list):
        return [("[]", list(value))]
    return []


def fields_of(value):
    """Public data of an object, from its dictionary and slots."""
    found = {}
    held = getattr(value, "__dict__", None)
    if isinstance(held, dict):
        found.update(held)
    for owner in type(value).__mro__:
        slots = owner.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            try:
                found[name] = object.__getattribute__(value, name)
            except AttributeError:
                pass
    return [(name, item) for name, item in found.items() if isinstance(name, str) and not name.startswith("_")]


def encode(value, limits=FULL, known=None):
    most_depth, most_nodes, most_text = limits
    state = {"nodes": 0}
    open_ids = set()

    def read(item, depth):
        state["nodes"] += 1
        if state["nodes"] > most_nodes:
            return marked("cut")
        kind = type(item)
        if item is None or kind is bool:
            return item
        if kind is int:
            if abs(item) < 2**53:
                return item
            return marked("bigint", v=str(item)) if abs(item) < 10**300 else marked("cut")
        if kind is float:
            return marked("number", v=repr(item))
        if kind is str:
            return item if len(item) <= most_text and not explore_files.hides(item) else marked("cut")
        if kind in (bytes, bytearray):
            return marked("bytes", c=kind.__name__, v=list(item)) if len(item) <= 200 else marked("cut")
        if known is not None and depth == 0 and id(item) in known:
            return marked("step", i=known[id(item)])
        if id(item) in open_ids:
            return marked("cycle")
        if depth >= most_depth:
            return marked("cut")
        open_ids.add(id(item))
        try:
            return read_object(item, kind, depth)
        except RecursionError:
            raise
        except Exception:
            return marked("cut")
        finally:
            open_ids.discard(id(item))

    def read_object(item, kind, depth):
        def deeper(part):
            return read(part, depth + 1)

        if isinstance(item, enum.Enum):
            return _made("%s:%s.%s" % (kind.__module__, kind.__qualname__, item.name))
        made = _built_in(item, deeper)
        if made is not None:
            return made
        if isinstance(item, BaseException):
            return marked("error", c=kind.__name__, q="%s:%s" % (kind.__module__, kind.__qualname__), m=str(item))
        if kind is list:
            return [deeper(part) for part in item]
        if isinstance(item, tuple):
            return marked("tuple", v=[deeper(part) for part in item])
        if isinstance(item, (set, frozenset)) and kind in (set, frozenset):
            parts = sorted((deeper(part) for part in item), key=repr)
            return marked("set", v=parts, **({"frozen": True} if kind is frozenset else {}))
        if isinstance(item, dict) and kind.__module__ in ("builtins", "collections"):
            if all(type(key) is str for key in item):
                return marked("record", e=[[key, deeper(part)] for key, part in item.items()])
            return marked("map", e=[[deeper(key), deeper(part)] for key, part in item.items()])
        if isinstance(item, type):
            home = home_of(item)
            return marked("class", n=item.__name__, **({} if home is None else {"q": home}))
        if inspect.isgenerator(item) or inspect.isasyncgen(item) or (hasattr(item, "__next__") and kind.__module__ in ("builtins", "itertools")):
            return marked("instance", c="generator", p=[])
        if callable(item) and isinstance(item, (types.FunctionType, types.BuiltinFunctionType, types.MethodType)) or kind.__module__ == "functools":
            return marked("function", n=getattr(item, "__name__", ""))
        if isinstance(item, str) and kind.__eq__ is str.__eq__:
            return str.__str__(item)
        fields = [[name, deeper(part)] for name, part in told_by(item) + fields_of(item)[:40]]
        return marked("instance", c=kind.__name__, p=fields)

    return read(value, 0)


def decode(value, world):
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, list):
        return [decode(item, world) for item in value]
    kind = value["$"]
    if kind == "number":
        return float(value["v"])
    if kind == "bigint":
        return int(value["v"])
    if kind == "undefined":
        return None
    if kind == "record":
        return {key: decode(item, world) for key, item in value["e"]}
    if kind == "map":
        return {decode(key, world): decode(item, world) for key, item in value["e"]}
    if kind == "set":
        return (frozenset if value.get("frozen") else set)(decode(item, world) for item in value["v"])
    if kind == "tuple":
        return tuple(decode(item, world) for item in value["v"])
    if kind == "bytes":
        data = bytes(int(item) & 255 for item in value["v"])
        return bytearray(data) if value["c"] == "bytearray" else data
    if kind == "file":
        return explore_files.make(value["n"], value["v"], value.get("p"))
    if kind == "regexp":
        return re.compile(value["s"])
    if kind == "error":
        import builtins

        return getattr(builtins, value["c"], Exception)(value["m"])
    if kind == "iterable":
        return iter([decode(item, world) for item in value["v"]])
    if kind == "make":
        return make(value["c"], [decode(item, world) for item in value["v"]])
    return world(value)


def make(name, values):
    if ":" in name:
        module, path = name.split(":")
        found = importlib.import_module(module)
        for part in path.split("."):
            found = getattr(found, part)
        return found
    if "." not in name:
        return {"complex": complex, "range": range}[name](*values)
    module, attribute = name.rsplit(".", 1)
    return getattr(importlib.import_module(module), attribute)(*values)


def settle(value):
    """What an awaitable gives, within a short time."""

    async def wait():
        return await asyncio.wait_for(value, 0.5)

    return asyncio.run(wait())
