"""Explores modules on the target's own Python: loads them, says what they offer, and executes candidates in forked children.

One JSON message a line on standard input; answers on standard output, each after the mark that the first argument gives.

{id, do: "load", root, paths, modules: [{file}], files: [{path, id}], texts: [[kind, text]]}
    -> {id, surface, loading: {hits}, instrumented, examples}
{id, do: "run", tests, options} -> {id, test, seen} for each, then {id, done: true}
{id, do: "prepare", tests, options} -> {id, done: true}: tests that are then run against mutants
{id, do: "kill", mutants: [{id, tests: [numbers], load}], most, options} -> {id, mutant, ran, runs: [{test, seen}]} for each, then
    {id, done: true}; `runs` are those that saw something else than without the mutant, at most `most`
"""

import importlib
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import explore_clock  # noqa: E402
import explore_doubles  # noqa: E402
import explore_run  # noqa: E402
import trowel_fork  # noqa: E402
import trowel_runtime  # noqa: E402
from explore_examples import documented_of, examples_of  # noqa: E402
from explore_surface import surface_of  # noqa: E402
from trowel_import import Rewriter  # noqa: E402

MARK = sys.argv[1] if len(sys.argv) > 1 else ""
IN = os.fdopen(os.dup(0), "r", encoding="utf-8")
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
OUT = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="surrogatepass")
SILENCE = 5.0
INFINITY = float("inf")


def send(message):
    OUT.write(MARK + json.dumps(message) + "\n")
    OUT.flush()


class Explorer(object):
    def __init__(self):
        self.modules = []
        self.names = []
        self.files = []
        self.prepared = []

    def load(self, request):
        for path in reversed(request["paths"]):
            sys.path.insert(0, path)
        rewriter = Rewriter([(one["path"], one["id"]) for one in request["files"]], mutants=True, distances=True)
        rewriter.install()
        explore_run.install()
        explore_clock.set_now(request.get("now", 0))
        explore_clock.install()
        studied = [one["path"] for one in request["files"]]
        explore_doubles.install(request.get("doubles") or [], studied, [text_of(path) for path in studied])
        self.names = [one["file"] for one in request["modules"]]
        errors = self.import_all()
        goal = distance = 0
        for one in request["files"]:
            description = rewriter.descriptions.get(one["id"])
            if description:
                self.files.append((one["id"], goal, distance))
                goal += description["counters"]
                distance += 2 * description["conditions"]
        hits = self.counted({})["hits"]
        surface = [{"error": errors[i]} if i in errors else surface_of(module, self.names[i].split(".")[0]) for i, module in enumerate(self.modules)]
        examples, documented = [], []
        try:
            examples = examples_of(request.get("texts") or [], self.names, self.modules)
            documented = documented_of(request.get("texts") or [], self.names, self.modules)
        except Exception as error:
            sys.stderr.write("examples: %r\n" % error)
        send(
            {
                "id": request["id"],
                "surface": surface,
                "loading": {"hits": hits},
                "instrumented": list(rewriter.descriptions.values()),
                "failed": rewriter.failed,
                "bindings": explore_doubles.state.bindings,
                "examples": examples,
                "documented": documented,
            }
        )

    def import_all(self):
        errors = {}
        self.modules = []
        for index, name in enumerate(self.names):
            try:
                self.modules.append(importlib.import_module(name))
            except BaseException as error:  # noqa: B902
                errors[index] = "%s: %s" % (type(error).__name__, error)
                self.modules.append(None)
        explore_clock.freeze(self.modules, explore_doubles.state.bindings)
        explore_doubles.bound(self.modules)
        return errors

    def counted(self, options):
        hits, near = [], []
        for name, goal, distance in self.files:
            hits.extend(goal + index for index, count in enumerate(trowel_runtime.counters.get(name, ())) if count)
            if options.get("near"):
                found = trowel_runtime.distances.get(name, ())
                near.extend([distance + index, round(min(value, 1e6), 3)] for index, value in enumerate(found) if 0 < value < INFINITY)
        if not options.get("near"):
            return {"hits": hits}
        compared = [value for value in trowel_runtime.values() if isinstance(value, (str, int)) and not isinstance(value, bool) and (isinstance(value, str) or abs(value) < 2**53)]
        pairs = [pair for pair in trowel_runtime.pairs() if isinstance(pair[0], str) or all(abs(one) < 2**53 for one in pair)]
        return {"hits": hits, "near": near, "compared": compared[-24:], "pairs": pairs[-16:], "unmatched": trowel_runtime.unmatched()[-8:]}

    def run_one(self, test, options):
        trowel_runtime.reset()
        explore_clock.set_now(options.get("now", 0), options.get("tick", 0))
        trowel_runtime.measure(options.get("near", False))
        trowel_runtime.f = explore_run.FUEL
        trowel_runtime.m = options.get("mutant", 0)
        try:
            seen = explore_run.run_candidate(test, self.modules, options)
        finally:
            trowel_runtime.m = 0
            trowel_runtime.f = INFINITY
        seen.update(self.counted(options))
        return seen

    def prepare(self, request):
        """Each test with what it sees without a mutant."""
        options = dict(request.get("options") or {}, full=True)
        self.prepared = [[test, None] for test in request["tests"]]
        at = 0
        while at < len(self.prepared):
            start = at

            def work(emit):
                for test, _ in self.prepared[start:]:
                    emit(fingerprint(self.run_one(test, options)))

            for kind, value in trowel_fork.stream(work, SILENCE):
                if kind == "sent":
                    self.prepared[at][1] = value
                    at += 1
            if at < len(self.prepared) and self.prepared[at][1] is None and at == start:
                at += 1
        send({"id": request["id"], "done": True})

    def kill(self, request):
        options = dict(request.get("options") or {}, full=True)
        for mutant in request["mutants"]:
            send(dict(self.kill_one(mutant, request["most"], options), id=request["id"], mutant=mutant["id"]))
        send({"id": request["id"], "done": True})

    def kill_one(self, mutant, most, options):
        """In a child of its own: what a mutant leaves behind is not for the next one."""

        def work(emit):
            if mutant.get("load"):
                self.reload(mutant["id"])
            found = 0
            for number in mutant["tests"]:
                test, plain = self.prepared[number]
                seen = self.run_one(test, dict(options, mutant=mutant["id"]))
                differs = seen.get("hung") or fingerprint(seen) != plain
                emit({"test": number, "seen": seen if differs else None})
                found += 1 if differs else 0
                if seen.get("hung") or found >= most:
                    break

        runs, ran, over = [], 0, False
        for kind, value in trowel_fork.stream(work, SILENCE):
            if kind == "sent":
                ran += 1
                if value["seen"] is not None:
                    runs.append(value)
            elif kind == "ended":
                over = True
        if not over:
            # The child ended itself or said nothing for long.
            runs.append({"test": mutant["tests"][min(ran, len(mutant["tests"]) - 1)], "seen": {"steps": [], "effects": {}, "hung": True}})
        return {"ran": ran, "runs": runs}

    def reload(self, mutant):
        trowel_runtime.m = mutant
        try:
            for name in list(sys.modules):
                if name in self.names:
                    del sys.modules[name]
            self.import_all()
        finally:
            trowel_runtime.m = 0

    def run(self, request):
        tests, options = request["tests"], request.get("options") or {}
        at = 0

        def work(emit):
            if options.get("reload") and options.get("mutant"):
                self.reload(options["mutant"])
            size = 1 if options.get("fresh") else len(tests)
            for index in range(at, min(len(tests), at + size)):
                emit(self.run_one(tests[index], options))

        while at < len(tests):
            finished = False
            for kind, value in trowel_fork.stream(work, SILENCE):
                if kind == "sent":
                    send({"id": request["id"], "test": at, "seen": value})
                    at += 1
                elif kind == "ended":
                    finished = True
            if not finished and at < len(tests):
                send({"id": request["id"], "test": at, "seen": {"steps": [], "effects": {}, "hung": True}})
                at += 1
        send({"id": request["id"], "done": True})


def text_of(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            return stream.read()
    except OSError:
        return ""


def fingerprint(seen):
    return json.dumps([seen["steps"], seen.get("callbacks"), seen.get("output"), seen.get("calls")], sort_keys=True)


explorer = Explorer()
for line in IN:
    message = json.loads(line)
    getattr(explorer, message["do"])(message)
