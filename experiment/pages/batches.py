"""The page on batches: what does a batch do?"""

from typing import Any

from experiment.pages.page_spec import PageSpec
from experiment.race.chart_columns import effective_columns
from experiment.race.settings import Settings, racer
from experiment.summary.cost import cost
from experiment.summary.validation import about_validation, validation_columns, validation_sentence
from landscapes.data.classifier import Classifier
from landscapes.data.fitted import Fitted
from landscapes.data.line import Line
from landscapes.data.rare_feature import RareFeature
from optimizers import SGD, Adagrad

SIZE = 32
"""The rows of a mini-batch: Keras's default."""


THREE = (
    racer("momentum", name="Full batch", overrides=("batch_size",)),
    racer("momentum", name="Mini-batch"),
    racer("momentum", name="Single sample", overrides=("batch_size",), batch_size=1),
)
"""One method on all rows, on a mini-batch (the shared size), and on a single row a step."""


def fit(landscape: Fitted | None = None, **changes: Any) -> Settings:
    """The settings of a race of three batch sizes, on a line through data if no landscape is given."""
    landscape = landscape or Line()
    rate = landscape.learning_rate
    settings = Settings("batches", landscape, THREE, learning_rate=rate, momentum=0.0, batch_size=SIZE, steps=120)
    return settings.replace(**changes)


FIRST = fit()

PRESETS: dict[str, Settings] = {
    "full, mini, single": FIRST,
    "unscaled: a ravine": fit(Line(standardise=False), learning_rate=0.03, steps=600),
    "MAE hovers": fit(Line(data="made_up", loss="mae", scatter=0.0), learning_rate=0.7),
    "one outlier, squared": fit(Line(data="anscombe_3"), batch_size=4),
    "one outlier, absolute": fit(Line(data="anscombe_3", loss="mae"), batch_size=4, steps=200),
    "Adagrad on a rare feature": Settings(
        "batches",
        RareFeature(),
        (
            racer("descent", name="Small rate", optimizer=SGD(0.1), overrides=("learning_rate", "momentum")),
            racer("descent", name="Large rate", optimizer=SGD(0.4), overrides=("learning_rate", "momentum")),
            racer("adagrad", optimizer=Adagrad(0.5)),
        ),
        batch_size=8,
        steps=200,
    ),
    "two classes": fit(Classifier(), batch_size=16, steps=200),
    "zero loss is not the goal": fit(
        Line(data="made_up", scatter=2.0, validation_split=0.95),
        racers=THREE[:1],
        learning_rate=0.03,
        batch_size=None,
        steps=200,
    ),
}

BATCHES = PageSpec(
    slug="batches",
    title="Batches",
    question="What does a batch do?",
    first=FIRST,
    presets=PRESETS,
    kind=Fitted,
    compared=lambda settings, racer: {None: "full", 1: "single"}.get(settings.batch(racer).size, "mini"),
    summary=lambda view: validation_sentence(view) or cost(view),
    run_facts=about_validation,
    columns=lambda landscape, run: effective_columns(landscape, run) | validation_columns(landscape, run),
)
