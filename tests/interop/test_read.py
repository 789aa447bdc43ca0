"""A pasted line says what it says: programs read back to the record they were made from, and nothing is ever run."""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from interop import read_program, write_program
from optimizers import (
    OPTAX,
    OPTIMIZERS,
    SCHEDULES,
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    Constant,
    CosineDecay,
    ExponentialDecay,
    Lion,
    Nadam,
    PiecewiseConstantDecay,
    PolynomialDecay,
    RMSprop,
    WarmupCosineDecay,
)
from optimizers.optimizer import CLIPPING
from records import number_fields, rounded, switch_fields

KERAS = [cls for slug, cls in OPTIMIZERS.items() if slug not in OPTAX]
CURVES = [cls for cls in SCHEDULES.values() if cls is not Constant]


def values(slid):
    """A value somewhere on a slider, as it is stored."""
    low, high = (math.log10(slid.low), math.log10(slid.high)) if slid.log else (slid.low, slid.high)
    drawn = st.floats(low, high).map(lambda value: 10**value if slid.log else value)
    return drawn.map(lambda value: min(max(rounded(value if abs(value) > 1e-30 else 0), slid.low), slid.high))


@st.composite
def anything(draw, classes):
    """A record with every field anywhere on its slider."""
    cls = draw(st.sampled_from(classes))
    made, changes = cls(), {name: draw(st.booleans()) for name in switch_fields(cls)}
    for name, slid in number_fields(cls).items():
        before = getattr(made, name)
        if isinstance(before, tuple):
            entries = st.lists(values(slid), min_size=len(before), max_size=len(before), unique=True)
            changes[name] = tuple(sorted(draw(entries)))
        else:
            changes[name] = draw(values(slid))
    clip = draw(st.sampled_from(CLIPPING))  # at most one of them can be on
    return made.replace(**{name: value for name, value in changes.items() if name not in CLIPPING or name == clip})


@st.composite
def under_anything(draw, classes):
    """An optimizer whose rate is a number or a schedule."""
    optimizer = draw(anything(classes))
    return draw(st.sampled_from([optimizer, optimizer.replace(learning_rate=draw(anything(CURVES)))]))


@settings(max_examples=150, deadline=None)
@given(under_anything(KERAS))
def test_keras_reads_back(optimizer):
    assert read_program(write_program(optimizer, "keras").source).optimizer == optimizer
    assert read_program(write_program(optimizer, "keras").source).notes == ()


@settings(max_examples=150, deadline=None)
@given(under_anything([cls for cls in OPTIMIZERS.values() if write_program(cls(), "optax").source]))
def test_optax_reads_back(optimizer):
    rate = optimizer.learning_rate
    if isinstance(rate, PiecewiseConstantDecay):  # Optax's boundaries are whole, and its values are products
        boundaries = tuple(math.floor(boundary) for boundary in rate.boundaries)
        assume(len(set(boundaries)) == len(boundaries))
        optimizer = optimizer.replace(learning_rate=rate.replace(boundaries=boundaries))
    assume(not (isinstance(optimizer, AdamW) and optimizer.amsgrad))
    expected = with_idle_off(optimizer)
    expected = expected if getattr(expected, "amsgrad", False) else with_decay_by_name(expected)
    if expected.clipnorm:  # Optax clips by the norm of all variables
        expected = expected.replace(clipnorm=0, global_clipnorm=expected.clipnorm)
    assert read_program(write_program(optimizer, "optax").source).optimizer == expected


@settings(max_examples=150, deadline=None)
@given(
    under_anything(
        [cls for cls in OPTIMIZERS.values() if write_program(cls(), "torch").source and cls is not OPTAX["radam"]]
    )
)
def test_pytorch_reads_back(optimizer):
    assume(not (isinstance(optimizer, AdamW) and optimizer.l2))  # PyTorch's AdamW has none
    expected = with_idle_off(optimizer)
    expected = expected if optimizer.l2 else with_decay_by_name(expected)
    assert read_program(write_program(optimizer, "torch").source).optimizer == expected


def with_decay_by_name(optimizer):
    """Adam with a decay of its weights is called AdamW elsewhere."""
    if type(optimizer) is not Adam or not optimizer.weight_decay:
        return optimizer
    return AdamW(**{name: getattr(optimizer, name) for name in (*number_fields(Adam), *switch_fields(Adam))})


def with_idle_off(optimizer):
    """Without momentum there is nothing to look ahead for, and no program says so."""
    inactive_fields = isinstance(optimizer, SGD) and optimizer.nesterov and not optimizer.momentum
    return optimizer.replace(nesterov=False) if inactive_fields else optimizer


READ = {
    "tf.keras.optimizers.SGD(learning_rate=0.1, momentum=0.9)": SGD(0.1, 0.9),
    "keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(1e-2, 100, 0.9))": Adam(
        ExponentialDecay(0.01, 100, 0.9)
    ),
    "model.compile(loss='categorical_crossentropy', optimizer='adam')": Adam(),
    "model.compile(optimizer=SGD(0.1, nesterov=True, momentum=0.5), loss='mse', metrics=['accuracy'])": SGD(
        0.1, 0.5, True
    ),
    "model.compile('rmsprop', 'mse')": RMSprop(),
    "'adam'": Adam(),
    "Adagrad": Adagrad(),
    "optimizer='nadam',": Nadam(),
    "opt = tensorflow.keras.optimizers.legacy.RMSprop(0.01, 0.8, 0.5)": RMSprop(0.01, 0.8, 0.5),
    "from tensorflow.keras.optimizers import SGD as S\nS(0.2)": SGD(0.2),
    "optimizers.Adam(lr=0.1, decay=0.0)": Adam(0.1),
    "rate = 0.2\nbeta = 0.8\nopt = keras.optimizers.SGD(rate, momentum=beta)\nmodel.fit(x, y)": SGD(0.2, 0.8),
    "keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(0.1, 50, warmup_target=0.2, warmup_steps=5))": Adam(
        WarmupCosineDecay(0.1, 50, 0.0, 0.2, 5)
    ),
    "torch.optim.SGD(model.parameters())": SGD(1e-3),
    "SGD(model.parameters(), lr=0.1)": SGD(0.1),
    "import torch.optim as o\no.SGD([w, b], 0.1, 0.9)": SGD(0.1, 0.9),
    "optim.RMSprop(params)": RMSprop(0.01, rho=0.99, epsilon=1e-8),
    "torch.optim.Adagrad(params)": Adagrad(0.01, initial_accumulator_value=0, epsilon=1e-8),
    "torch.optim.Adam(params, lr=1e-1, betas=(0.8, 0.9), amsgrad=True)": Adam(0.1, 0.8, 0.9, 1e-8, True),
    "torch.optim.AdamW(params)": AdamW(0.001, 0.01, epsilon=1e-8),
    "torch.optim.Adadelta(params)": Adadelta(1.0, 0.9, 1e-6),
    "torch.optim.Adamax(params)": Adamax(0.002, epsilon=1e-8),
    "torch.optim.NAdam(params)": Nadam(0.002, epsilon=1e-8),
    "torch.optim.RAdam(params, eps=1e-3)": OPTAX["radam"](0.001, eps=1e-3),
    "optax.sgd(0.1, 0.9, True)": SGD(0.1, 0.9, True),
    "optax.adam(1e-2)": Adam(0.01, epsilon=1e-8),
    "optax.adamw(learning_rate=optax.cosine_decay_schedule(0.1, 200))": AdamW(
        CosineDecay(0.1, 200), 1e-4, epsilon=1e-8
    ),
    "optax.lion(0.01, weight_decay=0)": Lion(0.01),
    "optax.lion(0.01)": Lion(0.01, weight_decay=0.001),
    "optax.rmsprop(0.01, momentum=None)": RMSprop(0.01, epsilon=1e-8),
    "optax.sgd(optax.piecewise_constant_schedule(0.1, {100: 0.5}))": SGD(PiecewiseConstantDecay((99,), (0.1, 0.05))),
    "optax.sgd(optax.linear_schedule(0.1, 0.01, 50))": SGD(PolynomialDecay(0.1, 50, 0.01)),
    "optax.adabelief(0.1, b1=0.8)": OPTAX["adabelief"](0.1, b1=0.8),
    "optax.contrib.prodigy(1.0)": OPTAX["prodigy"](1.0),
}


@pytest.mark.parametrize("text", READ)
def test_it_reads_with_the_librarys_own_defaults(text):
    assert read_program(text).optimizer == READ[text]


SCHEDULED = {
    "ExponentialLR(optimizer, 0.9)": ExponentialDecay(0.1, 1, 0.9),
    "StepLR(optimizer, step_size=30)": ExponentialDecay(0.1, 30, 0.1, staircase=True),
    "MultiStepLR(optimizer, [30, 80], gamma=0.5)": PiecewiseConstantDecay((29, 79), (0.1, 0.05, 0.025)),
    "CosineAnnealingLR(optimizer, T_max=50, eta_min=0.01)": CosineDecay(0.1, 50, 0.1),
    "PolynomialLR(optimizer, total_iters=50, power=2.0)": PolynomialDecay(0.1, 50, 0, 2),
}


@pytest.mark.parametrize("line", SCHEDULED)
def test_pytorchs_schedulers(line):
    text = f"optimizer = torch.optim.SGD(w, lr=0.1)\nscheduler = torch.optim.lr_scheduler.{line}\nscheduler.step()"
    assert read_program(text).optimizer == SGD(SCHEDULED[line])


@pytest.mark.parametrize("line", SCHEDULED)
def test_pytorchs_schedulers_give_the_rates_that_are_read(line):
    torch = pytest.importorskip("torch", reason="PyTorch is large: its lines run where it is installed")
    names = {"torch": torch, "optimizer": torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)}
    exec(f"scheduler = torch.optim.lr_scheduler.{line}", names)
    for step in range(50):
        assert names["scheduler"].get_last_lr()[0] == pytest.approx(float(SCHEDULED[line](step)), rel=1e-6, abs=2e-5)
        names["optimizer"].step()
        names["scheduler"].step()


NOTED = {
    "keras.optimizers.SGD(0.1, name='mine')": "`name` was left out",
    "keras.optimizers.Adam(epsilon=1e-12)": "`epsilon` became 1e-08, the least there is here. Received: 1e-12.",
    "torch.optim.Adam(w)": "ε after the bias correction",
    "optax.adam(0.1)": "ε after the bias correction",
    "torch.optim.RMSprop(w)": "ε beside the root",
    "optax.sgd(optax.exponential_decay(0.1, 100, 0.5), momentum=0.9)": "outside the velocity",
    "optax.nadam(0.1)": "from the first step",
    "optax.amsgrad(0.1)": "before it takes the largest",
    "o = torch.optim.SGD(w, lr=0.1)\ns = CosineAnnealingLR(o, 50)": "rises again",
    "o = torch.optim.SGD(w, lr=0.1, momentum=0.9)\ns = ExponentialLR(o, 0.9)": "outside the velocity",
}


@pytest.mark.parametrize("text", NOTED)
def test_what_is_otherwise_here_is_said(text):
    assert NOTED[text] in " ".join(read_program(text).notes)
