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

/** The same in JavaScript; imports come before it. */
const body = String.raw`
async function fetchName(url) {
  const answer = await fetch(url);
  if (!answer.ok) return 'refused with ' + answer.status;
  const { name = 'nameless' } = await answer.json();
  return name;
}

function download(url) {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      if (response.statusCode !== 200) {
        reject(new Error('status ' + response.statusCode));
        return;
      }
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve(text.length));
    }).on('error', reject);
  });
}

function versionOf(program) {
  const lines = execFileSync(program, ['--version'], { encoding: 'utf8' }).split('\n');
  return lines[0] === '' ? 'unknown' : lines[0];
}

function countLines(path) {
  return readFileSync(path, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
}

function appendLine(path, line) {
  appendFileSync(path, line + '\n');
}

function level() {
  if (process.env.DEBUG === '1') return 'debug';
  return (process.env.LEVEL ?? 'info').toLowerCase();
}

function greeting() {
  return new Date().getUTCHours() < 14 ? 'good morning' : 'good day';
}

function roll(sides) {
  if (!(sides > 1)) throw new RangeError('too few sides');
  return 1 + Math.floor(Math.random() * sides);
}

function main() {
  const [name, ...options] = process.argv.slice(2);
  if (name === undefined) {
    console.error('usage: gateway NAME [--shout]');
    return 1;
  }
  const text = 'hello ' + name;
  console.log(options.includes('--shout') ? text.toUpperCase() : text);
  return 0;
}
`;
const names = 'appendLine, countLines, download, fetchName, greeting, level, main, roll, versionOf';

export const gatewayScripts = {
  module: `import { execFileSync } from 'node:child_process';\nimport { appendFileSync, readFileSync } from 'node:fs';\nimport { get } from 'node:http';\n${body}\nexport { ${names} };\n`,
  commonjs: `const { execFileSync } = require('node:child_process');\nconst { appendFileSync, readFileSync } = require('node:fs');\nconst { get } = require('node:http');\n${body}\nmodule.exports = { ${names} };\n`,
};
