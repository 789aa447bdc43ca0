"""The statements of a pasted text in their order: what each imports, names or makes, scope by scope."""

import ast
import copy

from interop.read.calls import SETS_RATE, Found, changes_gradients, notice
from interop.read.functions import recognised
from interop.read.libraries import names_of
from interop.read.tree import Values, dotted, inner_statements, own_expressions, source
from interop.read.words import Notes, excerpt


def walk(body: list[ast.stmt], values: Values, parts: Found, notes: Notes, *, of_class: bool = False) -> None:
    """Every statement in the order of the text; names inside of a function are its own, those of a class `self`'s."""
    for statement in body:
        before = dict(values.assigned)
        _take(statement, values, parts, notes)
        if of_class and isinstance(statement, (ast.Assign, ast.AnnAssign)):
            new = {name: node for name, node in values.assigned.items() if before.get(name) is not node}
            values.assigned = before | {f"self.{name}": node for name, node in new.items()}
        if isinstance(statement, (ast.If, ast.Try, ast.Match)):
            _walk_branches(statement, values, parts, notes)
            continue
        if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            walk(inner_statements(statement), values, parts, notes)
            if isinstance(statement, (ast.For, ast.AsyncFor, ast.While)):
                _forget_what_goes_round(before, values)
            continue
        outside = dict(values.assigned)
        if not isinstance(statement, ast.ClassDef):
            _parameters(statement, values)
        walk(statement.body, values, parts, notes, of_class=isinstance(statement, ast.ClassDef))
        attributes = {name: node for name, node in values.assigned.items() if name.startswith("self.")}
        values.assigned = {name: node for name, node in outside.items() if name not in values.of_module} | attributes
        values.of_module = set()


def _forget_what_goes_round(before: dict[str, ast.expr], values: Values) -> None:
    """Of a name that a loop makes from itself, as `lr = lr * 0.5`, nobody knows how often."""
    for name, node in list(values.assigned.items()):
        is_new = before.get(name) is not node
        if is_new and any((dotted(part) or "").startswith(f"{name}′") for part in ast.walk(node)):
            del values.assigned[name]


def _walk_branches(statement: ast.If | ast.Try | ast.Match, values: Values, parts: Found, notes: Notes) -> None:
    """Each branch from the names before it; afterwards a name that depends on the branch is no longer known."""
    before = dict(values.assigned)
    match statement:
        case ast.If(test=test, body=body, orelse=orelse):
            branches, word = [body, orelse], source(test)
            if word.startswith("__name__ ==") or word in ("True", "1"):
                branches = [body]
        case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=last):
            branches, word = [[*body, *orelse, *last], *(handler.body for handler in handlers)], "an error"
        case ast.Match(subject=subject, cases=cases):
            branches, word = [*(case.body for case in cases), []], source(subject)
    ends = []
    for branch in branches:
        values.assigned = dict(before)
        walk(branch, values, parts, notes)
        ends.append(values.assigned)
    values.assigned = {}
    for name in dict.fromkeys(name for end in ends for name in end):
        given = [end[name] for end in ends if name in end]
        if name in before and len(given) < len(ends):
            continue  # one branch makes something of it that cannot be read
        alike = len({ast.dump(node) for node in given}) == 1
        values.assigned[name] = given[0] if alike else _choice(word, given)


def _choice(word: str, given: list[ast.expr]) -> ast.expr:
    """`0.5 if fast else 0.1`, which nobody decides here: it is shown as it is, and not read as a number."""
    chosen = given[-1]
    for node in reversed(given[:-1]):
        chosen = ast.IfExp(test=ast.Name(id=word), body=node, orelse=chosen)
    return chosen


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef, values: Values) -> None:
    """A parameter stands for its default, or for nothing that is known, whatever has its name outside."""
    given = function.args
    plain_arguments = [*given.posonlyargs, *given.args]
    without = [None] * (len(plain_arguments) - len(given.defaults))
    pairs = [*zip(plain_arguments, [*without, *given.defaults], strict=True)]
    pairs += zip(given.kwonlyargs, given.kw_defaults, strict=True)
    for argument, default in pairs:
        values.assigned.pop(argument.arg, None)
        if default is not None:
            values.assigned[argument.arg] = default


def _take(statement: ast.stmt, values: Values, parts: Found, notes: Notes) -> None:
    """Note what a statement imports, names or makes."""
    values.reads = 0
    match statement:
        case ast.Import() | ast.ImportFrom():
            values.imported.update(_imported(statement))
            for short in _imported(statement):
                values.assigned.pop(short, None)
            if isinstance(statement, ast.ImportFrom) and any(entry.name == "*" for entry in statement.names):
                module = statement.module or ""
                values.imported.update({name: f"{module}.{name}" for name in names_of(module)})
            return
        case ast.FunctionDef():
            values.functions[statement.name] = recognised(statement, values, notes)
        case ast.ClassDef():
            values.classes.add(statement.name)
        case ast.Global(names=names):
            values.of_module |= set(names)
    # the right side is read with the names as they were before
    parts.gradients = changes_gradients(statement, notes)
    name = _name_of(statement)
    alone = isinstance(statement, (ast.Expr, ast.Assign, ast.AnnAssign)) and statement.value is not None
    for expression in own_expressions(statement):
        whole = alone and expression is statement.value  # type: ignore[attr-defined]
        notice(expression, name, whole, values, parts, notes)
    match statement:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                _assign(target, value, values, notes)
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            _assign(target, value, values, notes)
        case ast.AugAssign(target=target):
            _sets_rate(target, notes)
            values.assigned.pop(dotted(target) or "", None)
        case ast.For(target=target):
            for part in ast.walk(target):
                values.assigned.pop(dotted(part) or "", None)


def _name_of(statement: ast.stmt) -> str:
    """The last part of the name that a statement assigns to; nothing if it does not."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
    return (dotted(target) or "").rpartition(".")[2] if target is not None else ""


def _imported(statement: ast.Import | ast.ImportFrom) -> dict[str, str]:
    before = f"{statement.module}." if isinstance(statement, ast.ImportFrom) and statement.module else ""
    named = [(entry.asname or entry.name, before + entry.name) for entry in statement.names]
    return {short: long for short, long in named if short.isidentifier()}


def _assign(target: ast.expr, value: ast.expr, values: Values, notes: Notes) -> None:
    """What a name stands for from here on; names side by side, each its part."""
    if isinstance(target, (ast.Tuple, ast.List)):
        parts = value.elts if isinstance(value, (ast.Tuple, ast.List)) else []
        for index, part in enumerate(target.elts):
            if len(parts) == len(target.elts):
                _assign(part, parts[index], values, notes)
            else:
                values.assigned.pop(dotted(part) or "", None)
        return
    _sets_rate(target, notes)
    if (word := dotted(target)) is not None:
        values.assigned[word] = _with_what_it_was(word, value, values)
        values.functions.pop(word, None)


class _Earlier(ast.NodeTransformer):
    """Puts another name in the place of a dotted word."""

    def __init__(self, word: str, earlier: str) -> None:
        self.word, self.earlier = word, earlier

    def _replaced(self, node: ast.expr) -> ast.AST:
        if dotted(node) != self.word:
            return self.generic_visit(node)
        return ast.copy_location(ast.Name(id=self.earlier), node)

    visit_Name = visit_Attribute = _replaced  # noqa: N815


def _with_what_it_was(word: str, value: ast.expr, values: Values) -> ast.expr:
    """`opt = chain(clip(1.0), opt)`: the name on the right is what it was before, kept under a name of its own."""
    if word not in values.assigned or not any(dotted(part) == word for part in ast.walk(value)):
        return value
    count = sum(1 for name in values.assigned if name.startswith(f"{word}′"))
    earlier = f"{word}′{count}"
    values.assigned[earlier] = values.assigned[word]
    return _Earlier(word, earlier).visit(copy.deepcopy(value))  # type: ignore[no-any-return]


def _sets_rate(target: ast.expr, notes: Notes) -> None:
    """A line such as `optimizer.learning_rate = 0.1` or `group["lr"] *= 0.5`, which nobody runs here."""
    written = source(target)
    if SETS_RATE.search(written) and ("opt" in written or "group" in written or written.startswith("g[")):
        notes.append(f"`{excerpt(written)} = …` was left out: it changes the optimizer while training runs.")
