"""Records which functions of a tree call which while a program runs. Python 3.11 or newer.

usage: python-trace.py ROOT OUTPUT [-m MODULE | SCRIPT] [ARGUMENT…]

Writes JSON: `calls`, each [caller file, caller name, callee file, callee name, line], and `lines`, by file the lines that ran.
Functions are named by `co_qualname` without `<locals>`; comprehensions count as the function around them, class bodies as
what is around them. Frames outside ROOT are skipped, and so are bodies of generators and coroutines: they run where they are
resumed, not where they are called.
"""

import json
import os
import runpy
import sys
import threading

sys.path.insert(0, os.getcwd())
root = os.path.realpath(sys.argv[1]) + os.sep
output = sys.argv[2]
calls = set()
lines = {}
inside = {}
LAMBDA_FREE = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")


def is_inside(code):
    name = code.co_filename
    known = inside.get(name)
    if known is None:
        path = os.path.realpath(name)
        known = inside[name] = path[len(root):] if path.startswith(root) else ""
    return known


def is_class_body(code):
    return not code.co_flags & 0x2 and code.co_name != "<module>"


def name_of(code):
    names = [part for part in code.co_qualname.split(".") if part != "<locals>"]
    while names and names[-1] in LAMBDA_FREE:
        names.pop()
    if is_class_body(code):
        names.pop()
    return ".".join(names) if names and names != ["<module>"] else ""


def profile(frame, event, _argument):
    if event != "call":
        return
    code = frame.f_code
    path = is_inside(code)
    if not path or code.co_flags & 0x2A0 or code.co_name == "<module>" or code.co_name in LAMBDA_FREE or is_class_body(code):
        return
    caller = frame.f_back
    if caller is None:
        return
    caller_path = is_inside(caller.f_code)
    if caller_path:
        calls.add((caller_path, name_of(caller.f_code), path, name_of(code), caller.f_lineno, code.co_firstlineno))


def line_event(code, line):
    path = is_inside(code)
    if path:
        lines.setdefault(path, set()).add(line)
    return sys.monitoring.DISABLE


def finish():
    sys.setprofile(None)
    with open(output, "w", encoding="utf-8") as file:
        json.dump({"calls": sorted(calls), "lines": {path: sorted(found) for path, found in lines.items()}}, file)


def local_trace(frame, event, _argument):
    if event == "line":
        lines.setdefault(is_inside(frame.f_code), set()).add(frame.f_lineno)
    return local_trace


def global_trace(frame, _event, _argument):
    return local_trace if is_inside(frame.f_code) else None


if hasattr(sys, "monitoring"):
    sys.monitoring.use_tool_id(sys.monitoring.COVERAGE_ID, "trowel")
    sys.monitoring.register_callback(sys.monitoring.COVERAGE_ID, sys.monitoring.events.LINE, line_event)
    sys.monitoring.set_events(sys.monitoring.COVERAGE_ID, sys.monitoring.events.LINE)
else:
    threading.settrace(global_trace)
    sys.settrace(global_trace)
threading.setprofile(profile)
sys.setprofile(profile)
try:
    if sys.argv[3] == "-m":
        sys.argv = sys.argv[4:]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        sys.argv = sys.argv[3:]
        runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    finish()
