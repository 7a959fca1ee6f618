"""Rewrites Python modules by their syntax tree: counters, mutants, distances. Positions stay. Python 3.8 and later."""

import ast
import copy
import sys

from trowel_operators import ARITHMETIC, BITWISE, constant, mutations, same_code

COMPARE = {ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge", ast.Eq: "eq", ast.NotEq: "ne", ast.In: "contains"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
#: Methods that look for something in a text.
SEEKING = ("match", "search", "fullmatch", "findall", "startswith", "endswith")
#: Statements without an expression of their own.
PLAIN = (ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal, ast.Pass, ast.Break, ast.Continue)
#: What no operator changes as a whole and may still be left out where it is returned.
RETURNED = (ast.Name, ast.Call, ast.Attribute, ast.Await, ast.Subscript, ast.Tuple, ast.ListComp, ast.DictComp, ast.SetComp)


class Scope(object):
    """Where a node stands: what counts it, and whether it runs while the file is loaded."""

    __slots__ = ("counter", "static")

    def __init__(self, counter, static):
        self.counter = counter
        self.static = static


class Instrumenter(object):
    def __init__(self, source, file_id, first_mutant=1, mutants=True, distances=False):
        #: Positions count bytes of UTF-8, and only these ends of lines.
        self.lines = [line.encode("utf-8", "surrogatepass") for line in source.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
        self.with_mutants = mutants
        self.with_distances = distances
        self.first = first_mutant
        self.counters = 0
        self.conditions = 0
        self.found = {"id": file_id, "statements": [], "functions": [], "branches": [], "mutants": []}
        #: Mutants that the compiler cannot tell from the original.
        self.equivalent = 0

    # -- what is found

    def counter(self):
        self.counters += 1
        return self.counters - 1

    def condition(self):
        if not self.with_distances:
            return None
        self.conditions += 1
        return self.conditions - 1

    def place(self, first, last=None):
        last = last or first
        return {
            "startLine": first.lineno,
            "startColumn": first.col_offset,
            "endLine": last.end_lineno,
            "endColumn": last.end_col_offset,
        }

    def text(self, node):
        # ast.get_source_segment splits the whole source each time.
        first, last = node.lineno - 1, node.end_lineno - 1
        parts = self.lines[first : last + 1]
        if not parts:
            return ""
        parts[-1] = parts[-1][: node.end_col_offset]
        parts[0] = parts[0][node.col_offset :]
        return " ".join(part.decode("utf-8", "replace").strip() for part in parts)

    def branch(self, kind, node, arms, scope, counted, condition=None):
        found = {
            "kind": kind,
            "place": self.place(node),
            "arms": [{"place": place, "counter": counter} for place, counter in arms],
            "counted": counted,
            "static": scope.static,
        }
        if condition is not None:
            found["condition"] = condition
        self.found["branches"].append(found)

    def mutant(self, operator, place, replacement, scope):
        number = self.first + len(self.found["mutants"])
        self.found["mutants"].append(
            {
                "id": number,
                "operator": operator,
                "place": place,
                "replacement": replacement,
                "counter": scope.counter,
                "static": scope.static,
            }
        )
        return number

    # -- what is made

    def at(self, made, node):
        for inner in ast.walk(made):
            if not hasattr(inner, "lineno") and "lineno" in inner._attributes:
                ast.copy_location(inner, node)
        return made

    def count(self, counter, node):
        index = ast.Constant(value=counter, kind=None)
        if sys.version_info < (3, 9):
            index = ast.Index(value=index)
        target = ast.Subscript(value=ast.Name(id="_trowel_c", ctx=ast.Load()), slice=index, ctx=ast.Store())
        return self.at(ast.AugAssign(target=target, op=ast.Add(), value=ast.Constant(value=1, kind=None)), node)

    def attribute(self, name, store=False):
        context = ast.Store() if store else ast.Load()
        return ast.Attribute(value=ast.Name(id="_trowel", ctx=ast.Load()), attr=name, ctx=context)

    def step(self, node):
        one, zero = ast.Constant(value=1, kind=None), ast.Constant(value=0, kind=None)
        taken = ast.AugAssign(target=self.attribute("f", True), op=ast.Sub(), value=one)
        over = ast.Compare(left=self.attribute("f"), ops=[ast.Lt()], comparators=[zero])
        stop = ast.Expr(value=ast.Call(func=self.attribute("x"), args=[], keywords=[]))
        return [self.at(taken, node), self.at(ast.If(test=over, body=[stop], orelse=[]), node)]

    def active(self, number, node, equal=True):
        operator = ast.Eq() if equal else ast.NotEq()
        value = ast.Constant(value=number, kind=None)
        return self.at(ast.Compare(left=self.attribute("m"), ops=[operator], comparators=[value]), node)

    def when(self, test, body, node, orelse=()):
        return self.at(ast.If(test=test, body=body, orelse=list(orelse)), node)

    def switch(self, number, mutated, original):
        return self.at(ast.IfExp(test=self.active(number, original), body=mutated, orelse=original), original)

    def call(self, name, arguments, node):
        return self.at(ast.Call(func=self.attribute(name), args=arguments, keywords=[]), node)

    def counted_value(self, counter, value):
        """An expression that counts before it is evaluated."""
        bump = self.call("hit", [ast.Name(id="_trowel_c", ctx=ast.Load()), ast.Constant(value=counter, kind=None)], value)
        return self.at(ast.BoolOp(op=ast.Or(), values=[bump, value]), value)

    # -- statements

    def module(self, tree):
        scope = Scope(self.counter(), True)
        kept = 0
        while kept < len(tree.body) and ((kept == 0 and _documentation(tree.body[0])) or _future(tree.body[kept])):
            kept += 1
        if tree.body:
            tree.body = tree.body[:kept] + [self.count(scope.counter, tree.body[0])] + self.body(tree.body[kept:], scope)
        ast.fix_missing_locations(tree)
        return tree

    def body(self, statements, scope, shared=None):
        """`shared`: the counter of what contains them counts the first one, too."""
        made = []
        for node in statements:
            counter = shared if shared is not None else self.counter()
            if shared is None:
                made.append(self.count(counter, node))
            shared = None
            self.found["statements"].append({"place": self.place(node), "counter": counter, "static": scope.static})
            made.append(self.statement(node, Scope(counter, scope.static)))
        return made

    def statement(self, node, scope):
        if isinstance(node, FUNCTIONS):
            return self.function(node, scope)
        if isinstance(node, ast.ClassDef):
            node.bases = [self.value(base, scope) for base in node.bases]
            documented = 1 if _documentation(node.body[0]) else 0
            node.body = node.body[:documented] + self.body(node.body[documented:], scope)
            return node
        if isinstance(node, ast.If):
            return self.branching(node, scope)
        if isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
            return self.loop(node, scope)
        if isinstance(node, (ast.With, ast.AsyncWith)):
            for item in node.items:
                item.context_expr = self.value(item.context_expr, scope)
            node.body = self.body(node.body, scope)
            return node
        if type(node).__name__ in ("Try", "TryStar"):
            return self.guarded(node, scope)
        if type(node).__name__ == "Match":
            return self.match(node, scope)
        if isinstance(node, ast.Return):
            return self.returned(node, scope)
        if isinstance(node, ast.AugAssign):
            return self.augmented(node, scope)
        if isinstance(node, PLAIN) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            return node
        if isinstance(node, ast.Assign) and any(isinstance(each, ast.Name) and each.id == "__all__" for each in node.targets):
            return node
        return self.children(node, scope)

    def children(self, node, scope):
        for name, field in ast.iter_fields(node):
            if name in ("targets", "target", "annotation", "type_comment", "ctx", "op", "ops", "name", "type_params"):
                continue
            if isinstance(field, ast.expr):
                setattr(node, name, self.value(field, scope))
            elif isinstance(field, list):
                setattr(node, name, [self.value(item, scope) if isinstance(item, ast.expr) else item for item in field])
        return node

    def guarded(self, node, scope):
        node.body = self.body(node.body, scope)
        for handler in node.handlers:
            inner = Scope(self.counter(), scope.static)
            handler.body = [self.count(inner.counter, handler.body[0])] + self.body(handler.body, inner, inner.counter)
        node.orelse = self.body(node.orelse, scope)
        node.finalbody = self.body(node.finalbody, scope)
        return node

    def function(self, node, scope):
        node.args.defaults = [self.value(value, scope) for value in node.args.defaults]
        node.args.kw_defaults = [value if value is None else self.value(value, scope) for value in node.args.kw_defaults]
        inside = Scope(self.counter(), False)
        self.found["functions"].append({"name": node.name, "place": self.place(node), "counter": inside.counter})
        documented = 1 if _documentation(node.body[0]) else 0
        kept, rest = node.body[:documented], node.body[documented:]
        begin = [self.count(inside.counter, node.body[0])]
        if self.with_mutants and rest and not isinstance(rest[0], ast.Pass):
            number = self.mutant("BlockStatement", self.place(rest[0], rest[-1]), "pass", inside)
            begin.append(self.when(self.active(number, rest[0]), [ast.Return(value=None)], rest[0]))
        node.body = kept + begin + self.body(rest, inside, inside.counter)
        return node

    def block(self, body, scope, loop=False):
        """The body of a condition or a loop, with its counter and its removal."""
        first = body[0]
        begin = (self.step(first) if loop else []) + [self.count(scope.counter, first)]
        trivial = len(body) == 1 and isinstance(first, (ast.Pass, ast.Continue, ast.Break))
        place = self.place(first, body[-1])
        number = self.mutant("BlockStatement", place, "pass", scope) if self.with_mutants and not trivial else None
        made = self.body(body, scope, scope.counter)
        if number is None:
            return begin + made
        if loop:
            return begin + [self.when(self.active(number, first), [ast.Continue()], first)] + made
        return begin + [self.when(self.active(number, first, equal=False), made, first)]

    def branching(self, node, scope):
        then, other = self.counter(), self.counter()
        otherwise = self.place(node.orelse[0], node.orelse[-1]) if node.orelse else self.place(node)
        arms = [(self.place(node.body[0], node.body[-1]), then), (otherwise, other)]
        if _entry(node.test):
            self.branch("if", node, arms, scope, False)
            node.body = [self.count(then, node.body[0])] + node.body
            return node
        condition = self.condition()
        self.branch("if", node, arms, scope, True, condition)
        node.test = self.tested(node.test, scope, condition)
        node.body = self.block(node.body, Scope(then, scope.static))
        inner = Scope(other, scope.static)
        if not node.orelse:
            node.orelse = [self.count(other, node)]
        elif len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
            node.orelse = [self.count(other, node.orelse[0])] + self.body(node.orelse, inner, other)
        else:
            node.orelse = self.block(node.orelse, inner)
        return node

    def loop(self, node, scope):
        inside, after = self.counter(), self.counter()
        condition, endless = None, False
        if isinstance(node, ast.While):
            endless = isinstance(node.test, ast.Constant)
            if not endless:
                condition = self.condition()
                node.test = self.tested(node.test, scope, condition, loop=True)
        else:
            node.iter = self.value(node.iter, scope)
        arms = [(self.place(node.body[0], node.body[-1]), inside)]
        if not endless:
            arms.append((self.place(node), after))
        self.branch("loop", node, arms, scope, not endless, condition)
        node.body = self.block(node.body, Scope(inside, scope.static), loop=True)
        if node.orelse:
            node.orelse = [self.count(after, node.orelse[0])] + self.body(node.orelse, Scope(after, scope.static), after)
        elif not endless:
            node.orelse = [self.count(after, node)]
        return node

    def match(self, node, scope):
        node.subject = self.value(node.subject, scope)
        arms = []
        for case in node.cases:
            inner = Scope(self.counter(), scope.static)
            arms.append((self.place(case.body[0], case.body[-1]), inner.counter))
            if case.guard is not None:
                case.guard = self.tested(case.guard, scope, self.condition())
            case.body = [self.count(inner.counter, case.body[0])] + self.body(case.body, inner, inner.counter)
        self.branch("switch", node, arms, scope, True)
        return node

    def returned(self, node, scope):
        original = node.value
        if original is None:
            return node
        if self.with_mutants and isinstance(original, ast.Constant) and type(original.value) in (int, float):
            other = constant(original, original.value + 1)
            number = self.mutant("ReturnValue", self.place(original), repr(other.value), scope)
            node.value = self.switch(number, other, original)
            return node
        number = None
        if self.with_mutants and isinstance(original, RETURNED):
            number = self.mutant("ReturnValue", self.place(original), "None", scope)
        node.value = self.value(original, scope)
        if number is not None:
            node.value = self.switch(number, constant(original, None), node.value)
        return node

    def augmented(self, node, scope):
        swap = ARITHMETIC.get(type(node.op)) or BITWISE.get(type(node.op))
        raw = copy.deepcopy(node)
        node.value = self.value(node.value, scope)
        text = isinstance(raw.value, (ast.JoinedStr, ast.List)) or (
            isinstance(raw.value, ast.Constant) and isinstance(raw.value.value, (str, bytes))
        )
        if not self.with_mutants or swap is None or text:
            return node
        words = "%s %s= %s" % (self.text(raw.target), swap[1], self.text(raw.value))
        number = self.mutant("AssignmentOperator", self.place(raw), words, scope)
        raw.op = swap[0]()
        return self.when(self.active(number, node), [raw], node, [node])

    # -- expressions

    def tested(self, node, scope, condition, loop=False):
        """An expression that decides."""
        raw = copy.deepcopy(node)
        outcomes = []
        if self.with_mutants and not isinstance(node, (ast.Compare, ast.Constant)):
            for value in (False,) if loop else (True, False):
                number = self.mutant("ConditionalExpression", self.place(raw), str(value), scope)
                outcomes.append((number, constant(raw, value)))
        made = self.measured(node, scope) if condition is not None else self.value(node, scope)
        for number, value in outcomes:
            made = self.switch(number, value, made)
        if condition is not None:
            distances = ast.Name(id="_trowel_d", ctx=ast.Load())
            made = self.call("r", [distances, ast.Constant(value=condition, kind=None), made], raw)
        return made

    def measured(self, node, scope):
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            raw = copy.deepcopy(node)
            return self.mutated(raw, self.call("n", [self.measured(node.operand, scope)], node), scope)
        if isinstance(node, ast.BoolOp) and len(node.values) == 2:
            raw = copy.deepcopy(node)
            left, right = ("al", "ar") if isinstance(node.op, ast.And) else ("ol", "ow")
            counter = self.counter()
            arms = [(self.place(node.values[0]), scope.counter), (self.place(node.values[1]), counter)]
            self.branch("logical", raw, arms, scope, False)
            first = self.call(left, [self.measured(node.values[0], scope)], raw.values[0])
            second = self.measured(node.values[1], Scope(counter, scope.static))
            node.values = [first, self.call(right, [self.counted_value(counter, second)], raw.values[1])]
            return self.mutated(raw, node, scope)
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in COMPARE:
            return self.value(node, scope)
        return self.call("t", [self.value(node, scope)], node)

    def mutated(self, raw, made, scope):
        """Puts what may stand instead of an expression beside it."""
        if not self.with_mutants:
            return made
        for operator, other, words in mutations(raw, self.text):
            if same_code(raw, other):
                self.equivalent += 1
                continue
            made = self.switch(self.mutant(operator, self.place(raw), words, scope), other, made)
        return made

    def value(self, node, scope):
        kind = type(node)
        if kind is ast.Name:
            return node
        if kind is ast.JoinedStr:
            return self.mutated(copy.deepcopy(node), node, scope)
        if kind is ast.Starred:
            node.value = self.value(node.value, scope)
            return node
        if kind is ast.Lambda:
            return self.anonymous(node, scope)
        raw = copy.deepcopy(node) if self.with_mutants else None
        made = node
        if kind is ast.Compare and self.with_distances and len(node.ops) == 1 and type(node.ops[0]) in COMPARE:
            left, right = self.value(node.left, scope), self.value(node.comparators[0], scope)
            made = self.call(COMPARE[type(node.ops[0])], [left, right], node)
        elif kind is ast.IfExp:
            self.conditional(node, scope)
        elif kind is ast.BoolOp:
            self.logical(node, scope)
        elif kind in (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp):
            self.comprehension(node, scope)
        elif kind is ast.Call:
            seeks = self.with_distances and isinstance(node.func, ast.Attribute) and node.func.attr in SEEKING
            node.func = self.value(node.func, scope)
            if seeks:
                node.func = self.call("w", [node.func], node.func)
            node.args = [self.value(item, scope) for item in node.args]
            for keyword in node.keywords:
                keyword.value = self.value(keyword.value, scope)
        elif kind is ast.Dict:
            node.keys = [key if key is None or isinstance(key, ast.Constant) else self.value(key, scope) for key in node.keys]
            node.values = [self.value(item, scope) for item in node.values]
        elif kind is ast.Subscript:
            node.value = self.value(node.value, scope)
            self.indexed(node, scope)
        elif kind is not ast.Constant:
            self.children(node, scope)
        return self.mutated(raw, made, scope) if raw is not None else made

    def indexed(self, node, scope):
        index = node.slice
        if type(index).__name__ == "Slice":
            for name in ("lower", "upper", "step"):
                part = getattr(index, name)
                if part is not None:
                    setattr(index, name, self.value(part, scope))
        elif type(index).__name__ == "Index" and not isinstance(index.value, (ast.Constant, ast.Tuple)):
            index.value = self.value(index.value, scope)
        elif isinstance(index, ast.expr) and not isinstance(index, (ast.Constant, ast.Tuple)):
            node.slice = self.value(index, scope)

    def anonymous(self, node, scope):
        inner = Scope(self.counter(), False)
        self.found["functions"].append({"name": "", "place": self.place(node), "counter": inner.counter})
        number, raw = None, copy.copy(node.body)
        if self.with_mutants and not (isinstance(raw, ast.Constant) and raw.value is None):
            number = self.mutant("ArrowFunction", self.place(node), "lambda: None", inner)
        made = self.value(node.body, inner)
        if number is not None:
            made = self.switch(number, constant(raw, None), made)
        node.body = self.counted_value(inner.counter, made)
        return node

    def conditional(self, node, scope):
        arms = [self.counter(), self.counter()]
        places = [(self.place(node.body), arms[0]), (self.place(node.orelse), arms[1])]
        condition = self.condition()
        self.branch("conditional", node, places, scope, False, condition)
        node.test = self.tested(node.test, scope, condition)
        node.body = self.counted_value(arms[0], self.value(node.body, Scope(arms[0], scope.static)))
        node.orelse = self.counted_value(arms[1], self.value(node.orelse, Scope(arms[1], scope.static)))

    def logical(self, node, scope):
        arms = [(self.place(node.values[0]), scope.counter)]
        values = [self.value(node.values[0], scope)]
        for item in node.values[1:]:
            counter = self.counter()
            arms.append((self.place(item), counter))
            values.append(self.counted_value(counter, self.value(item, Scope(counter, scope.static))))
        self.branch("logical", node, arms, scope, False)
        node.values = values

    def comprehension(self, node, scope):
        for generator in node.generators:
            generator.iter = self.value(generator.iter, scope)
            generator.ifs = [self.tested(test, scope, self.condition()) for test in generator.ifs]
        if isinstance(node, ast.DictComp):
            node.key, node.value = self.value(node.key, scope), self.value(node.value, scope)
        else:
            node.elt = self.value(node.elt, scope)

    def description(self):
        return dict(self.found, counters=self.counters, conditions=self.conditions)


def _documentation(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _future(node):
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def _entry(test):
    """`if __name__ == "__main__"` and `if TYPE_CHECKING`: nothing of these runs in a test."""
    words = ast.dump(test)
    return "'__main__'" in words or "TYPE_CHECKING" in words


def instrument(source, path, file_id, first_mutant=1, mutants=True, distances=False):
    """Code to run, and what is known of the file (`InstrumentedFile` as plain data)."""
    instrumenter = Instrumenter(source, file_id, first_mutant, mutants, distances)
    tree = instrumenter.module(ast.parse(source, path))
    return compile(tree, path, "exec", dont_inherit=True), instrumenter.description()
