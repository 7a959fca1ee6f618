"""The time that code under study sees: what depends on it differs from run to run when the clock does."""

import datetime
import time

_real = {name: getattr(time, name) for name in ("time", "time_ns", "localtime", "gmtime", "strftime", "ctime")}
_date, _datetime = datetime.date, datetime.datetime
#: Seconds since the epoch.
_now = 0.0


def set_now(milliseconds):
    global _now
    _now = milliseconds / 1000.0


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
        return _date.fromtimestamp(_now)


class FixedDatetime(_datetime, metaclass=_Alike):
    real = _datetime

    def __new__(cls, *given, **named):
        return _datetime(*given, **named)

    @classmethod
    def now(cls, tz=None):
        return _datetime.fromtimestamp(_now, tz)

    @classmethod
    def today(cls):
        return _datetime.fromtimestamp(_now)

    @classmethod
    def utcnow(cls):
        return _datetime.fromtimestamp(_now, datetime.timezone.utc).replace(tzinfo=None)


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
    time.time = lambda: _now
    time.time_ns = lambda: int(_now * 1e9)
    time.localtime = lambda seconds=None: _real["localtime"](_now if seconds is None else seconds)
    time.gmtime = lambda seconds=None: _real["gmtime"](_now if seconds is None else seconds)
    time.strftime = lambda form, *given: _real["strftime"](form, *(given or (_real["localtime"](_now),)))
    time.ctime = lambda seconds=None: _real["ctime"](_now if seconds is None else seconds)


def freeze(modules):
    """Names that modules under study hold lead to the stand-ins; subclasses of the real ones stay what they are."""
    replaced = [(datetime, _module), (_date, FixedDate), (_datetime, FixedDatetime)]
    replaced += [(original, getattr(time, name)) for name, original in _real.items()]
    for module in modules:
        for name, value in list(getattr(module, "__dict__", {}).items()):
            for original, stand_in in replaced:
                if value is original:
                    setattr(module, name, stand_in)
