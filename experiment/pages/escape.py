"""The page on escapes: stuck in a local minimum, or out?"""

from typing import Any

from experiment.pages.page_spec import PageSpec
from experiment.race.settings import SURFACES, Racer, Settings, racer
from experiment.summary.energy import energy_column, energy_facts
from landscapes import LANDSCAPES, Landscape

PAIR: tuple[Racer, ...] = (racer("descent"), racer("momentum"))

OFFERED = ("double_well", "wells", "rastrigin", "himmelblau", "six_hump_camel", "own")
"""The landscapes on which there is something to escape from, by slug."""


def pair(landscape: Landscape, rate: float, momentum: float, **changes: Any) -> Settings:
    """The settings of a race of plain descent and momentum from one start."""
    settings = Settings("escape", landscape, PAIR, learning_rate=rate, momentum=momentum, steps=200)
    return settings.replace(**changes)


DOUBLE_WELL = LANDSCAPES["double_well"]()

FIRST = pair(DOUBLE_WELL, 0.03, 0.8)

PRESETS: dict[str, Settings] = {
    "stuck, and out": FIRST,
    "too little momentum": pair(DOUBLE_WELL, 0.03, 0.5),
    "a higher barrier": pair(DOUBLE_WELL.replace(barrier=1.6), 0.02, 0.8),
    "shaken out by noise": pair(
        DOUBLE_WELL,
        0.03,
        0.8,
        racers=(
            racer("descent", name="Full batch", overrides=("momentum", "batch_size")),
            racer("descent", name="Noisy"),
        ),
        batch_size=1,
        noise=6.0,
        steps=400,
    ),
    "wells": pair(LANDSCAPES["wells"](), 0.3, 0.9),
    "six humps": pair(LANDSCAPES["six_hump_camel"](), 0.02, 0.9),
}

ESCAPE = PageSpec(
    slug="escape",
    title="Escape",
    question="Stuck in a local minimum, or out?",
    first=FIRST,
    presets=PRESETS,
    landscapes={slug: SURFACES[slug] for slug in OFFERED},
    run_facts=lambda settings, run: energy_facts(settings.landscape, run),
    columns=energy_column,
)
