"""What rewritten Python code talks to: counters, the active mutant, steps that loops may take, distances, compared values.

Plain Python 3.8 and later, without dependencies.
"""

import functools
import operator
import re
import types

INFINITY = float("inf")
MAXIMUM_VALUES = 2000
MAXIMUM_TEXT = 300
#: Letters that count for how far two texts are apart.
COMPARED_TEXT = 80

#: Number of the active mutant; 0: none.
m = 0
#: Steps that loops may still take.
f = INFINITY
#: Whether loops ran out of steps since `reset`.
out = False
#: Counters by file: lists that rewritten code holds.
counters = {}
#: Distances by file: `[2 * condition]` to true, `+ 1` to false.
distances = {}

_to_true = 0.0
_to_false = 0.0
_open = []
_values = {}
_numbers = {}
#: Two sides of comparisons that were unequal, and texts that no pattern matched with the pattern.
_pairs = {}
_unmatched = {}
MAXIMUM_PAIRS = 40


class OutOfSteps(BaseException):
    """Thrown by loops that took all their steps; no `except Exception` stops it."""


def hit(found, index):
    """Counts inside of an expression; gives nothing, so that `or` goes on."""
    found[index] += 1


def x():
    global out
    out = True
    raise OutOfSteps("trowel: out of steps")


def reset():
    """Forgets counts, distances and values. The lists stay: rewritten code holds them."""
    global out, _open, _values, _numbers, _pairs, _unmatched
    for found in counters.values():
        found[:] = [0] * len(found)
    for found in distances.values():
        found[:] = [INFINITY] * len(found)
    _open = []
    _values = {}
    _numbers = {}
    _pairs = {}
    _unmatched = {}
    out = False


def covered():
    """Indexes of the counters above 0, by file."""
    result = {}
    for name, found in counters.items():
        indexes = [index for index, count in enumerate(found) if count]
        if indexes:
            result[name] = indexes
    return result


def values():
    """Texts and numbers that comparisons met, unequal to their other side."""
    return [value for value in _values if len(value) <= MAXIMUM_TEXT][:MAXIMUM_VALUES] + [value for _, value in list(_numbers)[:MAXIMUM_VALUES]]


def pairs():
    """Texts and whole numbers that were compared and unequal, both sides of each."""
    return [list(pair) for pair in _pairs]


def unmatched():
    """Texts with the pattern that did not match them, and its flags."""
    return [list(one) for one in _unmatched]


def _keep(value):
    kind = type(value)
    if kind is str or kind is bytes:
        _values[value] = None
    elif kind is int or kind is float:
        # 1 and 1.0 are one key, and so is True.
        _numbers[kind, value] = None


@functools.lru_cache(maxsize=20000)
def _text_distance(one, other):
    distance = float(abs(len(one) - len(other)))
    if type(one) is str:
        one, other = map(ord, one[:COMPARED_TEXT]), map(ord, other[:COMPARED_TEXT])
    for left, right in zip(one, other):
        if left != right:
            gap = left - right if left > right else right - left
            distance += gap / (gap + 1.0)
    return distance if distance > 1e-3 else 1e-3


def _gap(one, other):
    kind, rest = type(one), type(other)
    try:
        if kind is rest and (kind is str or kind is bytes):
            return _text_distance(one, other)
        if isinstance(one, (int, float)) and isinstance(other, (int, float)):
            gap = float(abs(one - other))
            return 1e6 if gap != gap else gap
        if isinstance(one, (list, tuple, dict, set)) and isinstance(other, (list, tuple, dict, set)):
            return 1.0 + abs(len(one) - len(other))
    except Exception:
        return 1e6
    return 1.0 if kind is rest else 1e3


def _settle(result, distance):
    global _to_true, _to_false
    distance = distance if distance > 0 else 1.0
    if result:
        _to_true, _to_false = 0.0, distance
    else:
        _to_true, _to_false = distance, 0.0


def _truth(value):
    """What arrays and the like answer may have no truth by itself."""
    try:
        return bool(value)
    except Exception:
        return False


def _pair(one, other):
    kind = type(one)
    if kind is type(other) and (kind is str and len(one) <= MAXIMUM_TEXT and len(other) <= MAXIMUM_TEXT or kind is int):
        if len(_pairs) < MAXIMUM_PAIRS:
            _pairs[one, other] = None


def _apart(one, other):
    _keep(one)
    _keep(other)
    _pair(one, other)
    return _gap(one, other)


def eq(one, other):
    global _to_true, _to_false
    result = one == other
    if result is True or _truth(result):
        _to_true, _to_false = 0.0, 1.0
    else:
        _to_true, _to_false = _apart(one, other) or 1.0, 0.0
    return result


def ne(one, other):
    global _to_true, _to_false
    result = one != other
    if result is False or not _truth(result):
        _to_true, _to_false = 1.0, 0.0
    else:
        _to_true, _to_false = 0.0, _apart(one, other) or 1.0
    return result


def _order(result, one, other):
    global _to_true, _to_false
    # The distance to the other side of an order is the gap, one step beyond where the boundary itself does not belong to it.
    distance = _apart(one, other) + 1.0
    if _truth(result):
        _to_true, _to_false = 0.0, distance
    else:
        _to_true, _to_false = distance, 0.0
    return result


def lt(one, other):
    return _order(one < other, one, other)


def le(one, other):
    return _order(one <= other, one, other)


def gt(one, other):
    return _order(one > other, one, other)


def ge(one, other):
    return _order(one >= other, one, other)


def contains(one, other):
    """`one in other`: as near as the nearest of the members."""
    global _to_true, _to_false
    result = one in other
    if result:
        _to_true, _to_false = 0.0, 1.0
        return result
    _keep(one)
    nearest = 1.0
    if isinstance(other, (list, tuple, set, frozenset, dict)):
        nearest = 1e3
        for member in list(other)[:20]:
            nearest = min(nearest, _apart(one, member))
    elif isinstance(other, str):
        _keep(other)
        _pair(other, one)
    _to_true, _to_false = nearest or 1.0, 0.0
    return result


_SIZED = frozenset((str, bytes, list, tuple, dict, set, frozenset))


_Pattern = type(re.compile(""))


def _missed(text, pattern, flags):
    if type(text) is str and type(pattern) is str and len(text) <= MAXIMUM_TEXT and len(_unmatched) < MAXIMUM_PAIRS:
        _unmatched[text, pattern, flags] = None


def w(function):
    """A function that is about to be called: what it looks for in a text is noted where it does not find it."""
    owner = getattr(function, "__self__", None)
    kind = type(owner)
    if kind is str:

        def seeks(part, *rest):
            found = function(part, *rest)
            if not found:
                for one in part if type(part) is tuple else (part,):
                    _keep(one)
                    if type(one) is str:
                        _pair(owner[-len(one) :] if function.__name__ == "endswith" else owner[: len(one)], one)
            return found

        return seeks if function.__name__ in ("startswith", "endswith") else function
    if kind is _Pattern:

        def matches(text, *rest):
            found = function(text, *rest)
            if not found:
                _missed(text, owner.pattern, owner.flags)
            return found

        return matches if function.__name__ in ("match", "search", "fullmatch", "findall") else function
    if type(function) is types.FunctionType and function.__module__ == "re" and function.__name__ in ("match", "search", "fullmatch", "findall"):

        def seeks_pattern(pattern, text, *rest, **named):
            found = function(pattern, text, *rest, **named)
            if not found:
                _missed(text, getattr(pattern, "pattern", pattern), 0)
            return found

        return seeks_pattern
    return function


def t(value):
    """Truthiness."""
    global _to_true, _to_false
    if value is True:
        _to_true, _to_false = 0.0, 1.0
        return value
    if value is False or value is None:
        _to_true, _to_false = 1.0, 0.0
        return value
    kind = type(value)
    if kind in _SIZED:
        size = float(len(value))
    elif kind is int or kind is float:
        size = float(abs(value)) if abs(value) < 1e300 else 1e300
    else:
        size = 1.0
    _settle(_truth(value), size)
    return value


def n(value):
    global _to_true, _to_false
    _to_true, _to_false = _to_false, _to_true
    return not value


def al(value):
    global _to_true
    if value:
        _open.append(_to_false)
    else:
        _to_true += 1
    return value


def ar(value):
    global _to_false
    left = _open.pop() if _open else None
    if left is not None and value:
        _to_false = min(left, _to_false)
    return value


def ol(value):
    global _to_false
    if value:
        _to_false += 1
    else:
        _open.append(_to_true)
    return value


def ow(value):
    global _to_true
    left = _open.pop() if _open else None
    if left is not None and not value:
        _to_true = min(left, _to_true)
    return value


def r(found, condition, value):
    """The root of a condition: keeps the smallest distances seen."""
    at = 2 * condition
    if _to_true < found[at]:
        found[at] = _to_true
    if _to_false < found[at + 1]:
        found[at + 1] = _to_false
    return value


def _same(value):
    return value


_MEASURED = {name: globals()[name] for name in ("eq", "ne", "lt", "le", "gt", "ge", "contains", "t", "n", "al", "ar", "ol", "ow", "r", "w")}
_PLAIN = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
    "contains": lambda one, other: one in other,
    "t": _same,
    "n": operator.not_,
    "al": _same,
    "ar": _same,
    "ol": _same,
    "ow": _same,
    "w": _same,
    "r": lambda found, condition, value: value,
}


def measure(on):
    """Whether conditions measure distances and keep what they compare: it takes twice the time."""
    globals().update(_MEASURED if on else _PLAIN)
