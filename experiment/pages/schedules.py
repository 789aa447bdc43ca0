"""The page on schedules: why decay the learning rate?"""

import optimizers
from experiment.pages.page_spec import PageSpec
from experiment.race.best_fixed_rate import fixed, kept_best
from experiment.race.chart_columns import effective_columns
from experiment.race.schedules import schedule_facts, scheduled
from experiment.race.settings import Settings, racer, slug_of
from experiment.summary.final_loss import final_loss_summary
from landscapes import LANDSCAPES
from optimizers import (
    Adagrad,
    Adam,
    Constant,
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    InverseTimeDecay,
    PiecewiseConstantDecay,
    PolynomialDecay,
    RMSprop,
    WarmupCosineDecay,
)

NOISY = Settings(
    "schedules",
    LANDSCAPES["bowl"](),
    (
        scheduled(Constant(), name="Fixed rate"),
        fixed(0.02),
        scheduled(ExponentialDecay(decay_steps=50.0, decay_rate=0.4)),
        scheduled(CosineDecay(decay_steps=200.0)),
    ),
    learning_rate=0.1,
    momentum=0.0,
    batch_size=2,
    noise=3.0,
    steps=200,
)

FIRST = NOISY

PRESETS: dict[str, Settings] = {
    "decay settles": FIRST,
    "Keras's four": NOISY.replace(
        racers=(
            scheduled(ExponentialDecay(decay_steps=50.0, decay_rate=0.4)),
            scheduled(PiecewiseConstantDecay((60.0, 120.0), (0.1, 0.025, 0.006))),
            scheduled(PolynomialDecay(decay_steps=200.0, end_learning_rate=0.001)),
            scheduled(InverseTimeDecay(decay_steps=20.0, decay_rate=1.0)),
        )
    ),
    "cosine, restarts, warm-up": NOISY.replace(
        racers=(
            scheduled(CosineDecay(decay_steps=200.0)),
            scheduled(CosineDecayRestarts(first_decay_steps=60.0, t_mul=1.5, m_mul=0.6)),
            scheduled(WarmupCosineDecay(decay_steps=160.0, warmup_steps=40.0)),
        )
    ),
    "without noise, fixed wins": NOISY.replace(
        racers=(fixed(0.16), *NOISY.racers[2:]), batch_size=None, noise=0.0, steps=100
    ),
    "Adagrad fades": Settings(
        "schedules",
        LANDSCAPES["beale"](),
        (
            racer("adagrad", optimizer=Adagrad(0.1)),
            racer("rmsprop", optimizer=RMSprop(0.01)),
            racer("adam", optimizer=Adam(0.05)),
        ),
        steps=600,
    ),
}

SCHEDULES = PageSpec(
    slug="schedules",
    title="Schedules",
    question="Why decay the learning rate?",
    first=FIRST,
    presets=PRESETS,
    compared=lambda settings, racer: slug_of(settings.schedule(racer), optimizers.SCHEDULES),
    summary=final_loss_summary,
    run_facts=schedule_facts,
    columns=effective_columns,
    code=True,
    stored=kept_best,
)
