"""Prints where each call of C or C++ files leads, as clang resolves it (libclang, `clang.cindex`).

Arguments: root, then a file with one entry a line: source path, tab, compiler arguments separated by spaces.
Output: `use file line column end-column symbol` and `def symbol file line column`, tab-separated, 1-based, columns in UTF-16
units. A call of what is only declared in the tree leads to the declaration.
"""

import os
import sys

from clang import cindex
from clang.cindex import CursorKind

root = os.path.realpath(sys.argv[1])
texts: dict[str, list[bytes]] = {}
told: set[str] = set()
used: set[tuple[str, int, int]] = set()
definitions: dict[str, cindex.Cursor] = {}
calls: list[tuple[str, int, int, int, cindex.Cursor]] = []
CALLABLE = {
    CursorKind.FUNCTION_DECL,
    CursorKind.CXX_METHOD,
    CursorKind.CONSTRUCTOR,
    CursorKind.FUNCTION_TEMPLATE,
    CursorKind.CONVERSION_FUNCTION,
    CursorKind.DESTRUCTOR,
}


def relative(name: str) -> str | None:
    path = os.path.relpath(os.path.realpath(name), root)
    return None if path.startswith("..") else path


def column(name: str, line: int, column_in_bytes: int) -> int:
    lines = texts.get(name)
    if lines is None:
        with open(name, "rb") as file:
            lines = texts[name] = file.read().split(b"\n")
    before = lines[line - 1][: column_in_bytes - 1].decode("utf-8", "replace")
    return len(before.encode("utf-16-le")) // 2 + 1


def place(cursor: cindex.Cursor) -> tuple[str, str, int, int] | None:
    location = cursor.location
    if location.file is None:
        return None
    path = relative(location.file.name)
    if path is None:
        return None
    return location.file.name, path, location.line, location.column


def visit(cursor: cindex.Cursor) -> None:
    for child in cursor.get_children():
        if child.location.file is not None and relative(child.location.file.name) is None:
            continue
        if child.kind in CALLABLE and child.is_definition():
            definitions.setdefault(child.get_usr(), child)
        if child.kind == CursorKind.CALL_EXPR and child.referenced is not None and child.referenced.kind in CALLABLE:
            note(child)
        visit(child)


def note(call: cindex.Cursor) -> None:
    target = call.referenced
    name = target.spelling.split("<")[0]
    # The token of the called name, the last one before the arguments.
    for token in callee_tokens(call):
        if token.spelling == name:
            where = token.location
            if where.file is None or relative(where.file.name) is None:
                return
            key = (where.file.name, where.line, where.column)
            if key not in used:
                used.add(key)
                calls.append((where.file.name, where.line, where.column, len(name), target))
            return


def callee_tokens(call: cindex.Cursor) -> list[cindex.Token]:
    children = list(call.get_children())
    arguments = {argument.hash for argument in call.get_arguments() if argument is not None}
    callee = next((child for child in children if child.hash not in arguments), None)
    tokens = list((callee or call).get_tokens())
    return list(reversed(tokens)) if callee is not None else tokens


def main() -> None:
    index = cindex.Index.create()
    for entry in open(sys.argv[2], encoding="utf-8").read().splitlines():
        path, _, arguments = entry.partition("\t")
        try:
            unit = index.parse(path, args=arguments.split())
        except cindex.TranslationUnitLoadError:
            continue
        visit(unit.cursor)
    for name, line, start, length, target in calls:
        target = cindex.conf.lib.clang_getSpecializedCursorTemplate(target) or target
        defined = definitions.get(target.get_usr()) or target.get_definition() or target
        at = place(defined)
        symbol = target.get_usr() or target.spelling
        if at is not None:
            file, shown, row, byte = at
            symbol = f"{symbol}@{shown}:{row}:{byte}"
            if symbol not in told:
                told.add(symbol)
                print("def", symbol, shown, row, column(file, row, byte), sep="\t")
        first = column(name, line, start)
        print("use", relative(name), line, first, first + length, symbol, sep="\t")


main()
