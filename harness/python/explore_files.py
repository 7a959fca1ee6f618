"""Files that a candidate is given: in a folder of its own, which goes when the candidate ends."""

import os
import pathlib
import shutil
import tempfile

MOST_TEXT = 2000
_folder = None


def make(name, text, as_path):
    global _folder
    if _folder is None:
        _folder = os.path.realpath(tempfile.mkdtemp(prefix="trowel-"))
    path = os.path.join(_folder, name)
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(text)
    return pathlib.Path(path) if as_path else path


def is_inside(path):
    if _folder is None or not isinstance(path, (str, bytes, os.PathLike)):
        return False
    return os.fsdecode(path).startswith(_folder)


def is_file(value):
    return isinstance(value, (str, pathlib.Path)) and is_inside(value)


def content(path):
    """As text; None where there is no file."""
    try:
        with open(path, encoding="utf-8") as stream:
            text = stream.read(MOST_TEXT + 1)
        return text if len(text) <= MOST_TEXT else {"$": "cut"}
    except (OSError, UnicodeDecodeError):
        return None


def hides(text):
    """Whether a text names the folder, which is another one each time."""
    return _folder is not None and _folder in text


def leave():
    global _folder
    if _folder is not None:
        shutil.rmtree(_folder, ignore_errors=True)
        _folder = None
