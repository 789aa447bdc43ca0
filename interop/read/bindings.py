"""What names are bound to in a whole text: parameters of functions by their calls, options by their defaults."""

import ast
import contextlib
import re
from collections.abc import Container, Iterable, Iterator

from interop.read.tree import Values, dotted, is_number, source

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SCOPES = (*FUNCTIONS, ast.ClassDef, ast.Lambda)


class Bindings:
    """The bindings of a whole text, collected before its statements are read in order.

    Attributes:
        classes: the text's own classes by name, with the names of their bases.
        functions: the text's own functions by name, without methods.
        definitions: all of these by name, with what they say.
        decided: the conditions that written values decide, by where they begin, and how.
        gradients: the names of gradients.
        weights: the names of what is trained.
        options: what `args.lr` is without a command line, by its whole word; None where there are two of a name.
    """

    def __init__(self, body: list[ast.stmt]) -> None:
        self.nodes = nodes = [node for statement in body for node in ast.walk(statement)]
        self.classes = {node.name: [*map(dotted, node.bases)] for node in nodes if isinstance(node, ast.ClassDef)}
        # nodes are told apart by identity: two equal ones may stand in different places
        methods = {id(part) for node in nodes if isinstance(node, ast.ClassDef) for part in node.body}
        own = (node for node in nodes if isinstance(node, FUNCTIONS) and id(node) not in methods)
        self.functions = {node.name: node for node in own}
        self.definitions = {node.name: node for node in nodes if isinstance(node, (*FUNCTIONS, ast.ClassDef))}
        self.owners = [(node, "") for node in self.functions.values()]
        for node in (node for node in nodes if isinstance(node, ast.ClassDef)):
            self.owners += [(part, node.name) for part in node.body if isinstance(part, FUNCTIONS)]
        self.calls = [node for node in nodes if isinstance(node, ast.Call)]
        callees = {id(call.func) for call in self.calls}
        words = (node for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
        # a function that is named without being called may be called anywhere, with anything
        self.handed_on = {node.id for node in words if id(node) not in callees}
        self._aliases: dict[str, set[str]] = {}
        self.counts = _counts(nodes)
        self.constants = _constants(body, self.counts)
        self.stores = _stores(nodes)
        self.set_outside = _set_outside(nodes, self.classes)
        self.options = _options(nodes, self.calls)
        self.decided: dict[tuple[int, int], bool] = {}
        self.gradients = _gradients(nodes, self.calls)
        self.weights = _weights(nodes, self.calls)

    def is_only_read(self, word: str) -> bool:
        """Whether a dict is bound once and then only looked up in: never changed, and passed to nobody."""
        if self.counts.get(word) != 1:
            return False
        lookups = [node for node in self.nodes if isinstance(node, ast.Subscript) and dotted(node.value) == word]
        read_only = {id(node.value) for node in lookups}
        loads = [node for node in self.nodes if dotted(node) == word and isinstance(node.ctx, ast.Load)]  # type: ignore[attr-defined]
        is_changed = any(not isinstance(node.ctx, ast.Load) for node in lookups)
        return not is_changed and all(id(node) in read_only for node in loads)

    def also_called(self, word: str) -> set[str]:
        """The name itself, and the names that are passed for a function's parameter of that name in this text."""
        if word in self._aliases:
            return self._aliases[word]
        names = {word}
        for function, owner in self.owners:
            defaults = defaults_of(function, skip_first=bool(owner))
            if word not in defaults:
                continue
            for call in self._calls_of(function, owner) or []:
                given = _arguments(call, function, defaults).get(word)
                names |= {dotted(given) or "" for given in [given] if given is not None}
        self._aliases[word] = {name.rpartition(".")[2] for name in names if name}
        return self._aliases[word]

    def parameters(self, function: ast.FunctionDef | ast.AsyncFunctionDef, owner: str) -> dict[str, ast.expr | None]:
        """The expression that each parameter stands for, without names in it; None where that is not known.

        Args:
            function: the function.
            owner: the class whose method it is; "" for a function.
        """
        defaults = defaults_of(function, skip_first=bool(owner))
        calls = self._calls_of(function, owner)
        if calls is None:
            return dict.fromkeys(defaults)
        # a function that nothing calls is read with its defaults
        given = [_arguments(call, function, defaults) for call in calls] or [defaults]
        return {name: self._agreed([row[name] for row in given]) for name in defaults}

    def is_called(self, function: ast.FunctionDef | ast.AsyncFunctionDef, owner: str) -> bool:
        """Whether the text calls a function in a way that is seen."""
        return bool(self._calls_of(function, owner))

    def _calls_of(self, function: ast.FunctionDef | ast.AsyncFunctionDef, owner: str) -> list[ast.Call] | None:
        """The calls of a function in this text; None if it is passed on and may be called from anywhere."""
        if owner and function.name == "__init__":
            if any(owner in bases for bases in self.classes.values()):
                return None  # a class made from this one may call it as it likes
            return [call for call in self.calls if (dotted(call.func) or "").rpartition(".")[2] == owner]
        if owner and function.name.startswith("__"):
            return None  # Python itself calls it
        if owner:
            named = [call for call in self.calls if isinstance(call.func, ast.Attribute)]
            return [call for call in named if call.func.attr == function.name]  # type: ignore[attr-defined]
        if function.name in self.handed_on:
            return None
        return [call for call in self.calls if dotted(call.func) == function.name]

    def _agreed(self, given: list[ast.expr | None]) -> ast.expr | None:
        """The value that all calls agree on, with constants in place of names; None if they do not agree."""
        # names of the caller mean nothing inside the function
        literal = [None if node is None else self._without_names(node) for node in given]
        first = literal[0]
        alike = all(node is not None and first is not None and ast.dump(node) == ast.dump(first) for node in literal)
        return first if alike else None

    def _without_names(self, node: ast.expr) -> ast.expr | None:
        if (word := dotted(node)) is not None:
            return self.constants.get(word) or (node if self.options.get(word) is not None else None)
        return None if any(isinstance(part, ast.Name) for part in ast.walk(node)) else node


def defaults_of(
    function: ast.FunctionDef | ast.AsyncFunctionDef, *, skip_first: bool = False
) -> dict[str, ast.expr | None]:
    """A function's parameters in order, each with its default, or None if it has none."""
    given = function.args
    first = [*given.posonlyargs, *given.args]
    defaults = [None] * (len(first) - len(given.defaults)) + [*given.defaults]
    pairs = [*zip(first, defaults, strict=True)]
    static = any(dotted(decorator) == "staticmethod" for decorator in function.decorator_list)
    pairs = pairs[1:] if skip_first and not static else pairs
    pairs += zip(given.kwonlyargs, given.kw_defaults, strict=True)
    pairs += [(rest, None) for rest in (given.vararg, given.kwarg) if rest is not None]
    return {argument.arg: default for argument, default in pairs}


def _arguments(
    call: ast.Call, function: ast.FunctionDef | ast.AsyncFunctionDef, defaults: dict[str, ast.expr | None]
) -> dict[str, ast.expr | None]:
    """The expression that one call passes for each parameter; None for all if stars in the call hide them."""
    if any(isinstance(part, ast.Starred) for part in call.args) or any(part.arg is None for part in call.keywords):
        return dict.fromkeys(defaults)
    by_name = {part.arg for part in function.args.kwonlyargs}
    places = [name for name in defaults if name not in by_name]
    given = dict(zip(places, call.args, strict=False))
    return {**defaults, **given, **{part.arg: part.value for part in call.keywords if part.arg in defaults}}


def bound_names(statements: Iterable[ast.stmt]) -> dict[str, list[ast.AST]]:
    """The names that statements bind, with the nodes that bind them.

    Names inside functions and classes do not count.
    """
    names: dict[str, list[ast.AST]] = {}
    for statement in statements:
        for node in _same_scope(statement):
            for target, value in _targets(node):
                for part in ast.walk(target):
                    if (word := dotted(part)) is not None and not isinstance(getattr(part, "ctx", None), ast.Load):
                        names.setdefault(word, []).append(value)
    return names


def _same_scope(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(node, SCOPES):
            yield from _same_scope(child)


def _targets(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Each target of a node, with the value that it is bound to, or else the node that changes it."""
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield target, value
        case ast.AnnAssign(target=target, value=ast.expr() as value):
            yield target, value
        case ast.NamedExpr(target=target, value=value):
            yield target, value
        case ast.AugAssign(target=target) | ast.For(target=target) | ast.AsyncFor(target=target):
            yield target, node
        case ast.withitem(optional_vars=ast.expr() as target):
            yield target, node
        case ast.Delete(targets=targets):
            for target in targets:
                yield target, node
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield ast.Name(id=name, ctx=ast.Store()), node


def _counts(nodes: list[ast.AST]) -> dict[str, int]:
    """The number of times that each name is bound in the whole text."""
    counts: dict[str, int] = {}
    for node in nodes:
        for target, _ in _targets(node):
            for part in ast.walk(target):
                word = dotted(part) or ""
                counts[word] = counts.get(word, 0) + 1
        if isinstance(node, ast.arg):
            counts[node.arg] = counts.get(node.arg, 0) + 1
    return counts


def _stores(nodes: list[ast.AST]) -> dict[str, set[str]]:
    """The attributes of `self` that each method but `__init__` binds, by the method's name."""
    stores: dict[str, set[str]] = {}
    for node in nodes:
        for method in node.body if isinstance(node, ast.ClassDef) else ():
            if isinstance(method, FUNCTIONS) and method.name != "__init__":
                words = [word for word in bound_names(method.body) if word.startswith("self.")]
                stores.setdefault(method.name, set()).update(word.removeprefix("self.") for word in words)
    return stores


def _set_outside(nodes: list[ast.AST], classes: dict[str, list[str | None]]) -> set[str]:
    """Attributes of the text's own classes that are set from outside, on the class or on its instances."""
    pairs = [pair for node in nodes for pair in _targets(node)]
    objects = {
        dotted(target) for target, value in pairs if isinstance(value, ast.Call) and dotted(value.func) in classes
    }
    words = [target for target, _ in pairs if isinstance(target, ast.Attribute)]
    return {word.attr for word in words if dotted(word.value) in {*objects, *classes} - {None}}


def _constants(body: list[ast.stmt], counts: dict[str, int]) -> dict[str, ast.expr]:
    """Names that are bound once in the whole text, at the top level, to an expression without names and calls."""
    plain = {}
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if counts.get(name) == 1:
                if not any(isinstance(part, (ast.Name, ast.Call)) for part in ast.walk(value)):
                    plain[name] = value
    return plain


MAKES_GRADIENTS = ("gradient", "compute_gradients", "get_gradients")
TAKES_GRADIENTS = re.compile(r"(^|[._])(opt\w*|tx|solver)$", re.IGNORECASE)
WEIGHTS_OF_A_MODEL = re.compile(r"(trainable_)?(variables|weights|parameters|params)(\(\))?$")


def _gradients(nodes: list[ast.AST], calls: list[ast.Call]) -> set[str]:
    """The names of gradients: what a tape or `jax.grad` gives, and what a step is given."""
    names: set[str] = set()
    makers = {dotted(target) for node in nodes for target, value in _targets(node) if _is_grad(value)} - {None}
    for target, value in (pair for node in nodes for pair in _targets(node)):
        if not isinstance(value, ast.Call):
            continue
        word, last = dotted(value.func), source(value.func).rpartition(".")[2]
        is_maker = last in MAKES_GRADIENTS or _is_grad(value.func) or word in makers
        if isinstance(target, ast.Tuple) and (_is_grad(value.func) or word in makers):
            target = target.elts[-1]  # `loss, g = jax.value_and_grad(f)(w)`
        names |= _names_in(target) if is_maker else set()
    for call in calls:
        given = _given_to_step(call)
        if isinstance(given, ast.Call) and dotted(given.func) in ("zip", "list") and given.args:
            given = given.args[0]
        if isinstance(given, ast.ListComp | ast.GeneratorExp):
            inner = given.generators[0].iter
            is_zip = isinstance(inner, ast.Call) and dotted(inner.func) == "zip" and inner.args
            given = inner.args[0] if is_zip else inner  # type: ignore[attr-defined]
        names |= {dotted(given) or ""} if given is not None else set()
    return names - {""}


def _given_to_step(call: ast.Call) -> ast.expr | None:
    """The gradients that a call of `apply_gradients`, or an optimizer's `update` or `apply`, is given."""
    if not isinstance(call.func, ast.Attribute) or not call.args:
        return None
    is_step = call.func.attr == "apply_gradients"
    if call.func.attr in ("update", "apply") and len(call.args) > 1:
        is_step = TAKES_GRADIENTS.search(dotted(call.func.value) or "") is not None
    return call.args[0] if is_step else None


def _is_grad(node: ast.AST) -> bool:
    """Whether it is `jax.grad(f)` or `jax.value_and_grad(f)`, compiled or not."""
    if not isinstance(node, ast.Call):
        return False
    last = source(node.func).rpartition(".")[2]
    return last in ("grad", "value_and_grad") or (last in ("jit", "function") and any(map(_is_grad, node.args)))


def _weights(nodes: list[ast.AST], calls: list[ast.Call]) -> set[str]:
    """The names of what is trained: what gradients are asked of, and each of a model's variables in a loop."""
    names: set[str] = set()
    for call in calls:
        if isinstance(call.func, ast.Attribute) and call.func.attr in ("gradient", "minimize") and len(call.args) > 1:
            names |= _names_in(call.args[1])
    for node in nodes:
        if isinstance(node, ast.For | ast.comprehension):
            pairs = [(node.target, node.iter)]
            if (
                isinstance(node.iter, ast.Call)
                and dotted(node.iter.func) == "zip"
                and isinstance(node.target, ast.Tuple)
            ):
                pairs = [*zip(node.target.elts, node.iter.args, strict=False)]
            for target, part in pairs:
                if WEIGHTS_OF_A_MODEL.search(source(part)) or dotted(part) in names:
                    names |= _names_in(target)
    return names


def _names_in(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Tuple | ast.List):
        return {name for part in node.elts for name in _names_in(part)}
    word = dotted(node.value if isinstance(node, ast.Starred) else node)
    return {word} if word is not None else set()


PARSES = ("parse_args", "parse_known_args", "parse_args_into_dataclasses")


def _options(nodes: list[ast.AST], calls: list[ast.Call]) -> dict[str, ast.expr | None]:
    """Options of a command line with their defaults, None for an option with two.

    As `args.lr` for `parser.add_argument("--lr", default=0.1)`, and `FLAGS.lr` for `DEFINE_float("lr", 0.1, …)`.
    """
    defaults: dict[str, list[ast.expr | None]] = {}
    for call in calls:
        name = (dotted(call.func) or "").rpartition(".")[2]
        by_name = {part.arg: part.value for part in call.keywords}
        words = [part.value for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if name == "add_argument" and words:
            # argparse names an option by its first long form
            longest = next((word for word in words if word.startswith("--")), words[0])
            dest = by_name.get("dest")
            word = dest.value if isinstance(dest, ast.Constant) else longest.lstrip("-").replace("-", "_")
            defaults.setdefault(str(word), []).append(by_name.get("default"))
        elif name == "set_defaults":
            for part in call.keywords:
                defaults.setdefault(part.arg or "", []).append(part.value)
        elif name.startswith("DEFINE_") and words:
            second = call.args[1] if len(call.args) > 1 else by_name.get("default")
            defaults.setdefault(words[0], []).append(second)
    # absl's own name for the parsed options
    holders = {"FLAGS"}
    for node in nodes:
        for target, value in _targets(node):
            # arguments that are written into the call would count instead of the defaults
            parses = isinstance(value, ast.Call) and (dotted(value.func) or "").rpartition(".")[2] in PARSES
            if parses and not any(isinstance(part, ast.Constant) for part in ast.walk(value)):
                first = target.elts[0] if isinstance(target, ast.Tuple) else target
                holders.add(dotted(first) or "")
    plain = {word: given[0] if len(given) == 1 else None for word, given in defaults.items()}
    return {f"{holder}.{word}": node for holder in holders for word, node in plain.items()}


MAX_STEPS = 10

Place = tuple[int, int]


def place(node: ast.AST) -> Place:
    """Where a call begins, by which it is known again in a copy."""
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def calls_behind(node: ast.expr, values: Values, makers: Container[Place], depth: int = 0) -> list[Place]:
    """The calls that may have made the optimizer that an expression stands for: one, several, or none that is known."""
    if depth > MAX_STEPS:
        return []
    match node:
        case ast.Call() if place(node) in makers:
            return [place(node)]
        case ast.Call(func=ast.Attribute(value=ast.expr() as several, attr="get"), args=[key, *_]):
            return _entries(several, key, values, makers, depth)
        case ast.Call(func=function) if (own := values.bindings.functions.get(dotted(function) or "")) is not None:
            returned = [part.value for part in ast.walk(own) if isinstance(part, ast.Return) and part.value is not None]
            return _all(returned, values, makers, depth)
        case ast.IfExp(body=body, orelse=orelse):
            branch = values.bindings.decided.get(place(node))
            branches = [body, orelse] if branch is None else [body if branch else orelse]
            return _all(branches, values, makers, depth)
        case ast.BoolOp(values=entries):
            return _all(entries, values, makers, depth)
        case ast.NamedExpr(value=inner):
            return calls_behind(inner, values, makers, depth + 1)
        case ast.Subscript(value=several, slice=key):
            return _entries(several, key, values, makers, depth)
    word = dotted(node) or ""
    behind = values.versions.get(word) or values.assigned.get(word)
    known = behind is not None and dotted(behind) != word
    return calls_behind(behind, values, makers, depth + 1) if known else []  # type: ignore[arg-type]


def _all(nodes: list[ast.expr], values: Values, makers: Container[Place], depth: int) -> list[Place]:
    return [*dict.fromkeys(origin for node in nodes for origin in calls_behind(node, values, makers, depth + 1))]


def _entries(several: ast.expr, key: ast.expr, values: Values, makers: Container[Place], depth: int) -> list[Place]:
    """The optimizer of a list or dict by its key; all of them where the key is not known."""
    word = dotted(several) or ""
    behind = values.versions.get(word) or values.assigned.get(word) or several
    entries: dict[object, ast.expr] = {}
    if isinstance(behind, ast.List | ast.Tuple):
        entries = {**dict(enumerate(behind.elts)), **{at - len(behind.elts): e for at, e in enumerate(behind.elts)}}
    elif isinstance(behind, ast.Dict):
        keys = [values.read(one) if one is not None else None for one in behind.keys]
        with contextlib.suppress(TypeError):
            entries = dict(zip(keys, behind.values, strict=True))
    chosen = values.read(key)
    is_plain = is_number(chosen) or isinstance(chosen, str)
    if is_plain and chosen in entries:
        return calls_behind(entries[chosen], values, makers, depth + 1)
    return _all([*entries.values()], values, makers, depth)
