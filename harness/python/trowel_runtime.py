"""What rewritten Python code talks to: counters, the active mutant, steps that loops may take, distances, compared values.

Plain Python 3.8 and later, without dependencies.
"""

INFINITY = float("inf")
MAXIMUM_VALUES = 2000
MAXIMUM_TEXT = 300

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
    global out, _open, _values
    for found in counters.values():
        found[:] = [0] * len(found)
    for found in distances.values():
        found[:] = [INFINITY] * len(found)
    _open = []
    _values = {}
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
    """Texts and numbers that comparisons met."""
    return list(_values.values())


def _keep(value):
    if type(value) not in (str, int, float, bytes):
        return
    if isinstance(value, (str, bytes)) and len(value) > MAXIMUM_TEXT:
        return
    if len(_values) < MAXIMUM_VALUES:
        _values[(type(value).__name__, value)] = value


def _text_distance(one, other):
    if one == other:
        return 0.0
    distance = float(abs(len(one) - len(other)))
    for left, right in zip(one[:MAXIMUM_TEXT], other[:MAXIMUM_TEXT]):
        gap = abs((ord(left) if isinstance(left, str) else left) - (ord(right) if isinstance(right, str) else right))
        if gap:
            distance += gap / (gap + 1.0)
    return max(distance, 1e-3)


def _gap(one, other):
    number = (int, float)
    try:
        if isinstance(one, number) and isinstance(other, number):
            gap = float(abs(one - other))
            return 1e6 if gap != gap else gap
        if (isinstance(one, str) and isinstance(other, str)) or (isinstance(one, bytes) and isinstance(other, bytes)):
            return _text_distance(one, other)
        if isinstance(one, (list, tuple, dict, set)) and isinstance(other, (list, tuple, dict, set)):
            return 1.0 + abs(len(one) - len(other))
    except Exception:
        return 1e6
    return 1.0 if type(one) is type(other) else 1e3


def _settle(result, distance):
    global _to_true, _to_false
    distance = distance if distance > 0 else 1.0
    if result:
        _to_true, _to_false = 0.0, distance
    else:
        _to_true, _to_false = distance, 0.0


def _equal(one, other, same):
    _keep(one)
    _keep(other)
    return 1.0 if same else _gap(one, other)


def _truth(value):
    """What arrays and the like answer may have no truth by itself."""
    try:
        return bool(value)
    except Exception:
        return False


def eq(one, other):
    result = one == other
    same = _truth(result)
    _settle(same, _equal(one, other, same))
    return result


def ne(one, other):
    result = one != other
    differs = _truth(result)
    _settle(differs, _equal(one, other, not differs))
    return result


def _order(result, one, other):
    _keep(one)
    _keep(other)
    _settle(_truth(result), _gap(one, other) + 1.0)
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
    result = one in other
    _keep(one)
    nearest = 1.0
    if not result and isinstance(other, (list, tuple, set, frozenset, dict)):
        members = list(other)[:100]
        nearest = min((_gap(one, member) for member in members), default=1e3)
        for member in members[:20]:
            _keep(member)
    elif isinstance(other, str):
        _keep(other)
    _settle(result, nearest)
    return result


def t(value):
    """Truthiness."""
    size = 1.0
    if isinstance(value, (int, float)):
        size = float(abs(value)) if abs(value) < 1e300 else 1e300
    elif isinstance(value, (str, bytes, list, tuple, dict, set)):
        size = float(len(value))
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
