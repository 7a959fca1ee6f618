"""Prints what radon measures of each Python file under a folder, as JSON: run by metrics.ts."""
import json
import pathlib
import sys

from radon.complexity import cc_visit
from radon.metrics import h_visit, mi_compute, mi_parameters
from radon.raw import analyze
from radon.visitors import Function


def blocks_of(source):
    found = []

    def add(function):
        found.append({"name": function.name, "line": function.lineno, "complexity": function.complexity})

    for block in cc_visit(source):
        if isinstance(block, Function):
            add(block)
    return found


def measure(file):
    source = file.read_text(encoding="utf-8")
    raw = analyze(source)
    total = h_visit(source).total
    parameters = mi_parameters(source, False)
    volume, complexity, lines, comments = parameters
    return {
        "functions": blocks_of(source),
        "raw": {"loc": raw.loc, "sloc": raw.sloc, "multi": raw.multi, "comments": raw.single_comments, "blank": raw.blank},
        "halstead": {"h1": total.h1, "h2": total.h2, "N1": total.N1, "N2": total.N2, "volume": total.volume},
        "index": {"value": mi_compute(*parameters), "volume": volume, "complexity": complexity, "lines": lines, "comments": comments},
    }


root = pathlib.Path(sys.argv[1])
result = {}
for file in sorted(root.rglob("*.py")):
    try:
        result[file.relative_to(root).as_posix()] = measure(file)
    except (SyntaxError, UnicodeDecodeError, ValueError) as error:
        print(f"{file}: {error}", file=sys.stderr)
json.dump(result, sys.stdout)
