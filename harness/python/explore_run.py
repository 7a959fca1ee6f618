"""Executes one candidate: a list of steps on modules and on results of earlier steps."""

import builtins
import contextlib
import copy
import inspect
import io
import operator
import os
import pickle
import random
import signal
import sys

import explore_doubles
import explore_files
import trowel_runtime
from explore_values import BRIEF, FULL, decode, encode, settle

FUEL = 60000
#: Of the processor.
SECONDS = 0.8
MOST_CALLS = 8
MOST_ITEMS = 50
STATE = (4, 120, 500)
#: What a module holds as it is: tables of words and the like.
TABLE = (6, 1500, 4000)
MOST_OUTPUT = 2000


class Blocked(BaseException):
    """A candidate would have left the program."""


class TooLong(BaseException):
    pass


class Effects(object):
    """Seen through the interpreter's audit events: what leaves the program is refused while a candidate runs."""

    def __init__(self):
        self.active = False
        self.seen = {}

    def note(self, effect):
        self.seen[effect] = self.seen.get(effect, 0) + 1

    def hook(self, event, arguments):
        if not self.active:
            return
        effect = None
        if event == "open":
            mode, flags = arguments[1], arguments[2]
            if explore_files.is_inside(arguments[0]):
                return
            if (isinstance(mode, str) and any(letter in mode for letter in "wax+")) or (isinstance(flags, int) and flags & 3):
                effect = "files"
        elif event.startswith(("socket.connect", "socket.getaddrinfo", "socket.bind", "urllib.Request", "http.client.connect", "ftplib", "smtplib")):
            effect = "network"
        elif event.startswith(("subprocess.", "os.system", "os.fork", "os.exec", "os.spawn", "os.posix_spawn", "os.kill", "os.chdir", "webbrowser.")):
            effect = "process"
        elif event.startswith(("os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "shutil.", "tempfile.", "os.utime")):
            effect = None if arguments and explore_files.is_inside(arguments[0]) else "files"
        if effect:
            self.note(effect)
            raise Blocked(effect)


effects = Effects()


def install():
    sys.addaudithook(effects.hook)

    def alarm(*_):
        raise TooLong()

    signal.signal(signal.SIGPROF, alarm)
    real_open = builtins.open

    def open_by_name(file, *given, **named):
        # A number may be the descriptor of anything.
        if effects.active and not isinstance(file, (str, bytes, os.PathLike)):
            effects.note("files")
            raise Blocked("files")
        return real_open(file, *given, **named)

    builtins.open = io.open = open_by_name


class Output(io.StringIO):
    left = False

    def close(self):
        self.left = True


class Probe(object):
    """Says what is asked of it."""

    def __init__(self, log):
        object.__setattr__(self, "_log", log)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Probe(self._log.setdefault("reads", {}).setdefault(name, {}))

    def __call__(self, *given, **named):
        self._log["called"] = max(self._log.get("called", 0), len(given))
        return Probe(self._log.setdefault("result", {}))

    def __iter__(self):
        self._log["iterated"] = True
        return iter(())

    def __getitem__(self, key):
        if isinstance(key, str):
            return Probe(self._log.setdefault("reads", {}).setdefault(key, {}))
        self._log["iterated"] = True
        raise IndexError(key)

    def __len__(self):
        self._log["iterated"] = True
        return 0

    def __str__(self):
        self._log["converted"] = "string"
        return "probe"

    def __int__(self):
        self._log["converted"] = "number"
        return 3

    __index__ = __int__

    def __float__(self):
        self._log["converted"] = "number"
        return 3.0

    def _number(self, other=None):
        self._log["converted"] = "number"
        return 3

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __lt__ = __le__ = __gt__ = __ge__ = __neg__ = __abs__ = _number


def run_candidate(candidate, modules, options):
    limits = FULL if options.get("full") else BRIEF
    results, steps, known, probes, callbacks = [], [], {}, {}, {}

    def world(value):
        kind = value["$"]
        if kind == "step":
            return results[value["i"]]
        if kind == "import":
            return look_up(modules[value["m"]], value["p"])
        if kind == "probe":
            return Probe(probes.setdefault(str(value["id"]), {}))
        if kind == "callback":
            return make_callback(value)
        raise ValueError(kind)

    made, keywords = {}, set()

    def make_callback(value):
        # Used twice it is one function: what was added can be taken away.
        if value["id"] not in made:
            made[value["id"]] = new_callback(value)
        return made[value["id"]]

    def new_callback(value):
        calls = callbacks.setdefault(str(value["id"]), [])

        if "argument" in value:
            answer = (lambda value, *_: value) if value["argument"] == 0 else (lambda first, value, *_: value)
        elif value.get("sum"):
            answer = lambda a, b: a + b  # noqa: E731
        elif value.get("compare"):
            answer = lambda a, b: (a > b) - (a < b)  # noqa: E731
        else:
            returned = decode(value.get("returns"), world)
            answer = lambda *_: returned  # noqa: E731

        def callback(*given, **named):
            if named:
                keywords.add(value["id"])
            if len(calls) < MOST_CALLS:
                calls.append([encode(item, BRIEF) for item in given])
            elif len(calls) == MOST_CALLS:
                calls.append([{"$": "cut"}])
            if "throws" in value:
                raise ValueError(value["throws"])
            return answer(*given)

        # As it is called where a test passes it in place.
        callback.__name__ = "<lambda>"
        return callback

    explore_doubles.begin(candidate.get("scene"), options.get("random", 0))
    random.seed(options.get("random", 0))
    before_random = random.getstate()
    effects.seen = {}
    hung = False
    output, errors = Output(), Output()
    for step in candidate["steps"]:
        seen = {"outcome": "returned"}
        steps.append(seen)
        if any(steps[index]["outcome"] != "returned" for index in dependencies(step)):
            seen["outcome"] = "skipped"
            results.append(None)
            continue
        try:
            given = [decode(item, world) for item in step.get("with") or []]
            named = {name: decode(item, world) for name, item in step.get("named") or []}
            receiver = results[step["on"]["step"]] if "step" in step["on"] else None
            state = {}
            if options.get("full"):
                watched = [("receiver", receiver)] + [(str(i), item) for i, item in enumerate(given) if item is not receiver]
                for place, item in watched:
                    if explore_files.is_file(item):
                        state[place] = (item, explore_files.content(item))
                    elif isinstance(item, (list, dict, set, bytearray)) or hasattr(item, "__dict__"):
                        state[place] = (item, encode(item, STATE))
            effects.active = explore_doubles.state.active = True
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
                value = perform(step, modules, results, given, named)
                if inspect.isawaitable(value):
                    seen["awaited"] = True
                    value = settle(value)
        except trowel_runtime.OutOfSteps:
            seen["outcome"] = "hung"
            hung = True
        except TooLong:
            seen["outcome"] = "hung"
            hung = True
        except Blocked:
            seen["outcome"] = "blocked"
        except BaseException as error:  # noqa: B902
            seen["outcome"] = "threw"
            effects.active = explore_doubles.state.active = False
            seen["value"] = encode(error, limits)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            effects.active = explore_doubles.state.active = False
        if seen["outcome"] != "returned":
            results.append(None)
            if hung:
                break
            continue
        results.append(value)
        is_table = options.get("full") and step["op"] == "get" and "module" in step["on"]
        seen["value"] = encode(value, TABLE if is_table else limits, known)
        if type(value).__module__ != "builtins" or isinstance(value, (list, dict)):
            known.setdefault(id(value), len(steps) - 1)
            if options.get("members") and type(value).__module__ != "builtins":
                seen["members"] = members_of(value)
        if options.get("members") and (hasattr(value, "__next__") or hasattr(value, "__aiter__") or hasattr(value, "__anext__")):
            seen["iterable"] = True
        for place, (item, before) in state.items():
            after = explore_files.content(item) if explore_files.is_file(item) else encode(item, STATE)
            if after != before:
                seen.setdefault("after", {})[place] = after
    found = dict(effects.seen)
    if random.getstate() != before_random:
        found["random"] = 1
        explore_doubles.state.used.add("random")
    used = explore_doubles.end()
    if "os.urandom" in used.get("mocks", ()):
        found["random"] = 1
    if any(name.startswith(("time.", "datetime.")) and name != "time.sleep" for name in used.get("mocks", ())):
        found["time"] = 1
    result = dict(used, steps=steps, effects=found)
    explore_files.leave()
    if callbacks:
        result["callbacks"] = callbacks
    if keywords:
        result["keywords"] = sorted(keywords)
    if output.left or errors.left:
        # A test that closes the standard streams takes those of its runner.
        found["globals"] = 1
    if probes:
        result["probes"] = probes
    if 0 < len(output.getvalue()) <= MOST_OUTPUT:
        result["output"] = output.getvalue()
    if hung or trowel_runtime.out:
        result["hung"] = True
    return result


def look_up(module, path):
    found = module
    for name in path:
        found = getattr(found, name)
    return found


OPERATORS = {
    "__len__": len, "__str__": str, "__repr__": repr, "__bool__": bool, "__int__": int, "__float__": float, "__hash__": lambda x: isinstance(hash(x), int),
    "__abs__": abs, "__reversed__": lambda x: list(reversed(x)), "__iter__": lambda x: list(_first(x, 50)), "__neg__": lambda x: -x, "__invert__": lambda x: ~x,
    "__eq__": lambda x, y: x == y, "__lt__": lambda x, y: x < y, "__le__": lambda x, y: x <= y, "__gt__": lambda x, y: x > y, "__ge__": lambda x, y: x >= y,
    "__add__": lambda x, y: x + y, "__radd__": lambda x, y: y + x, "__sub__": lambda x, y: x - y, "__mul__": lambda x, y: x * y, "__truediv__": lambda x, y: x / y,
    "__floordiv__": lambda x, y: x // y, "__mod__": lambda x, y: x % y, "__and__": lambda x, y: x & y, "__or__": lambda x, y: x | y, "__xor__": lambda x, y: x ^ y,
    "__pow__": lambda x, y: x**y, "__getitem__": lambda x, y: x[y], "__contains__": lambda x, y: y in x, "__call__": lambda x, *y: x(*y), "__format__": format,
    "__setitem__": lambda x, y, z: x.__setitem__(y, z), "__delitem__": lambda x, y: x.__delitem__(y), "__enter__": lambda x: x.__enter__(), "__getattr__": getattr,
    "__exit__": lambda x, *_: x.__exit__(None, None, None), "__copy__": copy.copy, "__deepcopy__": lambda x, *_: copy.deepcopy(x), "__reduce__": lambda x, *_: pickle.loads(pickle.dumps(x)),
    "__ne__": lambda x, y: x != y, "__rsub__": lambda x, y: y - x, "__rmul__": lambda x, y: y * x, "__rtruediv__": lambda x, y: y / x, "__ror__": lambda x, y: y | x,
    "__rand__": lambda x, y: y & x, "__rfloordiv__": lambda x, y: y // x, "__rmod__": lambda x, y: y % x, "__rpow__": lambda x, y: y**x, "__rxor__": lambda x, y: y ^ x,
    "__matmul__": lambda x, y: x @ y, "__lshift__": lambda x, y: x << y, "__rshift__": lambda x, y: x >> y, "__divmod__": divmod, "__round__": round, "__index__": operator.index,
    "__next__": next, "__bytes__": bytes, "__pos__": lambda x: +x, "__setattr__": setattr, "__delattr__": delattr, "__iadd__": operator.iadd, "__isub__": operator.isub,
    "__ior__": operator.ior, "__iand__": operator.iand, "__imul__": operator.imul, "__ixor__": operator.ixor,
}  # fmt: skip


def _first(iterable, limit):
    for index, item in enumerate(iterable):
        if index >= limit:
            raise TooLong()
        yield item


def perform(step, modules, results, given, named):
    path = step["on"].get("path") or []
    root = results[step["on"]["step"]] if "step" in step["on"] else modules[step["on"]["module"]]
    operation = step["op"]
    if operation == "collect":
        found = look_up(root, path)
        if hasattr(found, "__aiter__"):
            items = settle(_collect_async(found, step.get("limit", MOST_ITEMS)))
        else:
            items = [item for _, item in zip(range(step.get("limit", MOST_ITEMS)), found)]
        if len(items) >= step.get("limit", MOST_ITEMS):
            # No test lists what may be endless.
            raise TooLong()
        return items
    if operation == "call" and len(path) == 1 and "step" in step["on"] and path[0] in OPERATORS:
        return OPERATORS[path[0]](root, *given)
    target = look_up(root, path)
    if operation == "get":
        return target
    if operation == "set":
        setattr(look_up(root, path[:-1]), path[-1], given[0])
        return None
    return target(*given, **named)


async def _collect_async(found, limit):
    items = []
    async for item in found:
        items.append(item)
        if len(items) >= limit:
            break
    return items


def dependencies(step):
    found = [step["on"]["step"]] if "step" in step["on"] else []

    def walk(value):
        if isinstance(value, list):
            for item in value:
                walk(item)
        elif isinstance(value, dict):
            if value.get("$") == "step":
                found.append(value["i"])
            else:
                for item in value.values():
                    if isinstance(item, (list, dict)):
                        walk(item)

    walk(step.get("with") or [])
    walk(step.get("named") or [])
    return found


for _name in ("__getstate__", "__setstate__", "__reduce_ex__", "__getnewargs__"):
    OPERATORS[_name] = OPERATORS["__reduce__"]


def members_of(value):
    if inspect.isgenerator(value) or hasattr(value, "__next__"):
        return {"__iter__": ["method", 0]}
    found = dict(_members_of_class(type(value)))
    for name in getattr(value, "__dict__", {}):
        if not name.startswith("_"):
            found.setdefault(name, ["data"])
    return found


_NOT_MEMBERS = frozenset(("__hash__", "__format__", "__getattr__", "__setattr__", "__delattr__", "__next__"))
_known_classes = {}


def _members_of_class(kind):
    # Classes of a module that is loaded again are others.
    if kind in _known_classes:
        return _known_classes[kind]
    found = _known_classes[kind] = {}
    for name in dir(kind):
        if name.startswith("_") and name not in OPERATORS or name in _NOT_MEMBERS:
            continue
        owner = next((one for one in kind.__mro__ if name in vars(one)), None)
        if owner is None or owner.__module__ in ("builtins", "typing", "abc", "enum"):
            continue
        raw = vars(owner)[name]
        if inspect.isfunction(raw) or isinstance(raw, (classmethod, staticmethod)):
            try:
                function = raw.__func__ if isinstance(raw, (classmethod, staticmethod)) else raw
                count = len(inspect.signature(function).parameters) - (0 if isinstance(raw, staticmethod) else 1)
            except (TypeError, ValueError, AttributeError):
                count = 0
            found[name] = ["method", max(0, count)]
        elif not name.startswith("__"):
            found[name] = ["get"]
    return found
