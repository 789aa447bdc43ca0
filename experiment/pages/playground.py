"""The playground: who gets down, and how? Its presets are named by what goes wrong or right."""

from experiment.pages.page_spec import PageSpec
from experiment.race.chart_columns import sharpness_column
from experiment.race.settings import Settings, racer
from landscapes import LANDSCAPES
from optimizers import SGD, RMSprop

PRESETS: dict[str, Settings] = {
    "too small": Settings(
        landscape=LANDSCAPES["bowl"](), racers=(racer("descent"), racer("momentum")), learning_rate=0.001, momentum=0.5
    ),
    "too large": Settings(
        landscape=LANDSCAPES["bowl"](condition=8.0),
        racers=(
            racer("descent"),
            racer("descent", name="Below the limit", optimizer=SGD(0.2), overrides=("learning_rate", "momentum")),
        ),
        learning_rate=0.28,
        steps=60,
    ),
    "stuck in a local minimum": Settings(
        racers=(racer("descent"), racer("adagrad"), racer("rmsprop"), racer("adam")),
    ),
    "momentum escapes": Settings(racers=(racer("descent"), racer("momentum"), racer("nesterov"))),
    "zigzag in a ravine": Settings(
        landscape=LANDSCAPES["bowl"](condition=40.0, rotation=20.0),
        racers=(racer("descent"), racer("momentum"), racer("rmsprop", optimizer=RMSprop(0.03))),
        learning_rate=0.046,
        momentum=0.7,
        steps=120,
    ),
    "saddle": Settings(
        landscape=LANDSCAPES["saddle"](),
        racers=(racer("descent"), racer("momentum"), racer("rmsprop"), racer("adam")),
        learning_rate=0.025,
        start=(1.6, 1e-7),
    ),
    "Adagrad fades": Settings(
        landscape=LANDSCAPES["beale"](),
        racers=(
            racer("adagrad"),
            racer("rmsprop", optimizer=RMSprop(0.02)),
        ),
        steps=600,
    ),
    "clipped at a cliff": Settings(
        landscape=LANDSCAPES["cliff"](),
        racers=(
            racer("descent"),
            racer("descent", name="Clipped", optimizer=SGD(0.3).replace(clipnorm=1.0)),
        ),
        learning_rate=0.3,
        steps=80,
    ),
    "noise": Settings(
        landscape=LANDSCAPES["himmelblau"](),
        racers=(
            racer("descent", name="Full batch", overrides=("momentum", "batch_size")),
            racer("descent", name="Mini-batch of 8"),
            racer("descent", name="Single samples", overrides=("momentum", "batch_size"), batch_size=1),
        ),
        learning_rate=0.01,
        batch_size=8,
        noise=10.0,
    ),
}

PLAYGROUND = PageSpec(
    slug="playground", title="Playground", first=Settings(), presets=PRESETS, columns=sharpness_column
)
