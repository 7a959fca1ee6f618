"""Calls in documentation, tests and other files that use a module with values that can be written down: candidates as they stand."""

import ast
import doctest
import importlib.util
import re

from explore_values import encode


def examples_of(texts, module_names, modules):
    """`texts`: pairs of kind (`python`, `prose`) and text. Steps of each run of statements that uses the modules."""
    found = []
    for kind, text in texts:
        blocks = [text] if kind == "python" else sessions(text)
        for block in blocks:
            try:
                tree = ast.parse(block)
            except (SyntaxError, ValueError):
                continue
            bodies = [tree.body] + [node.body for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
            imports = Names(module_names, modules)
            for node in ast.walk(tree):
                imports.learn(node)
            for body in bodies:
                found.extend(Reader(imports).read(body))
            if len(found) > 400:
                return found
    return found


def documented_of(texts, module_names, modules):
    """Single calls in doctests with the value that stands below them."""
    found = []
    for kind, text in texts:
        if kind == "python":
            continue
        try:
            examples = doctest.DocTestParser().get_examples(text)
        except ValueError:
            continue
        names = Names(module_names, modules)
        for example in examples:
            try:
                tree = ast.parse(example.source)
                for node in ast.walk(tree):
                    names.learn(node)
                if len(tree.body) != 1 or not isinstance(tree.body[0], ast.Expr) or not isinstance(tree.body[0].value, ast.Call) or not example.want:
                    continue
                value = encode(ast.literal_eval(example.want.strip()))
            except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
                continue
            reader = Reader(names)
            step = reader.step(tree.body[0].value)
            if step is not None and step == len(reader.steps) - 1:
                found.append({"steps": reader.steps, "value": value})
    return found[:200]


def sessions(text):
    blocks = []
    try:
        examples = doctest.DocTestParser().get_examples(text)
        if examples:
            blocks.append("".join(example.source for example in examples))
            blocks.extend(example.source for example in examples)
    except ValueError:
        pass
    blocks.extend(re.findall(r"```(?:py|python|python3|pycon)?\s*\n(.*?)```", text, re.S))
    return [block for block in blocks if ">>>" not in block]


class Names(object):
    """What names in a file mean: modules under study and what they offer."""

    def __init__(self, module_names, modules):
        self.modules = dict(zip(module_names, range(len(module_names))))
        self.loaded = modules
        self.known = {}
        for index, module in enumerate(modules):
            for name in getattr(module, "__dict__", {}):
                if not name.startswith("_") and getattr(getattr(module, name, None), "__module__", None) == module.__name__:
                    self.known.setdefault(name, (index, [name]))
        for name, index in list(self.modules.items()):
            self.known.setdefault(name.split(".")[-1], (index, []))

    def learn(self, node):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = node.module + "." + alias.name
                if full in self.modules:
                    self.known[alias.asname or alias.name] = (self.modules[full], [])
                else:
                    place = self.home(node.module, alias.name)
                    if place is not None:
                        self.known[alias.asname or alias.name] = (place, [alias.name])
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name in self.modules:
                    self.known[alias.asname or alias.name] = (self.modules[alias.name], [])

    def home(self, module, name):
        if module in self.modules and hasattr(self.loaded[self.modules[module]], name):
            return self.modules[module]
        for index, loaded in enumerate(self.loaded):
            if hasattr(loaded, name) and getattr(getattr(loaded, name), "__module__", "") == loaded.__name__:
                return index
        return None


class Reader(object):
    def __init__(self, names):
        self.names = names
        self.steps = []
        self.held = {}

    def read(self, body):
        found = []
        for statement in body:
            for node in ast.walk(statement) if not isinstance(statement, (ast.Assign, ast.Expr)) else [statement]:
                if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                    step = self.step(node.value)
                    if step is not None:
                        self.held[node.targets[0].id] = step
                elif isinstance(node, ast.Expr):
                    for call in [one for one in ast.walk(node) if isinstance(one, ast.Call)]:
                        if self.step(call) is not None:
                            found.append(list(self.steps))
                            break
                elif isinstance(node, ast.Call):
                    if self.step(node) is not None:
                        found.append(list(self.steps))
            if len(self.steps) > 8:
                self.steps, self.held = [], {}
        if self.steps:
            found.append(list(self.steps))
        distinct = {}
        for steps in found:
            distinct[repr(steps)] = steps
        return list(distinct.values())[:60]

    def step(self, node):
        """The number of the step that a call became."""
        if not isinstance(node, ast.Call):
            return None
        place = self.place(node.func)
        if place is None:
            return None
        mark = len(self.steps)
        given = [self.value(argument) for argument in node.args]
        named = [(keyword.arg, self.value(keyword.value)) for keyword in node.keywords]
        if any(item is None for item in given) or any(name is None or item is None for name, item in named):
            del self.steps[mark:]
            return None
        step = {"op": "call", "on": place, "with": [item[0] for item in given]}
        if named:
            step["named"] = [[name, item[0]] for name, item in named]
        self.steps.append(step)
        return len(self.steps) - 1

    def place(self, node):
        path = []
        while isinstance(node, ast.Attribute):
            path.insert(0, node.attr)
            node = node.value
        if isinstance(node, ast.Call):
            step = self.step(node)
            return None if step is None else {"step": step, "path": path}
        if not isinstance(node, ast.Name):
            return None
        if node.id in self.held:
            return {"step": self.held[node.id], "path": path}
        if node.id in self.names.known:
            module, start = self.names.known[node.id]
            if start or path:
                return {"module": module, "path": start + path}
        return None

    def value(self, node):
        """In a list of one, since None is a value; None where it cannot be said."""
        if isinstance(node, ast.Name) and node.id in self.held:
            return [{"$": "step", "i": self.held[node.id]}]
        try:
            return [encode(ast.literal_eval(node))]
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            pass
        if isinstance(node, ast.Call):
            step = self.step(node)
            return None if step is None else [{"$": "step", "i": step}]
        if isinstance(node, ast.Lambda):
            return [{"$": "callback", "id": 900 + len(self.steps), "argument": 0}]
        return None


assert importlib.util
