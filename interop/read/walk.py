"""A walk over the statements of a pasted text: what each imports, names or makes, scope by scope."""

import ast
import copy
import re
from typing import Any

from interop.read.bindings import FUNCTIONS, bound_names, calls_behind, place
from interop.read.calls import Found, Setting, notice
from interop.read.changes import SETS_RATE, changes_gradients
from interop.read.functions import recognised
from interop.read.libraries import names_of
from interop.read.places import decided
from interop.read.tree import Values, dotted, inner_statements, own_expressions, source
from interop.read.words import Notes, excerpt


def walk(body: list[ast.stmt], values: Values, parts: Found, notes: Notes) -> None:
    """Read all statements in the order of the text, and add what matters to `parts` and `notes`.

    Names inside a function are its own. `values` holds the names known at each place.
    """
    for at, statement in enumerate(body):
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                _take(statement, values, parts, notes)
                _walk_function(statement, "", bound_names(body[at + 1 :]), values, parts, notes)
            case ast.ClassDef():
                _take(statement, values, parts, notes)
                _walk_class(statement, bound_names(body[at + 1 :]), values, parts, notes)
            case ast.If() | ast.Try() | ast.Match():
                _take(statement, values, parts, notes)
                branch = _walk_branches(statement, values, parts, notes)
                if branch and isinstance(branch[-1], ast.Return):
                    return  # what follows is not run
            case ast.For() | ast.AsyncFor() | ast.While():
                before = dict(values.assigned)
                _forget_what_goes_round(statement, before, values)
                _take(statement, values, parts, notes)
                walk(inner_statements(statement), values, parts, notes)
                _forget_what_goes_round(statement, before, values)
            case ast.Return():
                _take(statement, values, parts, notes)
                return
            case _:
                _take(statement, values, parts, notes)
                walk(inner_statements(statement), values, parts, notes)


def _walk_class(
    statement: ast.ClassDef, later: dict[str, list[ast.AST]], values: Values, parts: Found, notes: Notes
) -> None:
    """Read a class. Its names are attributes of `self` in its methods, and unknown outside."""
    outside = dict(values.assigned)
    values.assigned = {name: node for name, node in outside.items() if not name.startswith("self.")}
    methods = [part for part in statement.body if isinstance(part, FUNCTIONS)]
    # unknown in all methods, since the order of their calls is not known
    changing = _attributes_of_two_methods(methods) | {f"self.{name}" for name in values.bindings.set_outside}
    for part in statement.body:
        before = dict(values.assigned)
        if part in methods:
            for name in changing & values.assigned.keys():
                values.forget(name)
            if part.name in HOOKS:
                notes.append(f"`{part.name}` was left out: nothing is run here, and it may change the path.")
            _take(part, values, parts, notes)
            _walk_function(part, statement.name, later, values, parts, notes)
            continue
        walk([part], values, parts, notes)
        new = {name: node for name, node in values.assigned.items() if before.get(name) is not node}
        values.assigned = before | {f"self.{name}": node for name, node in new.items()}
    values.assigned = outside


HOOKS = (
    *("optimizer_step", "lr_scheduler_step", "configure_gradient_clipping", "on_before_optimizer_step"),
    *("on_after_backward", "optimizer_zero_grad", "create_optimizer", "create_scheduler", "apply_gradients"),
)
"""Methods by which a class of Lightning, Transformers or Keras changes how a step is taken."""


def _attributes_of_two_methods(methods: list[Any]) -> set[str]:
    """Attributes to which several methods assign different values, so that the value at a time is not known."""
    given: dict[str, set[str]] = {}
    for method in methods:
        for name, bound in bound_names(method.body).items():
            if name.startswith("self."):
                given.setdefault(name, set()).add(f"{method.name} {[ast.dump(node) for node in bound]}")
    return {name for name, ways in given.items() if len(ways) > 1}


def _walk_function(
    function: ast.FunctionDef | ast.AsyncFunctionDef,
    owner: str,
    later: dict[str, list[ast.AST]],
    values: Values,
    parts: Found,
    notes: Notes,
) -> None:
    """Read a function. Its parameters stand for the arguments of its calls in the text, or else for their defaults."""
    outside = dict(values.assigned)
    for name, bound in later.items():  # when it is called, a name around it may be another one
        if name in outside and any(ast.dump(node) != ast.dump(outside[name]) for node in bound):
            values.forget(name)
    called = values.bindings.is_called(function, owner)
    for name, node in values.bindings.parameters(function, owner).items():
        values.forget(name)
        if node is not None:
            values.assigned[name] = copy.copy(node)
            if not called:
                values.origins[id(values.assigned[name])] = (
                    f"`{name}` is {excerpt(source(node))}, the default of `{owner or function.name}`; "
                    "nothing in this text calls it with another."
                )
    if "self.save_hyperparameters()" in source(function):  # Lightning keeps them by their names
        for name in values.bindings.parameters(function, owner):
            values.assigned[f"self.hparams.{name}"] = values.assigned[name]
    walk(function.body, values, parts, notes)
    attributes = {name: node for name, node in values.assigned.items() if name.startswith("self.")}
    of_module = values.of_module
    values.assigned = {name: node for name, node in outside.items() if name not in of_module} | attributes
    for name in of_module:
        values.forget(name)
    values.of_module = set()


def _forget_what_goes_round(
    statement: ast.For | ast.AsyncFor | ast.While, before: dict[str, ast.expr], values: Values
) -> None:
    """Forget the names to which a loop assigns another value than before: it depends on the round."""
    for name, bound in bound_names([statement]).items():
        if name in before and any(ast.dump(node) != ast.dump(before[name]) for node in bound):
            values.forget(name)


def _walk_branches(
    statement: ast.If | ast.Try | ast.Match, values: Values, parts: Found, notes: Notes
) -> list[ast.stmt] | None:
    """Each branch from the names before it; afterwards a name that depends on the branch is no longer known.

    Returns:
        The only branch that is run, where written values decide that.
    """
    if isinstance(statement, ast.If) and (holds := decided(statement.test, values, notes)) is not None:
        values.bindings.decided[place(statement)] = holds
        walk(statement.body if holds else statement.orelse, values, parts, notes)
        return statement.body if holds else statement.orelse
    before = dict(values.assigned)
    match statement:
        case ast.If(test=test, body=body, orelse=orelse):
            branches, word = [body, orelse], source(test)
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
        if (name in before and len(given) < len(ends)) or any(dotted(node) == name for node in given):
            values.forget(name)  # one branch makes something of it that cannot be read
            continue
        if len({ast.dump(node) for node in given}) == 1:
            values.assigned[name] = given[0]
        elif any(_choices_in(node) > MAX_CHOICES for node in given):
            values.forget(name)
        else:
            values.assigned[name] = _choice(word, given)
    return None


MAX_CHOICES = 8
"""The most conditions that the note on a name shows; with more, the name is shown alone."""


def _choices_in(node: ast.expr) -> int:
    """The number of conditions in a chain of conditional expressions."""
    count = 0
    while isinstance(node, ast.IfExp):
        count, node = count + 1, node.orelse
    return count


def _choice(word: str, given: list[ast.expr]) -> ast.expr:
    """A conditional expression as `0.5 if fast else 0.1`: it is quoted in notes, and not read as a number."""
    chosen = given[-1]
    for node in reversed(given[:-1]):
        chosen = ast.IfExp(test=ast.Name(id=word), body=node, orelse=chosen)
    return chosen


def _take(statement: ast.stmt, values: Values, parts: Found, notes: Notes) -> None:
    """Read one statement: what it imports, names or makes."""
    values.reads = 0
    match statement:
        case ast.Import() | ast.ImportFrom():
            values.imported.update(_imported(statement))
            for short in _imported(statement):
                values.assigned.pop(short, None)
            if isinstance(statement, ast.ImportFrom) and any(entry.name == "*" for entry in statement.names):
                module = statement.module or ""
                values.imported.update({name: f"{module}.{name}" for name in names_of(module)})
                if not LIBRARIES.match(module):
                    _forget_all(values)
            return
        case ast.FunctionDef():
            values.functions[statement.name] = recognised(statement, values, notes)
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            values.of_module |= set(names)
    # the right side is read with the names as they were before
    parts.gradients = changes_gradients(statement, values, notes)
    name = _name_of(statement)
    alone = isinstance(statement, (ast.Expr, ast.Assign, ast.AnnAssign)) and statement.value is not None
    for expression in own_expressions(statement):
        whole = alone and expression is statement.value  # type: ignore[attr-defined]
        notice(expression, name, whole, values, parts, notes)
        _take_inline_names(expression, values, notes)
        _forget_what_calls_set(expression, values)
    if ANY_NAME.search(source(getattr(statement, "targets", [ast.Constant(0)])[0])):
        _forget_all(values)
    match statement:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                _bind(target, value, statement, values, parts)
            for target in targets:
                _sets_rate(target, value, statement, values, parts, notes)
                _assign(target, value, values)
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            _bind(target, value, statement, values, parts)
            _assign(target, value, values)
        case ast.AugAssign(target=target, value=value):
            _sets_rate(target, value, statement, values, parts, notes)
            _forget(target, values)
            if (word := dotted(target)) is not None:
                values.changes[word] = source(statement)
        case ast.For(target=target) | ast.AsyncFor(target=target):
            _forget(target, values)
        case ast.With(items=items) | ast.AsyncWith(items=items):
            for item in items:
                if item.optional_vars is not None:
                    _forget(item.optional_vars, values)
        case ast.Delete(targets=targets):
            for target in targets:
                _forget(target, values)


LIBRARIES = re.compile(
    r"(torch|tensorflow|keras|jax|optax|flax|numpy|math|random|typing|matplotlib|fastai|mlx|transformers|pylab)\b"
)
"""Modules that may be imported with * without making the text's own names uncertain."""

ANY_NAME = re.compile(r"^(globals|locals|vars)\(")


def _forget_all(values: Values) -> None:
    for name in [*values.assigned]:
        values.forget(name)


def _forget_what_calls_set(expression: ast.expr, values: Values) -> None:
    """Forget the names that a call may change: `exec(…)` all, `setattr(a, "lr", 1)` one, a method its object's."""
    for call in (part for part in ast.walk(expression) if isinstance(part, ast.Call)):
        word = dotted(call.func) or ""
        receiver, _, last = word.rpartition(".")
        if word in ("exec", "eval") or re.match(r"(globals|locals|vars)\(.*\.update$", source(call.func)):
            _forget_all(values)
        elif word == "setattr" and len(call.args) == 3:
            known = call.args[1].value if isinstance(call.args[1], ast.Constant) else None
            for name in [name for name in values.assigned if "." in name]:
                if known is None or name.rpartition(".")[2] == known:
                    values.forget(name)
        for attribute in values.bindings.stores.get(last, ()) if receiver else ():
            if f"{receiver}.{attribute}" in values.assigned:
                values.forget(f"{receiver}.{attribute}")


def _take_inline_names(expression: ast.expr, values: Values, notes: Notes) -> None:
    """Assign the names of `(lr := 0.1)` within an expression; forget them if that part may not run."""
    inner = [*ast.walk(expression)]
    for node in inner:
        if isinstance(node, ast.NamedExpr) and any(isinstance(part, MAY_LEAVE_OUT) for part in inner):
            _forget(node.target, values)
        elif isinstance(node, ast.NamedExpr):
            _assign(node.target, node.value, values)


MAY_LEAVE_OUT = (ast.IfExp, ast.BoolOp, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def _name_of(statement: ast.stmt) -> str:
    """The last part of the name that a statement assigns to, "" if it assigns to none."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
    return (dotted(target) or "").rpartition(".")[2] if target is not None else ""


def _imported(statement: ast.Import | ast.ImportFrom) -> dict[str, str]:
    before = f"{statement.module}." if isinstance(statement, ast.ImportFrom) and statement.module else ""
    named = [(entry.asname or entry.name, before + entry.name) for entry in statement.names]
    return {short: long for short, long in named if short.isidentifier()}


def _bind(target: ast.expr, value: ast.expr, statement: ast.stmt, values: Values, parts: Found) -> None:
    """Keep which optimizer a name is given."""
    if isinstance(target, (ast.Tuple, ast.List)):
        given = value.elts if isinstance(value, (ast.Tuple, ast.List)) else []
        if len(given) == len(target.elts):
            for name, part in zip(target.elts, given, strict=True):
                _bind(name, part, statement, values, parts)
    elif (word := dotted(target)) is not None and (places := calls_behind(value, values, parts.places)):
        parts.bound.setdefault(word.rpartition(".")[2], []).append((places, statement))


def _assign(target: ast.expr, value: ast.expr, values: Values) -> None:
    """What a name stands for from here on; names side by side, each its part."""
    if isinstance(target, (ast.Tuple, ast.List)):
        parts = value.elts if isinstance(value, (ast.Tuple, ast.List)) else []
        for index, part in enumerate(target.elts):
            if len(parts) == len(target.elts):
                _assign(part, parts[index], values)
            else:
                _forget(part, values)
        return
    if (word := dotted(target)) is not None:
        # names on the right side keep the values that they have now, whatever they are given later
        frozen = _AsOfNow(values).visit(copy.deepcopy(value))
        for name in [name for name in values.assigned if name.startswith(f"{word}.")]:
            # attributes of the object that the name stood for before
            del values.assigned[name]
        values.assigned[word] = frozen
        values.functions.pop(word, None)
    elif isinstance(target, ast.Starred):
        _forget(target, values)


def _forget(target: ast.AST, values: Values) -> None:
    for part in ast.walk(target):
        if (word := dotted(part)) is not None and not isinstance(getattr(part, "ctx", None), ast.Load):
            values.forget(word)
            values.functions.pop(word, None)


class _AsOfNow(ast.NodeTransformer):
    """Replaces each name by its present value, as needed for `opt = chain(clip(1.0), opt)`."""

    def __init__(self, values: Values) -> None:
        self.values = values

    def _replaced(self, node: ast.expr) -> ast.AST:
        word = dotted(node)
        if word is None or word not in self.values.assigned:
            return self.generic_visit(node)
        return ast.copy_location(ast.Name(id=self.values.version(word)), node)

    visit_Name = visit_Attribute = _replaced  # noqa: N815

    def _own_names(self, node: ast.AST) -> ast.AST:
        """Leave nodes with names of their own unchanged."""
        return node

    visit_Lambda = visit_ListComp = visit_GeneratorExp = visit_SetComp = visit_DictComp = _own_names  # noqa: N815


def _sets_rate(
    target: ast.expr, value: ast.expr, statement: ast.stmt, values: Values, parts: Found, notes: Notes
) -> None:
    """A line such as `optimizer.learning_rate = 0.1` or `group["lr"] *= 0.5`: once before training it counts."""
    if isinstance(target, (ast.Tuple, ast.List)):
        for part in target.elts:
            _sets_rate(part, ast.Constant(None), statement, values, parts, notes)
        return
    written = source(target)
    if not (SETS_RATE.search(written) or ".hyperparams" in written):
        return
    if not re.search("opt|group|hyperparams|^g\\[", written) and not _owner(target, values, parts):
        return
    note = f"`{excerpt(written)} = …` was left out: it changes the optimizer while training runs."
    operator = type(statement.op) if isinstance(statement, ast.AugAssign) else None
    parts.settings.append(Setting(statement, _owner(target, values, parts), values.read(value), operator, note))


RATES = ("lr", "learning_rate")


def _owner(target: ast.expr, values: Values, parts: Found) -> list[tuple[int, int]]:
    """The optimizer whose rate `opt.learning_rate` or `opt.param_groups[0]["lr"]` is."""
    match target:
        case ast.Attribute(value=owner, attr=name) if name in RATES:
            return calls_behind(owner, values, parts.places)
        case ast.Subscript(
            value=ast.Subscript(value=ast.Attribute(value=owner, attr="param_groups"), slice=ast.Constant(value=0)),
            slice=ast.Constant(value="lr"),
        ):
            return calls_behind(owner, values, parts.places)
    return []
