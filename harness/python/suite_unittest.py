"""A project's tests by unittest: found once, run one by one."""

import inspect
import os
import unittest


class Test(object):
    def __init__(self, case):
        self.case = case
        self.id = case.id()
        self.name = self.id
        method = getattr(type(case), getattr(case, "_testMethodName", ""), None)
        try:
            self.path = os.path.relpath(inspect.getsourcefile(type(case)), os.getcwd())
            self.line = inspect.getsourcelines(method or type(case))[1]
        except (TypeError, OSError):
            self.path, self.line = "", 1

    def run(self):
        result = unittest.TestResult()
        # A suite runs the fixtures of the class and of the module, too.
        unittest.TestSuite([self.case]).run(result)
        problems = result.failures + result.errors
        if problems or result.unexpectedSuccesses:
            text = problems[0][1] if problems else "unexpected success"
            return "failed", text.strip().split("\n")[-1][:500]
        if result.skipped:
            return "skipped", str(result.skipped[0][1])[:200]
        return "passed", ""


def _flat(suite):
    for each in suite:
        if isinstance(each, unittest.TestSuite):
            for inner in _flat(each):
                yield inner
        else:
            yield each


def _gather(files):
    loader = unittest.TestLoader()
    suite = unittest.TestSuite()
    for file in files:
        folder, name = os.path.split(file)
        # As `unittest discover` would: from the outermost package, or from the folder itself.
        top = folder
        while os.path.isfile(os.path.join(top, "__init__.py")):
            top = os.path.dirname(top)
        suite.addTest(loader.discover(folder or ".", pattern=name, top_level_dir=top or "."))
        loader._top_level_dir = None
    tests, errors = [], [str(error).strip().split("\n")[-1][:500] for error in loader.errors]
    for case in _flat(suite):
        if type(case).__name__ != "_FailedTest":
            tests.append(Test(case))
    return tests, errors


def begin(arguments, work):
    """`arguments`: the test files. Calls `work(gather)`; `gather()` loads them."""
    work(lambda: _gather(arguments))
    return None
