"""What a training loop does with an optimizer: which clips act on it, and how often it and its scheduler step."""

import ast
import re
from collections.abc import Iterator

from interop.read.calls import Clip, Found
from interop.read.places import ABOUT_DEVICES, LOOPS, Places, Step, position, test_of
from interop.read.tree import dotted, source
from interop.read.words import Notes, excerpt

OF_A_MODEL = re.compile(r"([\w.]+)\.(?:parameters|named_parameters|trainable_parameters)\(")
SCHEDULER_NAME = re.compile(r"sched|warm_?up|anneal|lr_?decay|^lr$", re.IGNORECASE)


class Training:
    """The training loops of a text for one of its optimizers.

    Args:
        places: the places of the text's calls.
        parts: what was found in the text.
        at: which of the optimizers.
        names: what it is called.
    """

    def __init__(self, places: Places, parts: Found, at: int, names: set[str]) -> None:
        self.places, self.parts, self.at, self.names = places, parts, at, names
        self.others = {name for name in parts.names if name} - names
        self.steps = [step for step in places.steps if self._is_own(step)]

    def _is_own(self, step: Step) -> bool:
        last = step.word.rpartition(".")[2]
        names = self.places.bindings.also_called(last)
        if self.names & names:
            return True
        if names & self.others or SCHEDULER_NAME.search(last):
            return False
        return re.search(r"opt|trainer_[dg]$", step.word, re.IGNORECASE) is not None

    def clips(self, notes: Notes) -> Iterator[Clip]:
        """The clips that act on this optimizer's gradients in each of its steps. Notes or refuses all others."""
        for clip in self.parts.clips:
            written = f"`{excerpt(clip.call)}`"
            owner = self._owner(clip)
            place = self.places.place_of(clip.node)
            condition = None if place is None else self.places.condition(place)
            if condition is not None and "sync_gradients" in test_of(condition):
                condition = None  # of Accelerate, true in each step unless gradients add up
            if place is None:
                notes.append(f"{written} was left out: it stands in a function that nothing in this text calls.")
            elif owner == "another":
                notes.append(f"{written} was left out: it clips the gradients of another optimizer.")
            elif owner == "unknown" and len(self.parts.optimizers) > 1:
                notes.append(f"{written} was left out: which optimizer's gradients it clips cannot be known here.")
            elif owner == "part":
                notes.leave_out(
                    written, f"A clip here is of all parameters, this one of some. Received: {excerpt(clip.call)}."
                )
            elif condition is not None and not self._all_steps_in(condition):
                notes.leave_out(
                    written,
                    f"Gradients are clipped only in a condition, `{excerpt(test_of(condition))}`. A clip here acts in "
                    f"every step. Received: {excerpt(clip.call)}. Paste it without its condition.",
                )
            elif (why := self._why_nothing(clip, place)) is not None:
                notes.append(f"{written} was left out: it stands {why}, where it changes no step.")
            else:
                if owner == "unknown" and self.parts.parameters_of(self.at):
                    notes.append(f"{written} is read as a clip of all parameters that the optimizer moves.")
                if len(self.steps) > len(self.parts.clips):
                    notes.append(f"{written} is read as acting in all {len(self.steps)} steps of the text.")
                yield clip

    def _all_steps_in(self, condition: ast.AST) -> bool:
        return bool(self.steps) and all(self.places.holds(condition, step.call) for step in self.steps)

    def _owner(self, clip: Clip) -> str:
        """Whose parameters a clip gets: "own", "another" (optimizer's), a "part" of the own ones, or "unknown"."""
        if not clip.parameters:
            return self._owner_of_gradients(clip) if self.others else "own"
        named = re.findall(r"\w+", clip.parameters)
        if "param_groups" in clip.parameters or "master_params" in clip.parameters:
            if self.names & {*named}:
                return "own"
            return "another" if self.others & {*named} else "unknown"
        given = self._models(clip.parameters, clip.node)
        own = self._models(self.parts.parameters_of(self.at))
        others = [self._models(self.parts.parameters_of(at)) for at in range(len(self.parts.names)) if at != self.at]
        is_own = [bool(self._aliases(word) & own) for word in given]
        if given and all(is_own) and len(given) == len(own):
            return "own"
        if given and not any(is_own) and all(any(self._aliases(word) & other for other in others) for word in given):
            return "another"
        if given < own or any(one.startswith(f"{word}.") for one in given for word in own):
            return "part"
        return "unknown"

    def _aliases(self, word: str) -> set[str]:
        """A word, and the names that are passed for a parameter of that name."""
        return {word} if "." in word else {word, *self.places.bindings.also_called(word)}

    def _owner_of_gradients(self, clip: Clip) -> str:
        """Whose gradients a line of TensorFlow clips, by the names in `apply_gradients`: values as of `_owner`."""
        statement = self.places.statement(clip.node)
        names = {word for part in ast.walk(statement) if (word := dotted(part)) is not None}
        applied = [call for call in self.places.calls if (dotted(call.func) or "").endswith(".apply_gradients")]
        for call in applied:
            inner = {word for part in ast.walk(call) if (word := dotted(part)) is not None}
            words = [dotted(target) or "" for target in getattr(statement, "targets", [])]
            if self.places.holds(call, clip.node) or (inner & {*words}) or (not words and inner & names):
                last = (dotted(call.func) or "").removesuffix(".apply_gradients").rpartition(".")[2]
                return "own" if self.names & self.places.bindings.also_called(last) else "another"
        return "unknown" if statement is not clip.node else "own"

    def _models(self, text: str, node: ast.AST | None = None) -> set[str]:
        """The models whose parameters a text names, or else the text itself.

        A loop's variable stands for what the loop runs over.
        """
        for parent, _ in self.places.around(node) if node is not None else ():
            if isinstance(parent, ast.For) and dotted(parent.target) == text:
                text = source(parent.iter)
        text = re.sub(r"^(list|tuple|iter)\((.*)\)$", r"\2", text)
        return {*OF_A_MODEL.findall(text)} or ({text.strip("[]() ")} if text else set())

    def _why_nothing(self, clip: Clip, place: ast.AST) -> str | None:
        """Why a clip has no effect, in words; None if it has one, since the next event in its loop is a step."""
        # only events of the same loop come round in turn with the clip
        scope = self.places.loop(place)
        zeros = [
            call
            for call in self.places.calls
            if isinstance(call.func, ast.Attribute)
            and call.func.attr == "zero_grad"
            and (dotted(call.func.value) or "").rpartition(".")[2] not in self.others
        ]
        steps = {id(step.call) for step in self.steps}
        marks = [*(step.call for step in self.steps), *self.places.backwards, *zeros]
        events = sorted((call for call in marks if self.places.loop(call) is scope), key=position)
        if not any(id(call) in steps for call in events) or not clip.parameters:
            return None
        here = position(place)
        later = [call for call in events if position(call) > here]
        # behind the loop's last event its next round begins
        following = (later or events)[0]
        if id(following) in steps:
            return None
        return "before `backward()`" if later and following in self.places.backwards else "after `step()`"

    def notice_choice(self, call: object, notes: Notes) -> None:
        """Note an optimizer or a scheduler that is made only under a condition."""
        for value, node in self.parts.nodes:
            condition = self.places.condition(node) if value is call else None
            if condition is not None and not isinstance(condition, ast.BoolOp):
                notes.append(f"`{excerpt(value)}` is made only if `{excerpt(test_of(condition))}`; here always.")

    def accumulation(self, notes: Notes) -> None:
        """Note or refuse steps that are not taken in every round, and losses that are scaled."""
        for step in self.steps:
            self._notice_condition(step.call, notes)
            self._notice_inner_loop(step.call, notes)
        for call in self.places.backwards:
            if _is_scaled(call.func.value):  # type: ignore[attr-defined]
                notes.append(f"`{excerpt(source(call))}`: what the loss is multiplied or divided by was left out.")

    def _notice_condition(self, step: ast.Call, notes: Notes) -> None:
        condition = self.places.condition(step)
        if condition is None:
            return
        test, written = test_of(condition), excerpt(source(step))
        has_backward = any(self.places.holds(condition, call) for call in self.places.backwards)
        if ("%" in test and self.places.backwards and not has_backward) or "sync_gradients" in test:
            notes.leave_out(
                f"`if {excerpt(test)}`",
                f"`{written}` runs only if `{excerpt(test)}`: gradients add up over several batches, which has no "
                "counterpart here. Set a larger batch instead.",
            )
        elif not ABOUT_DEVICES.search(test):
            notes.append(f"`if {excerpt(test)}` was left out: `{written}` runs only then, here always.")

    def _notice_inner_loop(self, step: ast.Call, notes: Notes) -> None:
        """Leave out or refuse an inner loop of `backward()` without a step, in which gradients add up."""
        # a loop that steps itself does not add gradients up
        stepping = {id(self.places.loop(other.call)) for other in self.places.steps}
        around = self.places.loop(step)
        for call in self.places.backwards:
            loop = self.places.loop(call)
            is_inner = isinstance(loop, LOOPS) and loop is not around and id(loop) not in stepping
            if is_inner and self.places.loop(loop) is around and position(call) < position(step):  # type: ignore[arg-type]
                notes.leave_out(
                    f"The loop around `{excerpt(source(call))}`",
                    f"`{excerpt(source(call))}` runs in a loop before `{excerpt(source(step))}`: gradients add up, "
                    "which has no counterpart here. Set a larger batch instead.",
                )
                return

    def scheduler_applies(self, name: str, written: str, notes: Notes) -> bool:
        """Whether a scheduler counts as here, once after every step of the optimizer. Notes what differs.

        Args:
            name: the name that it is assigned to, "" for none.
            written: its call.
            notes: receives remarks.
        """
        own = [step for step in self.places.steps if self._steps_scheduler(step, name)]
        for step in own:
            call, condition = step.call, self.places.condition(step.call)
            if call.args or call.keywords:
                if not self._is_round(call):
                    return self._unlike(written, f"it is stepped with a number, `{excerpt(source(call))}`", notes)
                notes.append(f"`{excerpt(source(call))}` counts by the loop's number; here every step counts, from 0.")
            if condition is not None and not self._is_plain_condition(condition, step):
                return self._unlike(written, f"it is stepped only if `{excerpt(test_of(condition))}`", notes)
        if (lightning := self._lightning(written, notes)) is not None:
            return lightning
        if not self.steps:
            if any(self._is_of_epochs(step) for step in own):
                self._note_epochs(own[0], notes)
            return True
        scopes = {id(self.places.loop(step.call)) for step in self.steps}
        beside = [step for step in own if id(self.places.loop(step.call)) in scopes]
        if not own:
            notes.append(f"No line of this text steps `{name or excerpt(written)}`; here it counts every step.")
        elif not beside:
            self._note_epochs(own[0], notes)
        elif len(beside) > 1 and len({id(self.places.loop(step.call)) for step in beside}) == 1:
            notes.append(f"`{excerpt(source(own[0].call))}` runs {len(beside)} times a round; here once a step.")
        elif all(position(beside[0].call) < position(step.call) for step in self.steps):
            notes.append(
                f"`{excerpt(source(own[0].call))}` stands before the optimizer's step, so PyTorch leaves out the first "
                "rate; here it counts."
            )
        return True

    def _is_of_epochs(self, step: Step) -> bool:
        loop = self.places.loop(step.call)
        return isinstance(loop, LOOPS[:2]) and "epoch" in source(loop.target)

    def _note_epochs(self, step: Step, notes: Notes) -> None:
        notes.append(
            f"`{excerpt(source(step.call))}` runs less often than the optimizer steps, as once an epoch; here the "
            "schedule counts every step."
        )

    def _lightning(self, written: str, notes: Notes) -> bool | None:
        """Whether Lightning steps the scheduler as here, once a step; None if the text does not use Lightning."""
        nodes = [node for statement in self.places.body for node in ast.walk(statement)]
        makers = [n for n in nodes if isinstance(n, ast.FunctionDef) and n.name == "configure_optimizers"]
        # a text with its own steps does not leave them to Lightning
        if not makers or self.places.steps:
            return None
        options: dict[str, ast.expr] = {}
        for node in ast.walk(makers[-1]):
            if isinstance(node, ast.Dict):
                pairs = zip(node.keys, node.values, strict=True)
                options |= {str(key.value): value for key, value in pairs if isinstance(key, ast.Constant)}
        every = source(options["frequency"]) if "frequency" in options else "1"
        if every != "1":
            return self._unlike(written, f"Lightning steps it only once in {excerpt(every)} times", notes)
        interval = source(options["interval"]) if "interval" in options else "'epoch'"
        if interval != "'step'":
            notes.append(f"Lightning steps `{excerpt(written)}` once an epoch; here it counts every step.")
        return True

    def _steps_scheduler(self, step: Step, name: str) -> bool:
        last = step.word.rpartition(".")[2]
        return name in self.places.bindings.also_called(last) if name else SCHEDULER_NAME.search(last) is not None

    def _is_round(self, call: ast.Call) -> bool:
        """Whether the only argument of a call is the variable of the loop around it."""
        given = [*call.args, *(keyword.value for keyword in call.keywords)]
        loop = self.places.loop(call)
        counts = isinstance(loop, LOOPS[:2]) and re.match(r"(range|trange|tqdm)\(", source(loop.iter))
        return bool(counts) and len(given) == 1 and dotted(given[0]) == dotted(loop.target)  # type: ignore[union-attr]

    def _is_plain_condition(self, condition: ast.AST, step: Step) -> bool:
        """Whether a condition makes no difference: the optimizer steps under it too, or it tests for a scheduler."""
        test = test_of(condition)
        asks = re.fullmatch(rf"(not )?{re.escape(step.word)}( is (not )?None)?", test) is not None
        together = any(self.places.holds(condition, other.call) for other in self.steps)
        return asks or together or ABOUT_DEVICES.search(test) is not None

    def _unlike(self, written: str, why: str, notes: Notes) -> bool:
        notes.leave_out(
            f"`{excerpt(written)}`",
            f"A scheduler here counts every step, and {why}. Received: {excerpt(written)}. "
            "Without it the rate stays as it is.",
        )
        return False


def _is_scaled(loss: ast.expr) -> bool:
    """Whether a loss is multiplied or divided by a number or a name, as in `(loss / 4).backward()`."""
    if not isinstance(loss, ast.BinOp) or not isinstance(loss.op, (ast.Div, ast.Mult)):
        return False
    is_plain = not any(isinstance(part, ast.Call) for part in ast.walk(loss))
    return is_plain and any(isinstance(side, (ast.Constant, ast.Name)) for side in (loss.left, loss.right))
