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

import trowel_runtime as runtime  # noqa: E402
from trowel_fork import single, stream  # noqa: E402
from trowel_import import Rewriter  # noqa: E402

FIRST_STEPS = 50000000
STEPS_FACTOR, STEPS_MORE = 20, 20000
TIME_FACTOR, TIME_MORE = 5, 0.5


class Session(object):
    def __init__(self, plan):
        self.plan = plan
        self.longest = plan.get("milliseconds", 10000) / 1000.0
        self.out = open(plan["output"], "a", encoding="utf-8")
        files = [(each["path"], each["id"]) for each in plan.get("files", [])]
        self.rewriter = Rewriter(files, plan["mode"] == "mutate", plan.get("distances", False))
        self.measured = {}
        self.settled = set(plan.get("skip", []))

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

    def run_all(self, tests, report):
        """In children; a test that hangs or ends the process fails, and the others go on behind it."""
        waiting = list(tests)
        while waiting:
            for kind, value in stream(lambda send: self.measure(waiting, send), self.longest):
                if kind == "sent":
                    report(waiting.pop(0), value)
                elif kind == "ended" or not waiting:
                    waiting = []
                else:
                    reason = "took longer than %g s" % self.longest if kind == "timeout" else value
                    lost = {"outcome": "failed", "message": reason, "milliseconds": 0, "steps": 0, "covered": {}}
                    report(waiting.pop(0), dict(lost, hung=kind == "timeout"))

    def cover(self, tests, errors):
        chosen = self.plan.get("tests")
        if chosen is not None:
            tests = [test for test in tests if test.id in set(chosen)]
        for error in errors:
            self.tell("error", message=error)
        self.tell("loaded", covered=runtime.covered())
        loaded = runtime.covered()
        gc.collect()
        if hasattr(gc, "freeze"):
            gc.freeze()

        def first(test, value):
            value["id"] = test.id
            self.measured[test.id] = value
            self.tell("test", path=test.path, name=test.name, line=test.line, **value)

        self.run_all(tests, first)
        for turn in range(self.plan.get("repeats", 0)):
            shuffled = list(tests)
            random.Random("%s:%d" % (self.plan.get("seed", 1), turn)).shuffle(shuffled)
            self.run_all(shuffled, lambda test, value: self.tell("rerun", round=turn + 1, id=test.id, outcome=value["outcome"]))
        if self.plan["mode"] == "mutate":
            self.mutate(tests, loaded)

    # -- mutants

    def wanted(self):
        chosen = self.plan.get("mutants")
        chosen = None if chosen is None else set(chosen)
        ranges = self.plan.get("ranges")
        for name, description in self.rewriter.descriptions.items():
            for mutant in description["mutants"]:
                if ranges is not None and not _touches(mutant["place"], ranges.get(name, [])):
                    continue
                if (chosen is None or mutant["id"] in chosen) and mutant["id"] not in self.settled:
                    yield name, mutant

    def settle(self, mutant, **result):
        self.settled.add(mutant["id"])
        self.tell("mutant", mutant=mutant["id"], **result)

    def mutate(self, tests, loaded):
        """Mutants that tests reach; what is in force while files are loaded waits for `static`."""
        passing = [test for test in tests if self.measured.get(test.id, {}).get("outcome") == "passed"]
        passing.sort(key=lambda test: self.measured[test.id]["milliseconds"])
        reach = {}
        for test in passing:
            for name, counters in self.measured[test.id]["covered"].items():
                for counter in counters:
                    reach.setdefault((name, counter), []).append(test)
        at_load = {(name, counter) for name, counters in loaded.items() for counter in counters}
        kills = {}
        self.waiting = []
        for name, mutant in self.wanted():
            key = (name, mutant["counter"])
            reaching = reach.get(key, [])
            if not reaching and key not in at_load:
                self.settle(mutant, status="no-coverage", by=[], tests=0, milliseconds=0)
                continue
            result = {"status": "survived", "by": [], "tests": 0, "milliseconds": 0}
            if reaching:
                # Who killed something here before is likely to do so again.
                order = sorted(reaching, key=lambda test: (-kills.get((name, test.id), 0), self.measured[test.id]["milliseconds"]))
                result = self.attempt(mutant["id"], order)
                for killer in result["by"]:
                    kills[(name, killer)] = kills.get((name, killer), 0) + 1
            if result["status"] == "survived" and key in at_load:
                self.waiting.append((name, mutant, result))
                continue
            self.settle(mutant, **result)
        self.out.flush()
        self.tell("waiting", mutants=[mutant["id"] for _, mutant, _ in self.waiting], results=[result for _, _, result in self.waiting])

    def attempt(self, number, order):
        """One child runs the tests one behind the other until one fails."""
        started = time.perf_counter()

        def work(send):
            runtime.m = number
            for test in order:
                send(self.under_mutant(test))

        done = 0
        result = {"status": "survived", "by": [], "tests": 0}
        expected = iter(order)

        def limit():
            test = next(expected, None)
            return self.time_for(test.id) if test is not None else TIME_MORE

        children = stream(work, limit)
        for kind, value in children:
            if kind == "sent":
                done += 1
                if value["outcome"] == "failed":
                    status = "timeout" if value["out"] else "killed"
                    result.update(status=status, by=[value["id"]] if status == "killed" else [], message=value["message"])
                    break
            elif kind == "timeout":
                done += 1
                result.update(status="timeout", by=[])
            elif kind == "died":
                result.update(status="killed", by=[order[min(done, len(order) - 1)].id], message=str(value))
                done += 1
        children.close()
        return dict(result, tests=done, milliseconds=(time.perf_counter() - started) * 1000)

    def time_for(self, test_id):
        return self.measured[test_id]["milliseconds"] / 1000.0 * TIME_FACTOR + TIME_MORE

    def under_mutant(self, test):
        runtime.out = False
        runtime.f = self.measured[test.id]["steps"] * STEPS_FACTOR + STEPS_MORE
        outcome, message = test.run()
        return {"id": test.id, "outcome": "failed" if runtime.out else outcome, "message": message, "out": runtime.out}

    def static(self, gather, mutants):
        """Mutants that are in force while files are loaded: everything is loaded again under each."""
        measured = self.measured
        order = sorted(
            (name for name, value in measured.items() if value["outcome"] == "passed"),
            key=lambda name: measured[name]["milliseconds"],
        )
        whole = sum(measured[name]["milliseconds"] for name in order) / 1000.0
        for name, mutant, before in mutants:
            touching = [test for test in order if name in measured[test]["covered"]]
            ranked = touching + [test for test in order if name not in measured[test]["covered"]]
            started = time.perf_counter()
            kind, value = single(lambda: self.load_and_run(gather, mutant["id"], ranked), whole * TIME_FACTOR + 10)
            result = {"status": "survived", "by": [], "tests": before["tests"]}
            if kind == "timeout":
                result["status"] = "timeout"
            elif kind == "died":
                result.update(status="killed", message=str(value))
            else:
                result.update(value)
                result["tests"] += before["tests"]
            spent = (time.perf_counter() - started) * 1000 + before["milliseconds"]
            self.settle(mutant, **dict(result, milliseconds=spent))

    def load_and_run(self, gather, number, ranked):
        result = {"status": "survived", "by": [], "tests": 0}
        runtime.m = number
        runtime.f = FIRST_STEPS
        try:
            tests, errors = gather()
        except BaseException as error:  # noqa: B902
            tests, errors = [], ["%s: %s" % (type(error).__name__, error)]
        if runtime.out:
            return dict(result, status="timeout")
        found = {test.id: test for test in tests}
        missing = [name for name in ranked if name not in found]
        if missing:
            return dict(result, status="killed", by=missing[:1], message="; ".join(errors[:2]) or "the test was not found any more")
        for name in ranked:
            value = self.under_mutant(found[name])
            result["tests"] += 1
            if value["outcome"] == "failed":
                status = "timeout" if value["out"] else "killed"
                by = [name] if status == "killed" else []
                return dict(result, status=status, by=by, message=value["message"])
        return result

    def whole(self, gather):
        """Stands before anything is loaded. A child loads and runs; static mutants are loaded afresh from here."""
        early = {(name, counter) for name, counters in runtime.covered().items() for counter in counters}

        def work(send):
            tests, errors = gather()
            self.waiting = []
            self.cover(tests, errors)
            send({"measured": self.measured, "settled": sorted(self.settled), "waiting": self.waiting})

        for kind, value in stream(work, self.plan.get("wholeSeconds", 3600)):
            if kind == "sent":
                self.measured = value["measured"]
                self.settled = set(value["settled"])
                waiting = [tuple(each) for each in value["waiting"]]
                # What was loaded before, by a conftest say, has to be loaded from further back.
                self.early = [each for each in waiting if (each[0], each[1]["counter"]) in early]
                self.static(gather, [each for each in waiting if each not in self.early])
                self.ended = True
            elif kind != "ended":
                self.tell("error", message=value or "took too long", fatal=True)


def _touches(place, ranges):
    return any(place["startLine"] <= last and place["endLine"] >= first for first, last in ranges)


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
        session.early, session.ended = [], False
        problem = begin(arguments, session.whole)
        if problem is not None:
            session.tell("error", message=problem, fatal=True)
        send({"measured": session.measured, "settled": sorted(session.settled), "early": session.early, "ended": session.ended})

    for kind, value in stream(first, plan.get("wholeSeconds", 3600)):
        if kind == "sent":
            session.measured, session.settled = value["measured"], set(value["settled"])
            for each in value["early"]:
                single(lambda: begin(arguments, lambda gather: session.static(gather, [tuple(each)])), 3600)
            if value["ended"]:
                session.tell("done")
        elif kind != "ended":
            session.tell("error", message=value or "took too long", fatal=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
