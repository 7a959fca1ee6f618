"""The time that code under study sees: what depends on it differs from run to run when the clock does."""

import datetime
import time

import explore_doubles

_real = {name: getattr(time, name) for name in ("time", "time_ns", "localtime", "gmtime", "strftime", "ctime")}
_date, _datetime = datetime.date, datetime.datetime
#: Seconds since the epoch.
_now = 0.0
#: Seconds that each look at the clock takes.
_tick = 0.0


def set_now(milliseconds, tick=0):
    global _now, _tick
    _now, _tick = milliseconds / 1000.0, tick / 1000.0


def now(name):
    global _now
    explore_doubles.use(name)
    seen = _now
    _now += _tick
    return seen


def _utc(moment):
    """What is local here: results do not depend on where the machine stands."""
    return _datetime.fromtimestamp(moment, datetime.timezone.utc).replace(tzinfo=None)


class _Alike(type):
    """Instances of the real class are instances of its stand-in."""

    def __instancecheck__(cls, value):
        return isinstance(value, cls.real)

    def __subclasscheck__(cls, other):
        return issubclass(other, cls.real)


class FixedDate(_date, metaclass=_Alike):
    real = _date

    def __new__(cls, *given, **named):
        return _date(*given, **named)

    @classmethod
    def today(cls):
        return _utc(now("datetime.date")).date()


class FixedDatetime(_datetime, metaclass=_Alike):
    real = _datetime

    def __new__(cls, *given, **named):
        return _datetime(*given, **named)

    @classmethod
    def now(cls, tz=None):
        moment = now("datetime.datetime")
        return _utc(moment) if tz is None else _datetime.fromtimestamp(moment, tz)

    @classmethod
    def today(cls):
        return _utc(now("datetime.datetime"))

    @classmethod
    def utcnow(cls):
        return _utc(now("datetime.datetime"))


for _stand_in in (FixedDate, FixedDatetime):
    _stand_in.__name__ = _stand_in.__qualname__ = _stand_in.real.__name__
    _stand_in.__module__ = "datetime"


class _Module(object):
    """The datetime module with the stand-ins."""

    date, datetime = FixedDate, FixedDatetime

    def __getattr__(self, name):
        return getattr(datetime, name)


_module = _Module()


def install():
    time.time = lambda: now("time.time")
    time.time_ns = lambda: int(now("time.time_ns") * 1e9)
    time.localtime = lambda seconds=None: _real["gmtime"](now("time.localtime")) if seconds is None else _real["localtime"](seconds)
    time.gmtime = lambda seconds=None: _real["gmtime"](now("time.gmtime") if seconds is None else seconds)
    time.strftime = lambda form, *given: _real["strftime"](form, *(given or (_real["gmtime"](now("time.strftime")),)))
    time.ctime = lambda seconds=None: time.asctime(_real["gmtime"](now("time.ctime"))) if seconds is None else _real["ctime"](seconds)


def freeze(modules, bindings):
    """Names that modules under study hold lead to the stand-ins; subclasses of the real ones stay what they are.

    `bindings`: by target, where modules hold it under a name of their own.
    """
    replaced = [("", datetime, _module), ("datetime.date", _date, FixedDate), ("datetime.datetime", _datetime, FixedDatetime)]
    replaced += [("time." + name, original, getattr(time, name)) for name, original in _real.items()]
    for module in modules:
        for name, value in list(getattr(module, "__dict__", {}).items()):
            for target, original, stand_in in replaced:
                if value is original or value is stand_in:
                    setattr(module, name, stand_in)
                    place = "%s.%s" % (module.__name__, name)
                    if target and place not in bindings.setdefault(target, []):
                        bindings[target].append(place)
