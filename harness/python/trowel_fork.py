"""Work in children of a warm process: each begins where the parent stands and leaves nothing behind."""

import gc
import json
import os
import select
import signal
import time


def workers(most=8):
    """Children that this machine can run side by side."""
    try:
        return max(1, min(most, len(os.sched_getaffinity(0))))
    except AttributeError:
        return max(1, min(most, os.cpu_count() or 1))


class Child(object):
    """`work(send)` in a forked process; `limit`: seconds to the next line, or a function that is asked before each."""

    def __init__(self, key, work, limit):
        self.key = key
        self.limit = limit
        self.rest = b""
        self.reader, writer = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            _run(work, self.reader, writer)
        os.close(writer)
        self.wait()

    def wait(self):
        self.deadline = time.monotonic() + (self.limit() if callable(self.limit) else self.limit)

    def read(self):
        """What has come: values, and how it ended or None."""
        chunk = os.read(self.reader, 1 << 16)
        if not chunk:
            return [], "died"
        self.rest += chunk
        values = []
        while b"\n" in self.rest:
            line, self.rest = self.rest.split(b"\n", 1)
            value = json.loads(line.decode("utf-8"))
            if value == {"end": True}:
                return values, "ended"
            values.append(value)
            self.wait()
        return values, None

    def end(self):
        """Kills the whole group; the reason, should it have died by itself."""
        os.close(self.reader)
        status = 0
        for target in (os.killpg, os.kill):
            try:
                target(self.pid, signal.SIGKILL)
            except OSError:
                pass
        try:
            status = os.waitpid(self.pid, 0)[1]
        except OSError:
            pass
        signalled = os.WIFSIGNALED(status) and os.WTERMSIG(status) != signal.SIGKILL
        return "signal %d" % os.WTERMSIG(status) if signalled else "the process ended itself"


def _run(work, reader, writer):
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


def pool(jobs, width):
    """Children side by side: `jobs` gives `(key, work, limit)` and is asked when one can begin.

    Yields `(key, kind, value)`: "sent" for each line, and at last one of "ended", "timeout" when no line came in time, and "died"
    with the reason. A child's whole process group is killed then.
    """
    jobs = iter(jobs)
    running = []
    goes_on = True
    try:
        while goes_on or running:
            while goes_on and len(running) < width:
                job = next(jobs, None)
                if job is None:
                    goes_on = False
                else:
                    running.append(Child(*job))
            if not running:
                break
            pause = min(child.deadline for child in running) - time.monotonic()
            ready, _, _ = select.select([child.reader for child in running], [], [], max(0.0, pause))
            now = time.monotonic()
            for child in list(running):
                values, last = [], None
                if child.reader in ready:
                    values, last = child.read()
                elif child.deadline <= now:
                    last = "timeout"
                for value in values:
                    yield child.key, "sent", value
                if last is not None:
                    running.remove(child)
                    reason = child.end()
                    yield child.key, last, reason if last == "died" else None
    finally:
        for child in running:
            child.end()


def stream(work, limit):
    """One child: `("sent", value)` for each line that `work(send)` sends, and how it ended, as in `pool`."""
    children = pool([(None, work, limit)], 1)
    try:
        for _, kind, value in children:
            yield kind, value
    finally:
        children.close()


def single(work, limit):
    """One value of a child: `("sent", value)`, `("timeout", None)` or `("died", reason)`."""
    found = None
    for kind, value in stream(lambda send: send(work()), limit):
        if kind == "sent":
            found = value
        elif found is None:
            return (kind, value)
    return ("sent", found)
