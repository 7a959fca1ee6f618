"""A project's tests by its own pytest: collected once, run one by one."""

import functools
import importlib.util
import os
import sys

import pytest

from suite_warmth import rewrite_tests

try:
    from _pytest.runner import runtestprotocol
except ImportError:  # pragma: no cover
    runtestprotocol = None

#: Plugins that would run tests elsewhere, count coverage again or shuffle on their own.
QUIET = (("pytest_cov", "--no-cov"), ("xdist", "-n0"), ("pytest_randomly", "-p=no:randomly"))


class Beginning(object):
    """Stands where pytest would begin to collect: what is done there is done in children of a pytest that is set up."""

    def __init__(self, work):
        self.work = work
        self.ran = False
        self.errors = []

    def pytest_collectreport(self, report):
        if report.failed:
            self.errors.append("%s: %s" % (report.nodeid, _last_line(str(report.longrepr))))

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session):
        self.ran = True
        gather = functools.partial(self.gather, session)
        gather.prepare = lambda files: rewrite_tests(files, session.config)
        self.work(gather)
        session.items = []
        return True

    def gather(self, session):
        """Tests and errors."""
        session.perform_collect()
        return [Test(item) for item in session.items], self.errors


class Test(object):
    def __init__(self, item):
        self.item = item
        self.id = item.nodeid
        location = item.location
        self.name = location[2]
        self.line = (location[1] or 0) + 1
        self.path = os.path.relpath(str(getattr(item, "path", None) or item.fspath), os.getcwd())

    def run(self):
        """Outcome and message."""
        reports = runtestprotocol(self.item, nextitem=None, log=False)
        for report in reports:
            if report.failed:
                return "failed", _first_line(str(report.longrepr))
        if any(report.skipped for report in reports):
            return "skipped", ""
        return "passed", ""


def _first_line(text):
    return next((line.strip() for line in text.split("\n") if line.strip()), "")[:500]


def _in_words(excinfo):
    name = getattr(excinfo.value, "argname", None)
    if type(excinfo.value).__name__ == "FixtureLookupError" and name:
        return "fixture '%s' not found" % name
    return excinfo.exconly()


def brief():
    """Failures are told in their own words, without the way there: to write that down takes longer than most tests."""
    try:
        from _pytest.nodes import Node

        Node._repr_failure_py = lambda self, excinfo, style=None: _in_words(excinfo)
    except (ImportError, AttributeError):
        pass


def _last_line(text):
    lines = [line for line in text.strip().split("\n") if line.strip()]
    errors = [line for line in lines if line.startswith("E ")]
    return (errors[0][2:] if errors else lines[-1] if lines else "").strip()[:500]


def begin(arguments, work):
    """Calls `work(gather)`; `gather()` loads the test files. An error text when pytest could not start."""
    brief()
    beginning = Beginning(work)
    quiet = [flag for module, flag in QUIET if importlib.util.find_spec(module) is not None]
    words = ["-q", "--continue-on-collection-errors", "-p", "no:cacheprovider", "--tb=native"] + quiet + list(arguments)
    heard = sys.stderr = Heard(sys.stderr)
    try:
        code = pytest.main(words, plugins=[beginning])
    finally:
        sys.stderr = heard.stream
    if beginning.ran:
        return None
    lines = [line.strip() for line in heard.text.split("\n") if line.strip()]
    errors = [line[2:].strip() for line in lines if line.startswith("E ")] or lines[-3:]
    return "pytest ended with %s before it ran a test: %s" % (int(code), " ".join(errors)[:400] or "it said nothing")


class Heard(object):
    """Standard error, of which the last words are kept: why pytest did not begin."""

    def __init__(self, stream):
        self.stream = stream
        self.text = ""

    def write(self, text):
        self.text = (self.text + text)[-8000:]
        return self.stream.write(text)

    def __getattr__(self, name):
        return getattr(self.stream, name)
