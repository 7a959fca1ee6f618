"""What a module offers: functions, classes with their members, constants; parameters with what annotations say of them."""

import inspect
import keyword
import re
import typing

from explore_values import encode

DUNDERS = (
    "__len__ __str__ __repr__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ __rtruediv__ "
    "__floordiv__ __rfloordiv__ __mod__ __rmod__ __and__ __rand__ __or__ __ror__ __xor__ __rxor__ __matmul__ __lshift__ __rshift__ __divmod__ __neg__ "
    "__pos__ __abs__ __invert__ __getitem__ __setitem__ __delitem__ __contains__ __iter__ __next__ __call__ __bool__ __int__ __float__ __index__ __round__ "
    "__bytes__ __hash__ __reversed__ __pow__ __rpow__ __enter__ __exit__ __format__ __getattr__ __setattr__ __delattr__ __copy__ __deepcopy__ __reduce__ "
    "__getstate__ __setstate__ __iadd__ __isub__ __ior__ __iand__ __imul__ __ixor__"
).split()
#: What the standard library's abstract collections make of a class's own methods.
MIXED_IN = "keys values items get pop popitem clear update setdefault append extend remove insert index count isdisjoint add discard".split()
MOST_KEYWORDS = 12
ANY = {"kind": "any"}


def is_plain(value):
    return isinstance(value, (bool, int, float, str, bytes, list, tuple, dict, set, frozenset, type(None)))


def surface_of(module, package):
    entries = []
    names = getattr(module, "__all__", None)
    names = [name for name in names if isinstance(name, str)] if isinstance(names, (list, tuple)) else []
    offered = len(names) > 0
    names += [name for name in vars(module) if name not in names and not name.startswith("__") and not name.startswith("_trowel")]
    for name in names:
        aside = name.startswith("_") or (offered and name not in module.__all__)
        try:
            entries.extend(dict(entry, aside=True) if aside else entry for entry in entries_of(module, name, package, offered))
        except Exception:
            # What answers a question by an error is not offered.
            continue
    return {"entries": entries}


def entries_of(module, name, package, offered):
    value = getattr(module, name, None)
    if inspect.ismodule(value):
        return []
    if is_plain(value):
        return [{"path": [name], "kind": "value", "value": encode(value, (3, 60, 300))}]
    home = getattr(value, "__module__", None)
    handed_on = (home or "").split(".")[0] == package and offered and name in module.__all__
    if inspect.isclass(value):
        return describe_class(value, [name], package) if home is None or home == module.__name__ or handed_on else []
    if callable(value):
        is_own = home == module.__name__ or handed_on or hasattr(value, "__wrapped__")
        return [describe_function(value, [name])] if is_own else []
    return members_as_functions(value, [name]) if type(value).__module__.split(".")[0] == package else []


def documentation(value):
    try:
        return (inspect.getdoc(value) or "")[:4000]
    except Exception:
        return ""


def describe_function(value, path):
    parameters, returns = signature_of(value)
    return {"path": path, "kind": "function", "name": path[-1], "parameters": parameters, "returns": returns, "documentation": documentation(value)}


def is_own(owner, name, package):
    """Of the package; of what it inherits from elsewhere only what leads back to its own methods."""
    home = owner.__module__ or ""
    return home.split(".")[0] == package or (home in ("collections.abc", "_collections_abc", "typing") and name in MIXED_IN)


def describe_class(value, path, package):
    if issubclass(value, BaseException) and "__init__" not in vars(value):
        return []
    parameters, _ = signature_of(value)
    members = []
    beside = []
    for name in sorted(dir(value)):
        if name.startswith("_") and name not in DUNDERS:
            continue
        owner = next((one for one in value.__mro__ if name in vars(one)), None)
        if owner is None or not is_own(owner, name, package):
            continue
        raw = vars(owner)[name]
        if isinstance(raw, (classmethod, staticmethod)):
            beside.append(describe_function(getattr(value, name), path + [name]))
        elif isinstance(raw, property) or type(raw).__name__ in ("cached_property", "member_descriptor"):
            members.append({"name": name, "kind": "get", "parameters": [], "returns": ANY})
        elif inspect.isfunction(raw) or hasattr(raw, "__wrapped__") or callable(raw):
            inner, returns = signature_of(raw, skip_first=True)
            members.append({"name": name, "kind": "method", "parameters": inner, "returns": returns})
        elif not name.startswith("__") and is_plain(raw):
            beside.append({"path": path + [name], "kind": "value", "value": encode(raw, (3, 60, 300))})
    abstract = inspect.isabstract(value)
    made = {"path": path, "kind": "class", "name": value.__name__, "parameters": parameters, "returns": {"kind": "instance", "of": value.__name__}, "members": members, "documentation": documentation(value)}
    return ([] if abstract else [made]) + beside


def members_as_functions(value, path):
    found = []
    for name in dir(value):
        if name.startswith("_"):
            continue
        try:
            member = getattr(value, name)
        except Exception:
            continue
        if inspect.ismethod(member):
            found.append(describe_function(member, path + [name]))
    return found[:60]


def signature_of(value, skip_first=False):
    try:
        signature = inspect.signature(value)
    except (TypeError, ValueError):
        return [], ANY
    try:
        hints = typing.get_type_hints(value.__init__ if inspect.isclass(value) else value)
    except Exception:
        hints = {}
    parameters = []
    for index, parameter in enumerate(signature.parameters.values()):
        if skip_first and index == 0:
            continue
        if parameter.kind is parameter.VAR_KEYWORD:
            parameters.extend(keywords_of(value, parameter.name, [one["name"] for one in parameters]))
            continue
        hint = hints.get(parameter.name, parameter.annotation)
        declared = hint is not parameter.empty and not isinstance(hint, str)
        shape = shape_of(hint) if declared else ANY
        found = {
            "name": parameter.name,
            "shape": shape,
            "optional": parameter.default is not parameter.empty or parameter.kind is parameter.VAR_POSITIONAL,
            "variadic": parameter.kind is parameter.VAR_POSITIONAL,
            "declared": declared and shape["kind"] != "any",
        }
        if parameter.kind is parameter.KEYWORD_ONLY:
            found["keywordOnly"] = True
        if parameter.default is not parameter.empty and parameter.default is not None:
            found["default"] = encode(parameter.default, (2, 20, 100))
        parameters.append(found)
    hint = hints.get("return", signature.return_annotation)
    return parameters, ANY if hint is signature.empty or isinstance(hint, str) else shape_of(hint)


def keywords_of(value, name, known):
    """Names that a function's own text asks its further keywords for; where it names none, two that say nothing."""
    try:
        text = inspect.getsource(value.__init__ if inspect.isclass(value) else value)
    except (OSError, TypeError):
        text = ""
    called = re.escape(name)
    asked = r"\b%s(?:\.(?:get|pop|setdefault)\(|\[)\s*['\"](\w+)['\"]|['\"](\w+)['\"]\s+(?:not\s+)?in\s+%s\b" % (called, called)
    names = [one or other for one, other in re.findall(asked, text)]
    names = [one for one in dict.fromkeys(names) if one not in known and not keyword.iskeyword(one)][:MOST_KEYWORDS] or ["a", "b"]
    return [{"name": one, "shape": ANY, "optional": True, "variadic": False, "declared": False, "keywordOnly": True} for one in names]


PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null", bytes: "bytes", bytearray: "bytes", complex: "number"}


def shape_of(hint, depth=0):
    if hint in (typing.Any, object) or depth > 4:
        return ANY
    if hint is None:
        return {"kind": "null"}
    if isinstance(hint, type) and hint in PLAIN:
        return {"kind": PLAIN[hint]}
    origin = typing.get_origin(hint)
    arguments = typing.get_args(hint)

    def part(index):
        return shape_of(arguments[index], depth + 1) if index < len(arguments) else ANY

    if origin is typing.Union or type(hint).__name__ == "UnionType":
        return {"kind": "union", "of": [shape_of(one, depth + 1) for one in arguments]}
    if origin is not None and getattr(origin, "__name__", "") == "Literal" or str(origin) == "typing.Literal":
        return {"kind": "one-of", "values": [encode(one) for one in arguments]}
    base = origin or hint
    name = getattr(base, "__name__", str(base))
    if name in ("list", "List", "Sequence", "MutableSequence", "Collection"):
        return {"kind": "list", "of": part(0)}
    if name in ("Iterable", "Iterator", "Generator"):
        return {"kind": "iterable", "of": part(0)}
    if name in ("set", "frozenset", "AbstractSet", "Set", "MutableSet"):
        return {"kind": "set", "of": part(0)}
    if name in ("tuple", "Tuple"):
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return {"kind": "list", "of": part(0)}
        return {"kind": "tuple", "items": [shape_of(one, depth + 1) for one in arguments]}
    if name in ("dict", "Dict", "Mapping", "MutableMapping", "OrderedDict", "defaultdict"):
        return {"kind": "map", "key": part(0) if arguments else {"kind": "string"}, "of": part(1)}
    if name == "Callable":
        return {"kind": "function", "parameters": [], "returns": ANY}
    if name in ("datetime", "date", "timedelta"):
        return {"kind": "date"}
    if name == "Pattern":
        return {"kind": "regexp"}
    if isinstance(hint, typing.TypeVar):
        if hint.__constraints__:
            return {"kind": "union", "of": [shape_of(one, depth + 1) for one in hint.__constraints__]}
        return shape_of(hint.__bound__, depth + 1) if hint.__bound__ else ANY
    supertype = getattr(hint, "__supertype__", None)
    if supertype is not None:
        return shape_of(supertype, depth + 1)
    if isinstance(hint, type):
        import enum

        if issubclass(hint, enum.Enum):
            return {"kind": "one-of", "values": [encode(one) for one in hint]}
        return {"kind": "instance", "of": hint.__name__}
    return ANY
