"""The code on the page is code that runs: Keras evaluates it, and gives the same rates and settings."""

import random
import shutil
import subprocess
import sys

import jax
import keras
import numpy as np
import pytest

from interop import LIBRARIES, write_program
from interop.write import keras_code, keras_optimizer, keras_schedule
from optimizers import (
    OPTAX,
    OPTIMIZERS,
    SCHEDULES,
    SGD,
    Adam,
    Constant,
    CosineDecayRestarts,
    ExponentialDecay,
    PiecewiseConstantDecay,
)
from optimizers.optimizer import CLIPPING
from records import number_fields, rounded, switch_fields

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # Keras's own

STEPS = range(0, 301, 7)
DRAWS = range(6)
KERAS = [slug for slug in OPTIMIZERS if slug not in OPTAX]
every_schedule = pytest.mark.parametrize("slug", SCHEDULES)


@pytest.fixture(autouse=True)
def double():
    """Keras with the precision of the project."""
    before = keras.config.floatx()
    keras.config.set_floatx("float64")
    yield
    keras.config.set_floatx(before)


def anywhere(cls, seed):
    """A record with every field somewhere on its slider, as it is stored."""
    draw, made = random.Random(seed), cls()
    changes = {name: draw.random() < 0.5 for name in switch_fields(cls)}
    for name, slid in number_fields(cls).items():
        before = getattr(made, name)
        count = len(before) if isinstance(before, tuple) else 1
        values = tuple(sorted(rounded(draw.uniform(slid.low, slid.high)) for _ in range(count)))
        if draw.random() < 0.3 and name in ("decay_steps", "first_decay_steps", "warmup_steps"):
            values = (float(round(values[0])),)
        changes[name] = values if isinstance(before, tuple) else values[0]
    clip = draw.choice(CLIPPING)  # at most one of them can be on
    return made.replace(**{name: value for name, value in changes.items() if name not in CLIPPING or name == clip})


def evaluated(code):
    return eval(code, {"keras": keras})


def rates(value):
    """Keras's rate at some steps; a number is the same at all of them. Cosines would compile a branch at each call."""
    if isinstance(value, float):
        return np.full(len(STEPS), value)
    rate = jax.jit(value) if "Cosine" in type(value).__name__ else value
    return np.array([float(rate(float(step))) for step in STEPS])


def within_float32(schedule):
    """Steps at which it matters which side of a restart Keras's float32 logarithm falls on are left out."""
    ours = np.asarray(schedule(np.array(STEPS, dtype=float)))
    near = [np.asarray(schedule(np.array(STEPS) * (1 + off))) for off in (-1e-5, 1e-5)]
    steady = np.isclose(near[0], near[1], rtol=1e-2, atol=1e-3 * ours.max())
    return ours, steady


@every_schedule
@pytest.mark.parametrize("seed", DRAWS)
def test_a_schedule_evaluates_to_the_same_rates(slug, seed):
    schedule = anywhere(SCHEDULES[slug], seed)
    ours, steady = within_float32(schedule)
    theirs = rates(evaluated(keras_schedule(schedule)))
    assert steady.mean() > 0.7
    np.testing.assert_allclose(theirs[steady], ours[steady], rtol=1e-4, atol=1e-4 * ours.max())


@pytest.mark.parametrize("slug", KERAS)
@pytest.mark.parametrize("seed", DRAWS)
def test_an_optimizer_evaluates_to_the_same_settings(slug, seed):
    optimizer = anywhere(OPTIMIZERS[slug], seed)
    config = evaluated(keras_optimizer(optimizer)).get_config()
    for name in {*number_fields(optimizer), *switch_fields(optimizer)} - {"l2"}:
        expected = None if name in optimizer.inactive_fields else pytest.approx(getattr(optimizer, name), rel=1e-6)
        assert config[name] == expected, name


@every_schedule
@pytest.mark.parametrize("slug_of_optimizer", KERAS)
def test_an_optimizer_takes_every_schedule(slug, slug_of_optimizer):
    schedule = anywhere(SCHEDULES[slug], 3)
    names = {}
    exec(write_program(OPTIMIZERS[slug_of_optimizer](learning_rate=schedule), "keras").source, names)
    twin = names["optimizer"]
    assert type(twin).__name__ == type(OPTIMIZERS[slug_of_optimizer]()).__name__
    expected = evaluated(keras_schedule(schedule))
    if isinstance(schedule, Constant):
        assert twin.get_config()["learning_rate"] == pytest.approx(expected, rel=1e-6)
    else:
        assert twin._learning_rate.get_config() == expected.get_config()


SAMPLES = [
    *(anywhere(cls, seed) for cls in OPTIMIZERS.values() for seed in DRAWS),
    *(SGD(learning_rate=anywhere(cls, seed), momentum=0.9) for cls in SCHEDULES.values() for seed in DRAWS),
    *(cls(learning_rate=ExponentialDecay()) for cls in OPTIMIZERS.values()),
    Adam(CosineDecayRestarts(0.1, 50, 1.5, 0.5, 0.1), beta_1=0.8),
    Adam(CosineDecayRestarts(t_mul=1), amsgrad=True),
    SGD(CosineDecayRestarts(), nesterov=True),
    SGD(PiecewiseConstantDecay(tuple(range(1, 40)), tuple(np.geomspace(1, 0.01, 40)))),
]


def as_black(code):
    ruff = shutil.which("ruff", path=str(sys.prefix) + "/bin")
    command = [ruff, "format", "--isolated", "--line-length", "88", "--stdin-filename", "code.py", "-"]
    return subprocess.run(command, input=code, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("library", LIBRARIES)
def test_it_breaks_lines_as_black_does(library):
    code = "\n".join(write_program(sample, library).source for sample in SAMPLES) + "\n"
    assert [line for line in as_black(code).splitlines() if line] == [line for line in code.splitlines() if line]
    assert max(map(len, code.splitlines())) <= 88


@pytest.mark.parametrize("library", LIBRARIES)
def test_blank_lines_are_blacks_too(library):
    for sample in (Adam(), Adam(CosineDecayRestarts(), amsgrad=True), SGD(PiecewiseConstantDecay(), momentum=0.9)):
        code = write_program(sample, library).source + "\n"
        assert as_black(code) == code


TYPED = {
    "SGD(0.04)": (SGD(0.04), "keras.optimizers.SGD(learning_rate=0.04)"),
    "Adam()": (Adam(), "keras.optimizers.Adam(learning_rate=0.001)"),
    "a constant": (SGD(Constant(0.1)), "keras.optimizers.SGD(learning_rate=0.1)"),
    "a staircase": (
        SGD(ExponentialDecay(0.1, 100, 0.9, staircase=True), momentum=0.9, nesterov=True),
        """keras.optimizers.SGD(
    learning_rate=keras.optimizers.schedules.ExponentialDecay(
        initial_learning_rate=0.1, decay_steps=100, decay_rate=0.9, staircase=True
    ),
    momentum=0.9,
    nesterov=True,
)""",
    ),
}


@pytest.mark.parametrize(("optimizer", "code"), TYPED.values(), ids=TYPED)
def test_it_is_what_one_would_type(optimizer, code):
    assert keras_optimizer(optimizer) == code


def test_a_method_of_optax_is_shown_as_optax_has_it():
    adabelief = OPTAX["adabelief"](0.1, b1=0.8)
    assert keras_code(adabelief) == "optax.adabelief(learning_rate=0.1, b1=0.8)"
    assert write_program(adabelief, "keras").notes == ("Keras has no AdaBelief.",)


def test_piecewise_takes_lists_and_whole_steps():
    assert "boundaries=[20, 50.5], values=[0.1, 0.01, 0.001]" in keras_schedule(
        SCHEDULES["piecewise"]((20, 50.5), (0.1, 0.01, 0.001))
    )


def test_a_warm_up_is_keras_cosine_decay():
    code = keras_schedule(SCHEDULES["warmup_cosine"]())
    assert code.startswith("keras.optimizers.schedules.CosineDecay(\n")
    assert "warmup_target=0.01" in code
    assert "warmup_steps=20" in code
