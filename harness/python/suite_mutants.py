"""Which mutants a suite kills: a child a mutant, several side by side where the tests bear it."""

import os
import time

import suite_warmth
import trowel_runtime as runtime
from trowel_fork import pool, single, stream, workers

STEPS_FACTOR, STEPS_MORE = 20, 20000
TIME_FACTOR, TIME_MORE = 5, 0.5
FIRST_STEPS = 50000000

#: Fewer mutants are not worth a trial.
FEW = 12
#: Seconds that a mutant takes at least: what a trial may cost.
A_MUTANT = 0.03
#: Seconds that the tests may take for the second trial to be made.
SHORT = 2
#: How much more a kill at the same place says than one in the same file.
SAME_PLACE = 10
#: Mutants between two looks at whether the tests still pass without one.
BATCH = 40


class Mutants(object):
    """`session` tells events and knows the plan; `measured`: what each test was without a mutant, by id."""

    def __init__(self, session):
        self.session = session
        self.settled = set(session.plan.get("skip", []))
        self.waiting = []
        self.width = 1
        self.kills = {}
        #: Tests that need others before them, and tests that cannot be run again.
        self.needs, self.banned = {}, set()
        self.root = session.plan.get("root") or os.getcwd()

    @property
    def measured(self):
        return self.session.measured

    def wanted(self):
        plan = self.session.plan
        chosen = plan.get("mutants")
        chosen = None if chosen is None else set(chosen)
        ranges = plan.get("ranges")
        for name, description in self.session.rewriter.descriptions.items():
            for mutant in description["mutants"]:
                if ranges is not None and not _touches(mutant["place"], ranges.get(name, [])):
                    continue
                if (chosen is None or mutant["id"] in chosen) and mutant["id"] not in self.settled:
                    yield name, mutant

    def settle(self, mutant, **result):
        self.settled.add(mutant["id"])
        self.session.tell("mutant", mutant=mutant["id"], **result)

    def passing(self, tests):
        found = [test for test in tests if self.measured.get(test.id, {}).get("outcome") == "passed"]
        return sorted(found, key=lambda test: self.measured[test.id]["milliseconds"])

    def time_for(self, test_id):
        names = self.needs.get(test_id, []) + [test_id]
        return sum(self.measured[name]["milliseconds"] for name in names) / 1000.0 * TIME_FACTOR + TIME_MORE

    # -- mutants that tests reach

    def run(self, tests, loaded):
        """The process is left with what tests load from outside of the project."""
        passing = self.passing(tests)
        if not passing:
            return
        suite_warmth.warm(self.root, self.session.lazy)
        seconds = sum(self.measured[test.id]["milliseconds"] for test in passing) / 1000.0
        count = sum(1 for _ in self.wanted())
        # So many mutants must repay that the tests are run once more.
        isWorth = count >= FEW and count * A_MUTANT > seconds
        self.width = workers() if isWorth and self.bear(passing, workers()) else 1
        self.reached(passing, loaded)

    def reached(self, passing, loaded):
        """What is in force while files are loaded waits for `static`."""
        reach = {}
        for test in passing:
            for name, counters in self.measured[test.id]["covered"].items():
                for counter in counters:
                    reach.setdefault((name, counter), []).append(test)
        at_load = {(name, counter) for name, counters in loaded.items() for counter in counters}
        tests = {test.id: test for test in passing}
        items = []
        for name, mutant in self.wanted():
            key = (name, mutant["counter"])
            if key in reach:
                items.append((name, mutant, {"tests": 0, "milliseconds": 0}))
            elif key in at_load:
                self.waiting.append((name, mutant, {"tests": 0, "milliseconds": 0}))
            else:
                self.settle(mutant, status="no-coverage", by=[], tests=0, milliseconds=0)

        def attempt_of(item):
            name, mutant, before = item
            key = (name, mutant["counter"])
            order = sorted((test.id for test in reach[key] if test.id not in self.banned), key=lambda name: self.rank(key, name))
            return Attempt(self, item, tests, order)

        def control(killers):
            found = list(stream(lambda send: [send(self.under_mutant(tests, name)) for name in killers], self.session.longest))
            return all(kind == "sent" and value["outcome"] == "passed" for kind, value in found[:-1]) and found[-1][0] == "ended"

        def settle(item, result):
            name, mutant, _ = item
            if result["status"] == "survived" and (name, mutant["counter"]) in at_load:
                self.waiting.append((name, mutant, result))
            else:
                self.settle(mutant, **result)

        self.in_batches(items, attempt_of, control, settle, self.width)

    def rank(self, key, test_id):
        """Who killed something here before is likely to do so again; then the fastest."""
        found = SAME_PLACE * self.kills.get(key + (test_id,), 0) + self.kills.get((key[0], test_id), 0)
        return (-found, self.measured[test_id]["milliseconds"])

    def in_batches(self, items, attempt_of, control, settle, width):
        """`control(ids)`: whether these tests pass without a mutant. They are asked when they have killed some, since a test that
        fails may leave behind what makes the next ones fail."""
        for at in range(0, len(items), BATCH):
            batch = items[at : at + BATCH]
            results = self.side_by_side(batch, attempt_of, width)
            killers = sorted({killer for result in results.values() for killer in result["by"]})
            if killers and not control(killers):
                self.find_needs(killers, control)
                results = {}
                for item in batch:
                    self.session.tree.clean()
                    results.update(self.side_by_side([item], attempt_of, 1))
                self.session.tree.clean()
            for item in batch:
                settle(item, results[item[1]["id"]])

    def find_needs(self, killers, control):
        """Tests that fail without a mutant, too, when they are run by themselves: with those before them in their file they may pass."""
        paths = dict(self.session.order)
        for name in killers:
            self.session.tree.clean()
            if control([name]):
                continue
            before = []
            for other, path in self.session.order:
                if other == name:
                    break
                if path == paths[name] and self.measured.get(other, {}).get("outcome") == "passed":
                    before.append(other)
            self.needs[name] = before
            self.session.tree.clean()
            if not control([name]):
                self.banned.add(name)
                self.session.tell("error", message="%s fails when it is run again, and is left out" % name)

    def side_by_side(self, items, attempt_of, width):
        attempts = {}
        results = {}

        def jobs():
            for item in items:
                attempt = attempts[item[1]["id"]] = attempt_of(item)
                yield item[1]["id"], attempt.work, attempt.limit

        known = {item[1]["id"]: item for item in items}
        for number, kind, value in pool(jobs(), width):
            if not attempts[number].add(kind, value):
                continue
            result = results[number] = attempts.pop(number).result
            name, mutant, _ = known[number]
            for killer in result["by"]:
                for key in ((name, killer), (name, mutant["counter"], killer)):
                    self.kills[key] = self.kills.get(key, 0) + 1
        return results

    def bear(self, passing, width):
        """Whether the tests pass beside themselves: some write the same file, or want the same port."""
        seconds = sum(self.measured[test.id]["milliseconds"] for test in passing) / 1000.0
        for turn in range(2 if width > 1 and seconds < SHORT else 1):
            # Once each test beside itself, once beside others.
            step = len(passing) // width if turn == 1 else 0
            orders = [passing[step * at :] + passing[: step * at] for at in range(width)]
            longest = self.session.longest
            jobs = [(at, lambda send, order=order: self.session.measure(order, send), longest) for at, order in enumerate(orders)]
            for _, kind, value in pool(jobs, width):
                if kind in ("died", "timeout") or (kind == "sent" and value.get("outcome", "passed") != "passed"):
                    self.session.tree.clean()
                    return False
        return True

    def under_mutant(self, tests, name):
        for each in self.needs.get(name, []) + [name]:
            runtime.out = False
            runtime.f = self.measured[each]["steps"] * STEPS_FACTOR + STEPS_MORE
            outcome, message = tests[each].run()
        return {"id": name, "outcome": "failed" if runtime.out else outcome, "message": message, "out": runtime.out}

    # -- mutants in force while files are loaded

    def static(self, run, mutants, width):
        """`run(number, ids)`: a result, in a child in which nothing of the project was loaded before; see `load_and_run`."""
        measured = self.measured
        order = [name for name, value in measured.items() if value["outcome"] == "passed"]
        whole = sum(measured[name]["milliseconds"] for name in order) / 1000.0 * TIME_FACTOR + 10

        def attempt_of(item):
            key = (item[0], item[1]["counter"])
            touched = {name: item[0] in measured[name]["covered"] for name in order}
            ranked = sorted((name for name in order if name not in self.banned), key=lambda name: (not touched[name],) + self.rank(key, name))
            return StaticAttempt(run, item, ranked, whole)

        def control(killers):
            kind, value = single(lambda: run(0, killers), whole)
            return kind == "sent" and value["status"] == "survived"

        self.in_batches(mutants, attempt_of, control, lambda item, result: self.settle(item[1], **result), width)

    def load_and_run(self, load, number, ranked):
        """`load()` gives tests and errors."""
        result = {"status": "survived", "by": [], "tests": 0}
        runtime.m = number
        runtime.f = FIRST_STEPS
        try:
            tests, errors = load()
        except BaseException as error:  # noqa: B902
            tests, errors = [], ["%s: %s" % (type(error).__name__, error)]
        if runtime.out:
            return dict(result, status="timeout")
        found = {test.id: test for test in tests}
        missing = [name for name in ranked if name not in found]
        if missing:
            return dict(result, status="killed", by=missing[:1], message="; ".join(errors[:2]) or "the test was not found any more")
        for name in ranked:
            value = self.under_mutant(found, name)
            result["tests"] += 1
            if value["outcome"] == "failed":
                status = "timeout" if value["out"] else "killed"
                by = [name] if status == "killed" else []
                return dict(result, status=status, by=by, message=value["message"])
        return result


class Attempt(object):
    """One child runs tests one behind the other until one fails."""

    def __init__(self, mutants, item, tests, order):
        self.mutants = mutants
        self.tests = tests
        self.number = item[1]["id"]
        self.order = order
        self.expected = iter(order)
        self.started = time.perf_counter()
        self.result = {"status": "survived", "by": [], "tests": 0}

    def work(self, send):
        runtime.m = self.number
        for name in self.order:
            value = self.mutants.under_mutant(self.tests, name)
            send(value)
            if value["outcome"] == "failed":
                return

    def limit(self):
        name = next(self.expected, None)
        return self.mutants.time_for(name) if name is not None else TIME_MORE

    def add(self, kind, value):
        """Whether this was the last."""
        result = self.result
        if kind == "sent":
            result["tests"] += 1
            if value["outcome"] == "failed":
                status = "timeout" if value["out"] else "killed"
                result.update(status=status, by=[value["id"]] if status == "killed" else [], message=value["message"])
            return False
        if result["status"] == "survived" and kind in ("timeout", "died"):
            at = min(result["tests"], len(self.order) - 1)
            result["tests"] += 1
            if kind == "timeout":
                result["status"] = "timeout"
            else:
                result.update(status="killed", by=[self.order[at]] if self.order else [], message=str(value))
        result["milliseconds"] = (time.perf_counter() - self.started) * 1000
        return True


class StaticAttempt(object):
    """One child loads everything afresh, and runs tests until one fails."""

    def __init__(self, run, item, ranked, limit):
        self.run = run
        self.number = item[1]["id"]
        self.before = item[2]
        self.ranked = ranked
        self.limit = limit
        self.started = time.perf_counter()
        self.result = None

    def work(self, send):
        send(self.run(self.number, self.ranked))

    def add(self, kind, value):
        if kind == "sent":
            self.result = value
            return False
        if self.result is None:
            self.result = {"status": "timeout" if kind == "timeout" else "killed", "by": [], "tests": 0}
            if kind == "died":
                self.result["message"] = str(value)
        self.result["tests"] += self.before["tests"]
        self.result["milliseconds"] = (time.perf_counter() - self.started) * 1000 + self.before["milliseconds"]
        return True


def _touches(place, ranges):
    return any(place["startLine"] <= last and place["endLine"] >= first for first, last in ranges)
