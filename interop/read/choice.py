"""Which of several optimizers counts: the one that is used, else the one of the usual name, else the last one."""

import ast

from interop.read.bindings import Place, place
from interop.read.calls import Found, Setting, Use, contains
from interop.read.libraries import module_of
from interop.read.places import Places, position, test_of
from interop.read.tree import Called, Other, dotted
from interop.read.words import Notes, ProgramError, choices, excerpt

USUAL = ("optimizer", "opt")
TRAINS = ("step", "fit", "fit_generator", "train_on_batch", "train", "minimize", "apply_gradients", "apply_updates")
BRANCHING = (ast.If, ast.IfExp, ast.Match, ast.Try)


class Choice:
    """The optimizer that counts.

    Args:
        parts: what was found in the text.
        places: where its calls stand.
    """

    def __init__(self, parts: Found, places: Places) -> None:
        self.parts, self.places = parts, places
        self.nodes = {place(node): node for _, node in parts.nodes}
        self.calls = {place(node): value for value, node in parts.nodes}

    def index(self, notes: Notes) -> tuple[int, list[int]]:
        """Which optimizer counts, and those that may stand in its place by a condition, itself among them; said."""
        parts, last = self.parts, len(self.parts.optimizers) - 1
        if last == 0:
            return 0, [0]
        reached = [use for use in parts.uses if self._is_reached(use.node)] or parts.uses
        used = [group for use in reached if (group := self.of_use(use))]
        compiled = [group for use in reached if _compiles(use.node) and (group := self.of_use(use))]
        used = compiled[-1:] or used  # a model has the optimizer that it was compiled with last
        bound = next((group for name in USUAL if (group := self._of_name(name))), [])
        every = {at for group in used for at in group}
        if used:
            at = next((one for one in reversed(bound) if one in every), max(every))
            group = sorted({one for group in used if at in group for one in group} | {at})
        else:
            group = bound or [last]
            at = group[-1]
        group = sorted({*group, *self._alternatives(at)})
        if len(group) == 1:
            if len(every) == 1:
                which = "the one that is used"
            elif used and at != last and at not in bound:
                which = "the last one that is used"
            elif at != last:
                usual = next(name for name in USUAL if self._of_name(name))
                which = f"the one that `{usual}` stands for"
            else:
                which = "the last one"
            name = parts.names[at]
            named = f", `{name}`," if name and f"`{name}`" not in which else ""
            notes.append(f"{last + 1} optimizers were found; {which}{named} was taken.")
        return at, group

    def names_of(self, at: int) -> set[str]:
        """The names that stand for an optimizer at the end."""
        return {name for name in self.parts.bound if at in self._of_name(name)} | {self.parts.names[at]} - {""}

    def is_of(self, at: int, subject: object) -> bool | None:
        """Whether what a scheduler is given is an optimizer; None where that is not known."""
        optimizer = self.parts.optimizers[at]
        if isinstance(subject, Called):
            if subject == optimizer or contains(optimizer, subject) or contains(subject, optimizer):
                return True
            return False if subject in self.parts.optimizers or module_of(subject) is not None else None
        if not isinstance(subject, Other):
            return None
        names = self.places.bindings.also_called(subject.text.rpartition(".")[2])
        groups = [group for name in names if (group := self._of_name(name))]
        return any(at in group for group in groups) if groups else None

    def sets_once(self, setting: Setting, at: int) -> bool:
        """Whether a line gives the optimizer its rate once and for all, before any step and any scheduler."""
        node, here = setting.node, position(setting.node)
        is_plain = self.places.loop(node) is None and self.places.condition(node) is None
        if not is_plain or self._indices(setting.places) != [at]:
            return False
        schedulers = [other for value, other in self.parts.nodes if value in self.parts.schedulers]
        return not any(position(call) < here for call in (*schedulers, *self._trainings()))

    def _trainings(self) -> list[ast.AST]:
        """The calls, outside of functions, that train or may train."""
        own = self.places.bindings.functions
        return [
            call
            for call in self.places.calls
            if self.places.function(call) is None
            and (
                (last := (dotted(call.func) or "").rpartition(".")[2]) in TRAINS
                or (last in own and self._steps(own[last]))
            )
        ]

    def _steps(self, function: ast.AST) -> bool:
        calls = (part for part in ast.walk(function) if isinstance(part, ast.Call))
        return any((dotted(call.func) or "").rpartition(".")[2] in TRAINS for call in calls)

    def refusal(self, group: list[int]) -> ProgramError:
        """What is said where a condition decides."""
        written = choices(excerpt(self.parts.optimizers[at]) for at in group)
        tests = (self.places.condition(node) for node in map(self._node_of, group) if node is not None)
        test = next((test_of(condition) for condition in tests if condition is not None), "")
        test = f", `{excerpt(test)}`" if test not in ("", "an error") else test and ", whether there is an error"
        return ProgramError(
            f"Which optimizer is meant depends on a condition{test}, and nothing is run here. Received: {written}. "
            "Paste the one line that is meant."
        )

    def _node_of(self, at: int) -> ast.AST | None:
        return next((node for value, node in self.parts.nodes if value == self.parts.optimizers[at]), None)

    def _indices(self, places: list[Place]) -> list[int]:
        indices = []
        for one in places:
            value = self.calls.get(one)
            for at, optimizer in enumerate(self.parts.optimizers):
                if optimizer == value or contains(optimizer, value):
                    indices.append(at)
        return [*dict.fromkeys(indices)]

    def _is_reached(self, node: ast.AST) -> bool:
        """Whether a call stands outside of functions, or in one that the text calls."""
        function = self.places.function(node)
        called = {(dotted(call.func) or "").rpartition(".")[2] for call in self.places.calls}
        return function is None or getattr(function, "name", "") in called

    def of_use(self, use: Use) -> list[int]:
        """The optimizers that a step or a call of `compile` may mean."""
        if use.value is not None:
            return [self.parts.optimizers.index(use.value)] if use.value in self.parts.optimizers else []
        if use.places:
            return self._indices(use.places)
        names = self.places.bindings.also_called(use.word.rpartition(".")[2]) if use.word else set()
        return sorted({at for name in names for at in self._of_name(name)})

    def _of_name(self, name: str) -> list[int]:
        """What a name may stand for at the end: what it is given last, and what conditions give it after that."""
        group: list[int] = []
        for places, node in self.parts.bound.get(name, []):
            indices = self._indices(places)
            if indices:
                group = indices if self.places.condition(node) is None else [*dict.fromkeys([*group, *indices])]
        return group

    def _alternatives(self, at: int) -> list[int]:
        """The optimizers that are made in the other branches of a condition that this one is made in."""
        own = self._node_of(at)
        others = [other for other in range(len(self.parts.optimizers)) if other != at]
        pairs = [(other, self._node_of(other)) for other in others] if own is not None else []
        return [other for other, node in pairs if node is not None and self._part(own, node)]  # type: ignore[arg-type]

    def _part(self, one: ast.AST, other: ast.AST) -> bool:
        """Whether a condition decides that only one of two calls is made."""
        around = dict(self.places.around(other))
        for parent, child in self.places.around(one):
            if parent not in around:
                continue
            if isinstance(parent, BRANCHING) and not self.places.is_decided(parent):
                return _branch(parent, child) != _branch(parent, around[parent])
            block = getattr(parent, "body", [])
            if child in block and around[parent] in block:
                return _leaves_early(*sorted((child, around[parent]), key=block.index))
        function = self.places.function(one)
        block = getattr(function, "body", []) if function is self.places.function(other) else []
        tops = [top for top in block if self.places.holds(top, one) or self.places.holds(top, other)]
        return len(tops) == 2 and _leaves_early(*tops)


def _compiles(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr == "compile"


def _branch(parent: ast.AST, child: ast.AST) -> object:
    """Which branch of a condition holds a statement."""
    if isinstance(parent, ast.Try):
        return "handler" if isinstance(child, ast.ExceptHandler) else "body"
    if isinstance(parent, ast.Match):
        return id(child)
    orelse = getattr(parent, "orelse", None)
    return child is orelse or (isinstance(orelse, list) and child in orelse)


def _leaves_early(first: ast.AST, second: ast.AST) -> bool:
    """Whether a condition returns before what follows it."""
    is_condition = isinstance(first, ast.If | ast.Match | ast.Try)
    return is_condition and second is not first and any(isinstance(part, ast.Return) for part in ast.walk(first))
