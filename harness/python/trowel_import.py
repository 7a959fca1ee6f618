"""An import hook: files of a plan are rewritten when they are imported."""

import importlib.machinery
import importlib.util
import os
import sys

import trowel_runtime
from trowel_finders import next_spec
from trowel_instrument import instrument


class RewritingLoader(importlib.machinery.SourceFileLoader):
    """Compiles a file's rewritten tree; bytecode caches are neither read nor written."""

    def __init__(self, name, path, rewriter):
        super().__init__(name, path)
        self._rewriter = rewriter

    def get_code(self, fullname):
        found = self._rewriter.code(self.path)
        return found if found is not None else super().get_code(fullname)

    def exec_module(self, module):
        self._rewriter.prepare(self.path, module.__dict__)
        super().exec_module(module)


class Rewriter(object):
    """`files`: pairs of path and id. Mutants are numbered in the order of the files."""

    def __init__(self, files, mutants=True, distances=False):
        self.ids = {os.path.realpath(path): name for path, name in files}
        self.codes = {}
        self.descriptions = {}
        self.failed = {}
        next_mutant = 1
        for path, name in files:
            real = os.path.realpath(path)
            try:
                with open(real, "rb") as stream:
                    source = importlib.util.decode_source(stream.read())
                code, description = instrument(source, real, name, next_mutant, mutants, distances)
            except (SyntaxError, ValueError, OSError, RecursionError) as error:
                self.failed[name] = "%s: %s" % (type(error).__name__, error)
                continue
            next_mutant += len(description["mutants"])
            self.codes[real] = code
            self.descriptions[name] = description
            trowel_runtime.counters[name] = [0] * description["counters"]
            if distances:
                trowel_runtime.distances[name] = [trowel_runtime.INFINITY] * (2 * description["conditions"])

    def code(self, path):
        return self.codes.get(os.path.realpath(path))

    def prepare(self, path, namespace):
        """Names that rewritten code uses; to be called before it runs."""
        name = self.ids.get(os.path.realpath(path))
        if name in trowel_runtime.counters:
            namespace["_trowel"] = trowel_runtime
            namespace["_trowel_c"] = trowel_runtime.counters[name]
            namespace["_trowel_d"] = trowel_runtime.distances.get(name)

    def install(self):
        sys.meta_path.insert(0, self)

    def find_spec(self, fullname, path=None, target=None):
        spec = next_spec(self, fullname, path, target)
        if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader) and spec.origin:
            if os.path.realpath(spec.origin) in self.codes:
                spec.loader = RewritingLoader(fullname, spec.origin, self)
        return spec
