"""What tests that fail leave lying about: files that would make the next ones fail."""

import os
import tempfile

#: Where nothing of a test's own lies, or what is no matter.
PASSED_OVER = {".git", ".hg", ".tox", ".nox", ".venv", "venv", "node_modules", "site-packages", "__pycache__", ".trowel-suite"}
#: A larger tree is not looked at.
MAXIMUM = 50000


class Tree(object):
    """The names of files and folders at a moment, below the project's folder and, where they are the sandbox's own, in the
    folders for temporary files and of the user."""

    def __init__(self, root, is_isolated):
        self.roots = [root] + ([tempfile.gettempdir(), os.path.expanduser("~")] if is_isolated else [])
        self.known = set(self.names())
        self.is_whole = len(self.known) < MAXIMUM

    def names(self):
        count = 0
        for root in self.roots:
            for folder, folders, files in os.walk(root):
                # pytest hands these out, and keeps some.
                folders[:] = [name for name in folders if name not in PASSED_OVER and not name.startswith("pytest-of-")]
                for name in files + folders:
                    yield os.path.join(folder, name)
                    count += 1
                    if count >= MAXIMUM:
                        return

    def clean(self):
        """Removes what has come since."""
        if not self.is_whole:
            return
        for name in sorted((name for name in self.names() if name not in self.known), key=len, reverse=True):
            try:
                os.rmdir(name) if os.path.isdir(name) and not os.path.islink(name) else os.remove(name)
            except OSError:
                pass
