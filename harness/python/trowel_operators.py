"""What may stand instead of a piece of Python. Names are Stryker's where it has the operator."""

import ast
import copy

ARITHMETIC = {
    ast.Add: (ast.Sub, "-"),
    ast.Sub: (ast.Add, "+"),
    ast.Mult: (ast.Div, "/"),
    ast.Div: (ast.Mult, "*"),
    ast.FloorDiv: (ast.Mult, "*"),
    ast.Mod: (ast.Mult, "*"),
    ast.Pow: (ast.Mult, "*"),
}
BITWISE = {
    ast.LShift: (ast.RShift, ">>"),
    ast.RShift: (ast.LShift, "<<"),
    ast.BitAnd: (ast.BitOr, "|"),
    ast.BitOr: (ast.BitAnd, "&"),
    ast.BitXor: (ast.BitAnd, "&"),
}
COMPARISON = {
    ast.Lt: ((ast.LtE, "<="), (ast.GtE, ">=")),
    ast.LtE: ((ast.Lt, "<"), (ast.Gt, ">")),
    ast.Gt: ((ast.GtE, ">="), (ast.LtE, "<=")),
    ast.GtE: ((ast.Gt, ">"), (ast.Lt, "<")),
    ast.Eq: ((ast.NotEq, "!="),),
    ast.NotEq: ((ast.Eq, "=="),),
    ast.Is: ((ast.IsNot, "is not"),),
    ast.IsNot: ((ast.Is, "is"),),
    ast.In: ((ast.NotIn, "not in"),),
    ast.NotIn: ((ast.In, "in"),),
}
#: An empty name: the call goes and its object stays.
METHODS = {
    "startswith": "endswith",
    "endswith": "startswith",
    "upper": "lower",
    "lower": "upper",
    "lstrip": "rstrip",
    "rstrip": "lstrip",
    "strip": "",
    "capitalize": "",
    "title": "",
    "copy": "",
    "removeprefix": "",
    "removesuffix": "",
}
FUNCTIONS = {"any": "all", "all": "any", "min": "max", "max": "min"}
DROPPED = {"sorted", "reversed", "abs"}
FILLER = "Trowel was here!"


def joins_text(node):
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes))):
        return True
    return isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Mod)) and (
        joins_text(node.left) or (isinstance(node.op, ast.Add) and joins_text(node.right))
    )


def _replaced(node, **fields):
    made = copy.deepcopy(node)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def constant(node, value):
    return ast.copy_location(ast.Constant(value=value, kind=None), node)


def mutations(node, text):
    """Triples of operator, new node and its text; `text(node)` gives a node's source on one line."""
    kind = type(node)
    if kind is ast.BinOp:
        swap = ARITHMETIC.get(type(node.op)) or BITWISE.get(type(node.op))
        if swap is None or joins_text(node):
            return
        name = "ArithmeticOperator" if type(node.op) in ARITHMETIC else "BitwiseOperator"
        yield name, _replaced(node, op=swap[0]()), "%s %s %s" % (text(node.left), swap[1], text(node.right))
    elif kind is ast.Compare:
        if len(node.ops) == 1:
            for other, sign in COMPARISON.get(type(node.ops[0]), ()):
                words = "%s %s %s" % (text(node.left), sign, text(node.comparators[0]))
                yield "EqualityOperator", _replaced(node, ops=[other()]), words
        yield "ConditionalExpression", constant(node, True), "True"
        yield "ConditionalExpression", constant(node, False), "False"
    elif kind is ast.BoolOp:
        other, sign = (ast.Or, "or") if isinstance(node.op, ast.And) else (ast.And, "and")
        yield "LogicalOperator", _replaced(node, op=other()), (" %s " % sign).join(text(value) for value in node.values)
    elif kind is ast.UnaryOp:
        if isinstance(node.op, ast.Not):
            yield "BooleanLiteral", copy.deepcopy(node.operand), text(node.operand)
        elif isinstance(node.op, ast.USub):
            yield "UnaryOperator", _replaced(node, op=ast.UAdd()), "+" + text(node.operand)
        elif isinstance(node.op, ast.UAdd):
            yield "UnaryOperator", _replaced(node, op=ast.USub()), "-" + text(node.operand)
        else:
            yield "UnaryOperator", copy.deepcopy(node.operand), text(node.operand)
    elif kind is ast.Constant:
        if node.value is True or node.value is False:
            yield "BooleanLiteral", constant(node, not node.value), str(not node.value)
        elif isinstance(node.value, str):
            other = "" if node.value else FILLER
            yield "StringLiteral", constant(node, other), repr(other)
        elif isinstance(node.value, bytes):
            other = b"" if node.value else FILLER.encode()
            yield "StringLiteral", constant(node, other), repr(other)
    elif kind is ast.JoinedStr:
        yield "StringLiteral", constant(node, ""), '""'
    elif kind is ast.List:
        elements = [] if node.elts else [constant(node, FILLER)]
        made = ast.copy_location(ast.List(elts=elements, ctx=ast.Load()), node)
        yield "ArrayDeclaration", made, "[]" if node.elts else '["%s"]' % FILLER
    elif kind is ast.Dict and node.keys:
        yield "ObjectLiteral", ast.copy_location(ast.Dict(keys=[], values=[]), node), "{}"
    elif kind is ast.Call:
        for found in _calls(node, text):
            yield found


def _calls(node, text):
    function = node.func
    if isinstance(function, ast.Attribute) and function.attr in METHODS:
        other = METHODS[function.attr]
        if other == "":
            yield "MethodExpression", copy.deepcopy(function.value), text(function.value)
        else:
            head = text(function)
            words = head[: len(head) - len(function.attr)] + other + text(node)[len(head) :]
            yield "MethodExpression", _replaced(node, func=_replaced(function, attr=other)), words
    elif isinstance(function, ast.Name) and node.args and not isinstance(node.args[0], ast.Starred):
        if function.id in FUNCTIONS:
            other = FUNCTIONS[function.id]
            made = _replaced(node, func=ast.copy_location(ast.Name(id=other, ctx=ast.Load()), function))
            yield "MethodExpression", made, other + text(node)[len(function.id) :]
        elif function.id in DROPPED:
            yield "MethodExpression", copy.deepcopy(node.args[0]), text(node.args[0])


def same_code(one, other):
    """Whether the compiler makes the same of two expressions."""
    try:
        codes = []
        for node in (one, other):
            tree = ast.Expression(body=copy.deepcopy(node))
            ast.fix_missing_locations(tree)
            codes.append(compile(tree, "part", "eval"))
        return _equal(codes[0], codes[1])
    except (SyntaxError, ValueError, TypeError):
        return False


def _equal(one, other):
    if one.co_code != other.co_code or one.co_names != other.co_names or len(one.co_consts) != len(other.co_consts):
        return False
    for left, right in zip(one.co_consts, other.co_consts):
        if hasattr(left, "co_code"):
            if not hasattr(right, "co_code") or not _equal(left, right):
                return False
        elif type(left) is not type(right) or left != right:
            return False
    return True
