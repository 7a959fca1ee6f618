"""What a module offers: functions, classes with their members, constants; parameters with what annotations say of them."""

import inspect
import typing

from explore_values import encode

DUNDERS = (
    "__len__ __str__ __repr__ __eq__ __lt__ __le__ __gt__ __ge__ __add__ __radd__ __sub__ __mul__ __truediv__ __floordiv__ __mod__ __and__ __or__ "
    "__xor__ __neg__ __abs__ __invert__ __getitem__ __setitem__ __delitem__ __contains__ __iter__ __call__ __bool__ __int__ __float__ __hash__ "
    "__reversed__ __pow__ __enter__ __format__ __getattr__"
).split()
ANY = {"kind": "any"}


def surface_of(module, package):
    entries = []
    names = getattr(module, "__all__", None)
    names = list(names) if isinstance(names, (list, tuple)) else [name for name in vars(module) if not name.startswith("_")]
    for name in names:
        if not isinstance(name, str):
            continue
        value = getattr(module, name, None)
        home = getattr(value, "__module__", None)
        if inspect.ismodule(value):
            continue
        if inspect.isclass(value):
            if home is None or home == module.__name__ or (home.split(".")[0] == package and "__all__" in vars(module)):
                entries.extend(describe_class(value, [name]))
        elif callable(value):
            if home == module.__name__ or (home or "").split(".")[0] == package and "__all__" in vars(module) or hasattr(value, "__wrapped__"):
                entries.append(describe_function(value, [name]))
        elif not isinstance(value, (bool, int, float, str, bytes, list, tuple, dict, set, frozenset, type(None))):
            if type(value).__module__.split(".")[0] == package:
                entries.extend(members_as_functions(value, [name]))
        else:
            entries.append({"path": [name], "kind": "value", "value": encode(value, (3, 60, 300))})
    return {"entries": entries}


def documentation(value):
    try:
        return (inspect.getdoc(value) or "")[:4000]
    except Exception:
        return ""


def describe_function(value, path):
    parameters, returns = signature_of(value)
    return {"path": path, "kind": "function", "name": path[-1], "parameters": parameters, "returns": returns, "documentation": documentation(value)}


def describe_class(value, path):
    if issubclass(value, BaseException) and "__init__" not in vars(value):
        return []
    parameters, _ = signature_of(value)
    members = []
    beside = []
    for name in sorted(dir(value)):
        if name.startswith("_") and name not in DUNDERS:
            continue
        owner = next((one for one in value.__mro__ if name in vars(one)), None)
        if owner is None or owner.__module__ in ("builtins", "typing", "abc", "enum", "collections", "collections.abc"):
            continue
        raw = vars(owner)[name]
        if isinstance(raw, (classmethod, staticmethod)):
            beside.append(describe_function(getattr(value, name), path + [name]))
        elif isinstance(raw, property) or type(raw).__name__ in ("cached_property", "member_descriptor"):
            members.append({"name": name, "kind": "get", "parameters": [], "returns": ANY})
        elif inspect.isfunction(raw) or hasattr(raw, "__wrapped__") or callable(raw):
            inner, returns = signature_of(raw, skip_first=True)
            members.append({"name": name, "kind": "method", "parameters": inner, "returns": returns})
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
    if name in ("datetime", "date"):
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
