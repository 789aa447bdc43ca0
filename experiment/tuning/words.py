"""The first sentence of the tuning page: the racer's place on the map, how it gets down, and when it arrives."""

import math
from collections.abc import Sequence

from experiment.race.runs import RaceView
from experiment.tuning.tuned import arrival, axes, fields, level, place, regime
from experiment.words import brief, letter
from optimizers import Optimizer
from records import Slider, number_fields


def settings_of(optimizer: Optimizer, names: Sequence[str]) -> str:
    """Some of an optimizer's fields and their values: "η 0.2, β 0.32"."""
    sliders = number_fields(optimizer)
    return ", ".join(_field_and_value(name, sliders[name], float(getattr(optimizer, name))) for name in names)


def _field_and_value(name: str, slid: Slider, number: float) -> str:
    """A field and its value: "η 0.04", "batch size 8"."""
    return f"{letter(slid.symbol) or name.replace('_', ' ')} {brief(number, 3)}"


def tuned_sentence(view: RaceView) -> str:
    """The first sentence under the tuning map."""
    settings = view.settings
    slid = fields(settings)
    values = " and ".join(
        _field_and_value(name, slid[name], number) for name, number in zip(axes(settings), place(settings), strict=True)
    )
    return f"{view.runs[0].racer.name} at {values}: {regime(view)}; {_there(view)}"


def _there(view: RaceView) -> str:
    settings = view.settings
    if level(settings) == -math.inf:
        return "no minimum is known to get to"
    part, since = f"{brief(100 * settings.tolerance)} %", arrival(view)
    return f"not within {part} to the end" if since is None else f"within {part} from step {since} to the end"
