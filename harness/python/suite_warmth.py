"""What a project's suite loads from outside of the project, loaded before its children fork: they find it there."""

import gc
import importlib
import os
import pathlib
import re
import sys

from trowel_finders import next_spec

MAXIMUM_PATTERNS = 400


def outside(root):
    """Names of loaded modules that are not the project's, in the order in which they were loaded."""
    own = os.path.realpath(root) + os.sep
    names = []
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        spec = getattr(module, "__spec__", None)
        if spec is None or getattr(spec, "name", None) != name or name == "__main__":
            continue
        if file is None or not is_own(file, own):
            names.append(name)
    return names


def is_own(file, own):
    """Environments and installed packages may lie inside of a project."""
    real = os.path.realpath(file)
    return real.startswith(own) and (os.sep + "site-packages" + os.sep) not in real


def patterns():
    """Regular expressions that `re` keeps compiled."""
    found = []
    for key in list(getattr(re, "_cache", None) or ()):
        if isinstance(key, tuple) and len(key) == 3 and key[0] is str and isinstance(key[1], str):
            found.append([key[1], int(key[2])])
    return found[:MAXIMUM_PATTERNS]


def found(root):
    return [outside(root), patterns()]


def joined(one, other):
    return [list(dict.fromkeys(one[0] + other[0])), one[1] + [each for each in other[1] if each not in one[1]]]


class Outside(object):
    """Lets nothing of the project be loaded."""

    def __init__(self, root):
        self.own = os.path.realpath(root) + os.sep

    def find_spec(self, fullname, path=None, target=None):
        spec = next_spec(self, fullname, path, target)
        if spec is None:
            return None
        places = [spec.origin] if spec.has_location else list(spec.submodule_search_locations or ())
        if any(is_own(place, self.own) for place in places if place):
            raise ImportError("%s belongs to the project" % fullname)
        return spec


def warm(root, warmth):
    names, expressions = warmth
    remember_tests()
    guard = Outside(root)
    sys.meta_path.insert(0, guard)
    try:
        for name in names:
            if name not in sys.modules:
                try:
                    importlib.import_module(name)
                except BaseException:  # noqa: B902
                    pass
    finally:
        sys.meta_path.remove(guard)
    for expression, flags in expressions[:MAXIMUM_PATTERNS]:
        try:
            re.compile(expression, flags)
        except (re.error, ValueError, RecursionError):
            pass
    gc.collect()
    if hasattr(gc, "freeze"):
        gc.freeze()


def remember_tests():
    """pytest rewrites the assertions of each test file anew where it may write no bytecode."""
    rewrite = sys.modules.get("_pytest.assertion.rewrite")
    original = getattr(rewrite, "_rewrite_test", None)
    if original is None or hasattr(original, "known"):
        return

    def remembering(fn, *more):
        key = str(fn)
        if key not in remembering.known:
            remembering.known[key] = original(fn, *more)
        return remembering.known[key]

    remembering.known = {}
    rewrite._rewrite_test = remembering


def rewrite_tests(files, config):
    """Before children fork, which would each do it."""
    remember_tests()
    remembering = getattr(sys.modules.get("_pytest.assertion.rewrite"), "_rewrite_test", None)
    for file in files:
        try:
            remembering(pathlib.Path(file), config)
        except BaseException:  # noqa: B902
            pass
