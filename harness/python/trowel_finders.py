"""How an import hook asks the finders behind it."""

import sys


def next_spec(own, fullname, path=None, target=None):
    """What the first other finder that knows the module says; None where none does."""
    for finder in sys.meta_path:
        if finder is own or not hasattr(finder, "find_spec"):
            continue
        spec = finder.find_spec(fullname, path, target)
        if spec is not None:
            return spec
    return None
