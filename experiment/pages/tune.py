"""The page on tuning: which learning rate and momentum?"""

from typing import Any

from experiment.pages.page_spec import PageSpec
from experiment.race.chart_columns import sharpness_column
from experiment.race.settings import Settings, racer
from experiment.tuning.plane import plane_csv
from experiment.tuning.tuned import crosshair
from experiment.tuning.words import tuned_sentence
from landscapes import LANDSCAPES, Landscape
from optimizers import SGD, ExponentialDecay

BOWL = LANDSCAPES["bowl"](rotation=20.0)


def tuned(landscape: Landscape, method: str = "momentum", **changes: Any) -> Settings:
    """The settings of one racer and the map of its settings."""
    settings = Settings(
        "tune", landscape, (racer(method),), learning_rate=landscape.learning_rate, momentum=0.9, steps=300
    )
    return settings.replace(**changes)


FIRST = tuned(BOWL, learning_rate=0.02)

PRESETS: dict[str, Settings] = {
    "theory on a bowl": FIRST,
    "a ravine": tuned(LANDSCAPES["bowl"](condition=100.0), learning_rate=0.005, steps=500),
    "Nesterov": tuned(BOWL, "nesterov", learning_rate=0.05),
    "Rosenbrock": tuned(LANDSCAPES["rosenbrock"](), steps=1000, tolerance=0.001),
    "which minimum": tuned(LANDSCAPES["double_well"](), measure="minimum", steps=300),
    "Adam’s two memories": tuned(LANDSCAPES["beale"](), "adam", axes=("beta_1", "beta_2"), steps=400),
    "how fast to decay": tuned(
        LANDSCAPES["himmelblau"](),
        "descent",
        racers=(racer("descent", optimizer=SGD(0.02)),),
        decay_schedule=ExponentialDecay(0.01, 50, 0.5),
        axes=("learning_rate", "decay_rate"),
    ),
    "batch size": tuned(
        LANDSCAPES["line"](), "descent", axes=("learning_rate", "batch_size"), batch_size=16, steps=300, tolerance=0.01
    ),
}

TUNE = PageSpec(
    slug="tune",
    title="Tune",
    question="Which learning rate and momentum?",
    first=FIRST,
    presets=PRESETS,
    summary=tuned_sentence,
    race_facts=crosshair,
    columns=sharpness_column,
    tables={"map": ("Tuning map (CSV)", "How each cell ends", "map.csv", plane_csv)},
)
