/** Modules that read from everywhere: servers, programs, files, the environment, the clock and chance. */
export const gatewayModule = String.raw`"""Reads from everywhere: servers, programs, files, the environment, the clock and chance."""

import argparse
import datetime
import json
import os
import random
import secrets
import subprocess
import sys
import time
import urllib.error
import uuid
from datetime import date
from urllib.request import urlopen

RETRIES = {"fast": 1, "slow": 3}


def fetch_name(url):
    """The name in a JSON document, or a reason."""
    try:
        with urlopen(url) as answer:
            if answer.status != 200:
                return "status %d" % answer.status
            document = json.loads(answer.read().decode("utf-8"))
    except urllib.error.HTTPError as error:
        return "refused with %d" % error.code
    except urllib.error.URLError:
        return "unreachable"
    if not isinstance(document, dict):
        return "no object"
    return document.get("name", "nameless")


def version_of(program):
    """What a program says its version is."""
    done = subprocess.run([program, "--version"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise RuntimeError(program + " failed: " + done.stderr.strip())
    lines = done.stdout.splitlines()
    return lines[0] if lines else "unknown"


def count_lines(path):
    """How many lines of a file are no comments."""
    with open(path) as stream:
        return sum(1 for line in stream if not line.startswith("#"))


def append_line(path, line):
    with open(path, "a") as stream:
        stream.write(line + "\n")


def level():
    """From the environment: debug, or what LEVEL says."""
    if os.environ.get("DEBUG") == "1":
        return "debug"
    return os.getenv("LEVEL", "info").lower()


def greeting():
    hour = datetime.datetime.now().hour
    return "good morning" if hour < 12 else "good day"


def is_leap_today():
    return date.today().day == 29 and date.today().month == 2


def elapsed(since):
    return int(time.time() - since)


def token():
    return secrets.token_hex(4)


def identity():
    return str(uuid.uuid4())


def roll(sides):
    if sides < 2:
        raise ValueError("too few sides")
    return random.randint(1, sides)


def wait_for(tries):
    """Waits between tries."""
    for number in range(tries):
        time.sleep(10 * number)
    return tries


def ask(question):
    answer = input(question)
    return answer.strip().lower() in ("y", "yes")


def main():
    parser = argparse.ArgumentParser(prog="gateway")
    parser.add_argument("name")
    parser.add_argument("--shout", action="store_true")
    given = parser.parse_args()
    text = "hello " + given.name
    print(text.upper() if given.shout else text)
    return 0 if given.name else 1
`;
