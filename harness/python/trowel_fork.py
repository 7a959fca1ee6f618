"""Work in children of a warm process: each begins where the parent stands and leaves nothing behind."""

import gc
import json
import os
import select
import signal
import time


def _end(pid):
    for target in (os.killpg, os.kill):
        try:
            target(pid, signal.SIGKILL)
        except OSError:
            pass
    try:
        return os.waitpid(pid, 0)[1]
    except OSError:
        return 0


def stream(work, limit):
    """What `work(send)` sends from a child, line by line.

    Yields `("sent", value)`, and at last one of `("ended", None)`, `("timeout", None)` when no line came for `limit` seconds
    (a number, or a function that is asked before each line), and `("died", reason)`. The child's whole process group is killed.
    """
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.close(reader)
            os.setpgid(0, 0)
            gc.disable()
            with os.fdopen(writer, "w", encoding="utf-8") as out:

                def send(value):
                    out.write(json.dumps(value) + "\n")
                    out.flush()

                work(send)
                send({"end": True})
            code = 0
        except BaseException as error:  # noqa: B902
            os.write(2, ("trowel: %s: %s\n" % (type(error).__name__, error)).encode("utf-8", "replace")[:2000])
        finally:
            os._exit(code)
    os.close(writer)
    rest = b""
    last = None
    try:
        deadline = time.monotonic() + (limit() if callable(limit) else limit)
        while last is None:
            ready, _, _ = select.select([reader], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                last = ("timeout", None)
                break
            chunk = os.read(reader, 1 << 16)
            if not chunk:
                last = ("died", None)
                break
            rest += chunk
            while b"\n" in rest:
                line, rest = rest.split(b"\n", 1)
                value = json.loads(line.decode("utf-8"))
                if value == {"end": True}:
                    last = ("ended", None)
                    break
                yield ("sent", value)
                deadline = time.monotonic() + (limit() if callable(limit) else limit)
    finally:
        os.close(reader)
        status = _end(pid)
    if last == ("died", None):
        signalled = os.WIFSIGNALED(status) and os.WTERMSIG(status) != signal.SIGKILL
        last = ("died", "signal %d" % os.WTERMSIG(status) if signalled else "the process ended itself")
    yield last


def single(work, limit):
    """One value of a child: `("sent", value)`, `("timeout", None)` or `("died", reason)`."""
    found = None
    for kind, value in stream(lambda send: send(work()), limit):
        if kind == "sent":
            found = value
        elif found is None:
            return (kind, value)
    return ("sent", found)
