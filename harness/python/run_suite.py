"""Runs a project's suite in a warm process: what each test covers, and which mutants it kills.

    python run_suite.py PLAN.json

The plan and the events that are written, one JSON object a line, are described in src/test-frameworks/README.md.
"""

import gc
import json
import os
import random
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import suite_warmth  # noqa: E402
import trowel_runtime as runtime  # noqa: E402
from suite_mutants import FIRST_STEPS, Mutants  # noqa: E402
from suite_tree import Tree  # noqa: E402
from trowel_fork import pool, single, stream, workers  # noqa: E402
from trowel_import import Rewriter  # noqa: E402

#: Seconds that a suite may take for tests that failed side by side to be run once more in their order.
AGAIN = 60


class Session(object):
    def __init__(self, plan):
        self.plan = plan
        self.longest = plan.get("milliseconds", 10000) / 1000.0
        self.out = open(plan["output"], "a", encoding="utf-8")
        files = [(each["path"], each["id"]) for each in plan.get("files", [])]
        self.rewriter = Rewriter(files, plan["mode"] == "mutate", plan.get("distances", False))
        self.measured = {}
        self.mutants = Mutants(self)
        self.look()
        self.early, self.ended, self.testFiles = [], False, []
        #: Ids of tests with their files, as the suite has them.
        self.order = []
        #: What loading the tests, and what running them, has loaded from outside of the project.
        self.warmth, self.lazy = [[], []], [[], []]

    def look(self):
        self.tree = Tree(self.mutants.root, self.plan.get("isolated", False))

    def tell(self, event, **fields):
        self.out.write(json.dumps(dict(fields, event=event)) + "\n")
        self.out.flush()

    def begin(self):
        for name, description in self.rewriter.descriptions.items():
            self.tell("file", file=description)
        for name, reason in self.rewriter.failed.items():
            self.tell("skipped", id=name, reason=reason)
        self.rewriter.install()

    # -- coverage

    def measure(self, tests, send):
        """Runs tests in the process it is called in."""
        for test in tests:
            runtime.reset()
            runtime.f = FIRST_STEPS
            started = time.perf_counter()
            outcome, message = test.run()
            send(
                {
                    "id": test.id,
                    "outcome": outcome,
                    "message": message,
                    "milliseconds": (time.perf_counter() - started) * 1000,
                    "steps": FIRST_STEPS - runtime.f,
                    "covered": runtime.covered(),
                }
            )
        if self.plan["mode"] == "mutate":
            send({"warmth": suite_warmth.found(self.mutants.root)})

    def run_all(self, tests, report, width=1):
        """In children that share the test files; a test that hangs or ends the process fails, and the others go on behind it."""
        queues = _shared_out(tests, width)
        while any(queues):
            jobs = [(queue, lambda send, queue=queue: self.measure(queue, send), self.longest) for queue in queues if queue]
            for queue, kind, value in pool(jobs, width):
                if kind == "sent" and "warmth" in value:
                    self.lazy = suite_warmth.joined(self.lazy, value["warmth"])
                elif kind == "sent":
                    report(queue.pop(0), value)
                elif kind == "ended" or not queue:
                    queue[:] = []
                else:
                    reason = "took longer than %g s" % self.longest if kind == "timeout" else value
                    lost = {"outcome": "failed", "message": reason, "milliseconds": 0, "steps": 0, "covered": {}}
                    report(queue.pop(0), dict(lost, hung=kind == "timeout"))

    def run_beside(self, tests):
        """All tests, by id. What fails beside others is run alone and, should it need those before it, in the suite's own order."""
        found = {}

        def keep(test, value):
            if found.get(test.id, {}).get("outcome") in (None, "failed"):
                found[test.id] = dict(value, id=test.id)

        def failed():
            return [test for test in tests if found.get(test.id, {}).get("outcome") == "failed" and not found[test.id].get("hung")]

        width = workers()
        self.run_all(tests, keep, width)
        if width > 1 and failed():
            self.tree.clean()
            self.run_all(failed(), keep)
            if failed() and sum(value["milliseconds"] for value in found.values()) < AGAIN * 1000:
                self.tree.clean()
                self.run_all(tests, keep)
        return found

    def cover(self, tests, errors):
        chosen = self.plan.get("tests")
        if chosen is not None:
            tests = [test for test in tests if test.id in set(chosen)]
        for error in errors:
            self.tell("error", message=error)
        loaded = runtime.covered()
        self.tell("loaded", covered=loaded)
        gc.collect()
        if hasattr(gc, "freeze"):
            gc.freeze()
        self.order = [(test.id, test.path) for test in tests]
        # What was loaded may have written something that it needs.
        self.look()
        self.measured = self.run_beside(tests)
        for test in tests:
            if test.id in self.measured:
                self.tell("test", path=test.path, name=test.name, line=test.line, **self.measured[test.id])
        for turn in range(self.plan.get("repeats", 0)):
            shuffled = list(tests)
            random.Random("%s:%d" % (self.plan.get("seed", 1), turn)).shuffle(shuffled)
            self.run_all(shuffled, lambda test, value: self.tell("rerun", round=turn + 1, id=test.id, outcome=value["outcome"]))
        if self.plan["mode"] == "mutate":
            self.tree.clean()
            self.mutants.run(tests, loaded)

    # -- what is loaded afresh

    def state(self):
        """What a child has found out, for its parent."""
        return {
            "measured": self.measured,
            "settled": sorted(self.mutants.settled),
            "waiting": self.mutants.waiting,
            "width": self.mutants.width,
            "early": self.early,
            "ended": self.ended,
            "warmth": self.warmth,
            "testFiles": self.testFiles,
            "order": self.order,
        }

    def take(self, state):
        self.measured = state["measured"]
        self.mutants.settled = set(state["settled"])
        self.mutants.waiting = [tuple(each) for each in state["waiting"]]
        self.mutants.width = state["width"]
        self.early = [tuple(each) for each in state["early"]]
        self.ended = state["ended"]
        self.warmth = state["warmth"]
        self.testFiles = state["testFiles"]
        self.order = [tuple(each) for each in state["order"]]

    def whole(self, gather):
        """Stands before anything is loaded. A child loads and runs; static mutants are loaded afresh from here."""
        early = {(name, counter) for name, counters in runtime.covered().items() for counter in counters}

        def work(send):
            tests, errors = gather()
            self.cover(tests, errors)
            self.warmth = suite_warmth.joined(suite_warmth.found(self.mutants.root), self.lazy)
            self.testFiles = sorted({os.path.abspath(test.path) for test in tests})
            send(self.state())

        for kind, value in stream(work, self.plan.get("wholeSeconds", 3600)):
            if kind == "sent":
                self.take(value)
                waiting = self.mutants.waiting
                # What was loaded before, by a conftest say, has to be loaded from further back.
                self.early = [each for each in waiting if (each[0], each[1]["counter"]) in early]
                load_and_run = self.mutants.load_and_run
                late = [each for each in waiting if each not in self.early]
                self.afresh(lambda number, ranked: load_and_run(gather, number, ranked), late, getattr(gather, "prepare", lambda files: None))
                self.ended = True
            elif kind != "ended":
                self.tell("error", message=value or "took too long", fatal=True)

    def afresh(self, run, mutants, prepare=lambda files: None):
        """From a child that has loaded what lies outside of the project, should the tests pass there; else from here."""
        if not mutants:
            return
        passing = [name for name, value in self.measured.items() if value["outcome"] == "passed"]

        def warmed(send):
            suite_warmth.warm(self.mutants.root, self.warmth)
            prepare(self.testFiles)
            kind, control = single(lambda: run(0, passing[:1]), self.longest + 600)
            if kind == "sent" and control["status"] == "survived":
                self.mutants.static(run, mutants, self.mutants.width)
                send({"settled": sorted(self.mutants.settled)})

        for kind, value in stream(warmed, self.plan.get("wholeSeconds", 3600)):
            if kind == "sent":
                self.mutants.settled = set(value["settled"])
        left = [each for each in mutants if each[1]["id"] not in self.mutants.settled]
        if left:
            self.mutants.static(run, left, self.mutants.width)


def _shared_out(tests, width):
    """Lists of tests; those of a file stay together and in order."""
    files = {}
    for test in tests:
        files.setdefault(test.path, []).append(test)
    queues = [[] for _ in range(max(1, min(width, len(files))))]
    if len(queues) == 1:
        return [list(tests)]
    for _, found in sorted(files.items(), key=lambda each: -len(each[1])):
        min(queues, key=len).extend(found)
    return queues


def main():
    with open(sys.argv[1], encoding="utf-8") as stream_:
        plan = json.load(stream_)
    root = plan.get("root") or os.getcwd()
    os.chdir(root)
    if root not in sys.path:
        sys.path.insert(0, root)
    for folder in plan.get("sourceFolders", []):
        sys.path.insert(0, os.path.join(root, folder))
    session = Session(plan)
    if plan["framework"] == "pytest":
        try:
            from suite_pytest import begin
        except ImportError as error:
            session.tell("error", message="pytest cannot be imported: %s" % error, fatal=True)
            return 2
    else:
        from suite_unittest import begin
    session.begin()
    arguments = plan.get("arguments", [])

    def first(send):
        problem = begin(arguments, session.whole)
        if problem is not None:
            session.tell("error", message=problem, fatal=True)
        session.warmth = suite_warmth.joined(suite_warmth.found(session.mutants.root), session.warmth)
        send(session.state())

    def begin_and_run(number, ranked):
        result = {"status": "killed", "by": [], "tests": 0}
        runtime.m = number
        runtime.f = FIRST_STEPS
        problem = begin(arguments, lambda gather: result.update(session.mutants.load_and_run(gather, number, ranked)))
        if problem is not None and not result["tests"]:
            result["message"] = problem
        if runtime.out:
            result["status"] = "timeout"
        return result

    for kind, value in stream(first, plan.get("wholeSeconds", 3600)):
        if kind == "sent":
            session.take(value)
            session.afresh(begin_and_run, session.early)
            if session.ended:
                session.tell("done")
        elif kind != "ended":
            session.tell("error", message=value or "took too long", fatal=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
