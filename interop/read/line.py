"""From a pasted text to an optimizer: the lines that matter, put together."""

import ast
import contextlib
import dataclasses
from typing import Any

from interop.read import keras, torch
from interop.read.bindings import Bindings
from interop.read.calls import Found
from interop.read.changes import notice_accumulation
from interop.read.choice import Choice
from interop.read.fields import built, plain
from interop.read.libraries import module_of
from interop.read.places import Places
from interop.read.schedulers import scheduled
from interop.read.training import Training
from interop.read.tree import Called, Other, Values, arithmetic, is_number, parsed
from interop.read.walk import walk
from interop.read.words import NoCounterpartError, Notes, ProgramError, choices, excerpt
from optimizers import Optimizer, Schedule
from optimizers.optimizer import CLIPPING
from records import number_fields

EXAMPLES = "keras.optimizers.Adam(learning_rate=0.01), torch.optim.SGD(params, lr=0.1) or optax.lion(0.001)"


@dataclasses.dataclass(frozen=True)
class Program:
    """A program that was read: the `optimizer`, with a number or a schedule as its rate, and `notes`."""

    optimizer: Optimizer
    notes: tuple[str, ...] = ()


def read_program(text: str) -> Program:
    """The optimizer of a line, a notebook's cell or a small program in Keras, PyTorch or Optax.

    The text is parsed and looked up word by word, and never run. Numbers and their arithmetic, words, lists and known
    calls are read. Lines that have nothing to do with the optimizer change nothing. Arguments that are not given have
    the library's own defaults.

    Raises:
        ProgramError: with what can't be read, what can, what was received, and what to try. Its `without` is the
            program without the parts that have no counterpart here, if nothing else is wrong.

    >>> read_program("tf.keras.optimizers.SGD(learning_rate=0.1, momentum=0.9)").optimizer.momentum.item()
    0.9
    >>> read_program("optimizer = __import__('os').remove('x')")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    interop.read.words.ProgramError: No optimizer was found. Received: optimizer = __import__('os').remove('x')...
    """
    try:
        return _read(text, Notes())
    except NoCounterpartError as refused:
        with contextlib.suppress(ProgramError, RecursionError):  # something else may be wrong as well
            refused.without = _read(text, Notes(lenient=True))
        raise
    except RecursionError:
        raise ProgramError(
            "The names in this stand for too much to be read. Paste the optimizer's line alone."
        ) from None


def _read(text: str, notes: Notes) -> Program:
    text, body = parsed(text)
    values, parts = Values(text, Bindings(body)), Found()
    # a text of one word may be "adam", as `compile` takes it
    values.is_one_word = len(body) == 1 and isinstance(body[0], ast.Expr)
    walk(body, values, parts, notes)
    places = Places(body, values.bindings)
    for value, use in parts.undefined:
        if not Choice(parts, places).of_use(use):
            parts.add(value)
    if not parts.optimizers:  # a scheduler may hold the only one
        subjects = (call.first[0] if call.first else call.named.get("optimizer") for call in parts.schedulers)
        for subject in subjects:
            if isinstance(subject, Called) and module_of(subject) is not None:
                parts.add(subject)
    if not parts.optimizers:
        _nothing_found(text, parts)
    choice = Choice(parts, places)
    at, group = choice.index(notes)
    last = parts.optimizers[at]
    if len(group) > 1:
        _check_alike([parts.optimizers[one] for one in group], choice.refusal(group), notes.lenient)
    training = Training(places, parts, at, choice.names_of(at))
    optimizer = _optimizer(last, notes)
    optimizer = _with_settings(optimizer, at, choice, parts, notes)
    optimizer = _clipped(optimizer, training, notes)
    for field, value in parts.decays.items():
        if field in number_fields(optimizer):
            optimizer = optimizer.replace(**{field: getattr(built(type(optimizer), {field: value}, notes), field)})
    if len(parts.optimizers) == 1:
        training.notice_choice(last, notes)
    training.accumulation(notes)
    _unknown_steps(parts, values, notes)
    if parts.arguments is not None:
        notice_accumulation(parts.arguments, notes)
        notes.append(
            f"`{excerpt(parts.arguments)}` was left out: a Trainer of Transformers also clips gradients at "
            "`max_grad_norm`, 1.0 unless given."
        )
    schedulers = _schedulers(parts, at, choice, notes)
    for call in schedulers:
        training.notice_choice(call, notes)
        name = parts.scheduler_names[parts.schedulers.index(call)]
        before = len(notes)
        try:
            scheduler_optimizer = scheduled(call, optimizer, values, notes)
        except NoCounterpartError:
            raise
        except ProgramError as refused:  # such as a length that is not written out
            notes.leave_out(f"`{excerpt(call)}`", str(refused))
            continue
        if scheduler_optimizer == optimizer or training.scheduler_applies(name, call.text or repr(call), notes):
            optimizer = scheduler_optimizer
        else:
            del notes[before:-1]  # what was said of a schedule that is left out
    if not schedulers:
        optimizer = _inside(last, optimizer, values)
    return Program(optimizer, tuple(dict.fromkeys(notes)))


def _nothing_found(text: str, parts: Found) -> None:
    if parts.arguments is not None:
        raise ProgramError(
            f"`{parts.arguments.name.rpartition('.')[2]}` tells a Trainer of Transformers which optimizer to make, and "
            f"is not read. Received: {excerpt(parts.arguments)}. Paste what it makes, with its schedule and clipping, "
            "for example torch.optim.AdamW(params, lr=5e-5, weight_decay=0.0)."
        )
    if parts.schedulers:
        call = parts.schedulers[-1]
        raise ProgramError(f"That is a scheduler. Received: {excerpt(call)}. Paste the line of its optimizer as well.")
    if parts.schedules:
        name = parts.schedules[-1].name
        raise ProgramError(f"That is a schedule. Received: {excerpt(name)}. Paste the optimizer that has it.")
    if len(parts.unknown) == 1 and text.startswith(parts.unknown[0].text):
        name = parts.unknown[0].name
        raise ProgramError(f"`{excerpt(name)}` is not known here. Received: {excerpt(name)}. Try {EXAMPLES}.")
    raise ProgramError(f"No optimizer was found. Received: {excerpt(' '.join(text.split()))}. Try {EXAMPLES}.")


def _check_alike(calls: list[Any], refusal: ProgramError, lenient: bool) -> None:
    """Refuse optimizers of which a condition takes one, unless all of them are the same here."""
    try:
        optimizers = [_optimizer(call, Notes(lenient)) for call in calls]
    except ProgramError:
        raise refusal from None
    if any(optimizer != optimizers[0] for optimizer in optimizers):
        raise refusal


def _with_settings(optimizer: Optimizer, at: int, choice: Choice, parts: Found, notes: Notes) -> Optimizer:
    """The optimizer with the rate that a line gives it before training; the other lines are said."""
    for setting in parts.settings:
        rate, value = optimizer.learning_rate, setting.value
        if setting.operator is not None and not isinstance(rate, Schedule) and is_number(value):
            value = arithmetic(setting.operator, float(rate), value)
        is_once = choice.sets_once(setting, at) and not isinstance(rate, Schedule)
        if is_once and is_number(value):
            given = {"learning_rate": plain("learning_rate", value)}
            optimizer = optimizer.replace(learning_rate=built(type(optimizer), given, notes).learning_rate)
        else:
            notes.append(setting.note)
    return optimizer


def _clipped(optimizer: Optimizer, training: Training, notes: Notes) -> Optimizer:
    """The optimizer with the clipping of the lines around it; of several clips the last one counts."""
    clips = [*training.clips(notes)]
    # likewise the last clip
    for clip in clips[-1:]:
        if not is_number(clip.limit):
            notes.leave_out(
                f"`{excerpt(clip.call)}`",
                f"The limit of `{clip.call.name.rpartition('.')[2]}` must be a number that is written out. "
                f"Received: {excerpt(clip.call)}.",
            )
            continue
        if "clip_grad_norm" in clip.call.name:
            notes.append(torch.ABOUT_NORM)
        others = {name: 0.0 for name in CLIPPING if name != clip.field}
        clipping = built(type(optimizer), {clip.field: plain(clip.field, clip.limit)}, notes)
        optimizer = optimizer.replace(**others, **{clip.field: getattr(clipping, clip.field)})
    if len({(clip.field, clip.limit) for clip in clips}) > 1:
        notes.append(f"Gradients are clipped in {len(clips)} places; the last one was taken.")
    return optimizer


def _unknown_steps(parts: Found, values: Values, notes: Notes) -> None:
    """Leave out, or refuse, the `step` of something named like a scheduler that no line of the text makes."""
    for call in parts.unknown_steps:
        word = call.name.removesuffix(".step")
        names = values.bindings.also_called(word.rpartition(".")[2])
        if not names & {*parts.scheduler_names, *parts.names} - {""}:
            notes.leave_out(
                f"`{excerpt(call)}`",
                f"`{excerpt(word)}` may change the rate, and what makes it is not known here. "
                f"Received: {excerpt(call)}. Paste the scheduler's own line.",
            )


def _schedulers(collected: Found, at: int, choice: Choice, notes: Notes) -> list[Called]:
    """The scheduler of the optimizer: not those inside another one, nor those of another optimizer."""
    parts = [part for call in collected.schedulers for part in _parts(call)]
    own = []
    for call in collected.schedulers:
        subject = call.first[0] if call.first else call.named.get("optimizer")
        if choice.is_of(at, subject) is False:
            notes.append(f"`{excerpt(call)}` was left out: it is of another optimizer.")
        elif call not in parts:
            own.append(call)
    if len(own) > 1:
        listed = choices(call.name.rpartition(".")[2] for call in own)
        notes.leave_out(f"Each scheduler ({listed})", f"There can be one scheduler. Received: {len(own)}, {listed}.")
        return []
    return own


def _parts(call: Called) -> list[Called]:
    """The schedulers that a scheduler consists of."""
    given = [*call.first, *call.named.values()]
    return [part for value in given if isinstance(value, tuple) for part in value if isinstance(part, Called)]


def _optimizer(written: Any, notes: Notes) -> Optimizer:
    if isinstance(written, str):
        return keras.by_word(written)
    if isinstance(written, Called):
        module = module_of(written)
        if module is not None:
            return module.optimizer_of(written, notes)
    if isinstance(written, Other) and isinstance(written.node, ast.IfExp):
        raise ProgramError(
            "Which optimizer is meant depends on a condition, and nothing is run here. "
            f"Received: {excerpt(written)}. Paste the one line that is meant."
        )
    text = written.name if isinstance(written, Called) else written
    bare = str(text).rpartition(".")[2]
    if bare.lower() in keras.words():
        return keras.by_word(bare)
    raise ProgramError(f"No optimizer was found. Received: {excerpt(text)}. Try {EXAMPLES}.")


def _inside(written: Any, optimizer: Optimizer, values: Values) -> Optimizer:
    """The optimizer with its schedule, where the text has the form in which this page writes momentum in PyTorch.

    There `lr` is 1.0, and a function `rate` gives the factor of the loss.
    """
    rate = values.functions.get("rate")
    is_torch = isinstance(written, Called) and module_of(written) is torch
    if not is_torch or not isinstance(rate, Schedule) or optimizer.learning_rate != 1:
        return optimizer
    return optimizer.replace(learning_rate=rate)
