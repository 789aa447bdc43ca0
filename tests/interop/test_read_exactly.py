"""Lines that have an exact reading get it: held against Optax, PyTorch and old Keras's formula, step by step."""

import math

import jax.numpy as jnp
import numpy as np
import pytest

from interop import ProgramError, read_program
from landscapes import LANDSCAPES
from optimizers import SGD, Adam, ExponentialDecay, Lion, Nadam, descend
from tests.interop.programs import PATHS

STEPS = 40

SCALED = {
    "optax.chain(optax.scale(2.), optax.sgd(.01))": SGD(0.02),
    "optax.chain(optax.scale(0.5), optax.sgd(0.02, momentum=0.9))": SGD(0.01, 0.9),
    "optax.chain(optax.scale(0.5), optax.sgd(0.02, momentum=0.9, nesterov=True))": SGD(0.01, 0.9, True),
    "optax.chain(optax.scale(0.5), optax.clip(1.0), optax.sgd(0.1))": SGD(0.05, clipvalue=2.0),
    "optax.chain(optax.clip_by_global_norm(1.0), optax.scale(0.5), optax.sgd(0.1))": SGD(0.05, global_clipnorm=1.0),
    "optax.chain(optax.scale(2), optax.add_decayed_weights(0.2), optax.sgd(0.01))": SGD(0.02, l2=0.1),
    "optax.chain(optax.scale(2.0), optax.chain(optax.scale(3.0), optax.sgd(0.001)))": SGD(0.006),
    "optax.chain(optax.scale(-1), optax.sgd(0.01), optax.scale(-1))": SGD(0.01),
    "optax.chain(optax.scale(-0.01), optax.trace(0.9))": SGD(0.01, 0.9),
    "optax.chain(optax.scale(2), optax.sgd(optax.exponential_decay(0.01, 10, 0.5)))": SGD(
        ExponentialDecay(0.02, 10, 0.5)
    ),
    "optax.chain(optax.sgd(optax.exponential_decay(0.01, 10, 0.5)), optax.scale(0.5))": SGD(
        ExponentialDecay(0.005, 10, 0.5)
    ),
    "optax.chain(optax.scale(3.0), optax.lion(0.01))": Lion(0.01, weight_decay=0.001),
    "optax.chain(optax.scale(-1.0), optax.scale_by_adam(eps=1e-8), optax.scale(0.1))": Adam(0.1, epsilon=1e-8),
}


@pytest.mark.parametrize("text", SCALED)
def test_a_number_before_an_optimizer_walks_as_optax_runs_it(text):
    landscape = LANDSCAPES["booth"]()
    optimizer = read_program(text).optimizer
    assert optimizer == SCALED[text]
    path = PATHS["optax"](f"import optax\noptimizer = {text}", landscape, STEPS)
    np.testing.assert_allclose(descend(landscape, optimizer, steps=STEPS).positions, path, rtol=1e-5, atol=1e-5)


NOT_SCALED = {
    "optax.chain(optax.scale(2.0), optax.adam(0.1))": "works with the gradient's size",
    "optax.chain(optax.scale(0.5), optax.rmsprop(0.1))": "works with the gradient's size",
    "optax.chain(optax.scale(-1), optax.adam(.1))": "turns the gradient round",
    "optax.chain(optax.scale(2.0), optax.scale_by_adam(), optax.scale(-0.1))": "works with the gradient's size",
}


@pytest.mark.parametrize("text", NOT_SCALED)
def test_a_number_before_a_rule_that_divides_by_the_gradients_size(text):
    with pytest.raises(ProgramError, match=NOT_SCALED[text]) as refused:
        read_program(text)
    left = refused.value.without
    assert left.optimizer.learning_rate == 0.1  # and not SGD(1.0)
    assert type(left.optimizer).__name__ in ("Adam", "RMSprop")
    assert "`optax.scale(" in left.notes[0]


def test_a_chain_that_goes_uphill_says_so():
    for text in (
        "optax.chain(optax.scale(-1), optax.sgd(0.1))",
        "optax.chain(optax.sgd(0.1), optax.scale(-2.0))",
        "optax.chain(optax.scale(-1), optax.sgd(optax.exponential_decay(0.1, 10, 0.9)))",
    ):
        with pytest.raises(ProgramError, match=r"downhill|uphill") as refused:
            read_program(text)
        assert "Received: optax.scale(-" in str(refused.value)


FORMULAS = {
    "math.exp(-0.05 * e)": ExponentialDecay(0.1, 20, 0.367879),
    "np.exp(-e / 50)": ExponentialDecay(0.1, 50, 0.367879),
    "2 ** (-e / 10)": ExponentialDecay(0.1, 10, 0.5),
    "0.1 ** (e / 30)": ExponentialDecay(0.1, 30, 0.1),
    "np.power(0.9, e)": ExponentialDecay(0.1, 1, 0.9),
    "math.pow(0.5, e // 10)": ExponentialDecay(0.1, 10, 0.5, staircase=True),
    "0.5 ** (e // 10)": ExponentialDecay(0.1, 10, 0.5, staircase=True),
    "math.exp(-0.1 * (e // 5))": ExponentialDecay(0.1, 5, 0.904837, staircase=True),
    "exp(-0.013 * e)": None,
    "math.exp(-3 * e)": None,
}


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_of_powers_is_an_exponential_decay(formula):
    program = f"from math import exp\no = torch.optim.SGD(w, lr=0.1)\ns = LambdaLR(o, lambda e: {formula})"
    rate = read_program(program).optimizer.learning_rate
    assert FORMULAS[formula] in (None, rate)
    assert isinstance(rate, ExponentialDecay)
    expected = [0.1 * eval(formula, {"math": math, "np": np, "exp": math.exp, "e": e}) for e in range(300)]
    np.testing.assert_allclose(rate(np.arange(300.0)), expected, rtol=2e-4, atol=2e-7)  # six digits are kept


@pytest.mark.parametrize("formula", ["0.1 * jnp.exp(-0.01 * s)", "0.1 * 2 ** (-s / 10)", "0.1 * jnp.power(0.9, s)"])
def test_optax_takes_a_formula_as_its_rate(formula):
    for text in (f"optax.sgd(lambda s: {formula})", f"def rate(s):\n    return {formula}\noptax.sgd(rate)"):
        rate = read_program(text).optimizer.learning_rate
        expected = [eval(formula, {"jnp": jnp, "s": float(s)}) for s in range(100)]
        np.testing.assert_allclose(rate(np.arange(100.0)), expected, rtol=1e-5)
    with pytest.raises(ProgramError, match="whose rates a schedule here gives exactly"):
        read_program("optax.sgd(lambda s: 0.1 * jnp.log(s + 2))")


OLD_NADAM = {
    "keras.optimizers.Nadam(lr=0.002, schedule_decay=0.004)": "0.96^(0.004 · step)",
    "keras.optimizers.Nadam(lr=0.002)": "0.96^(0.004 · step)",
    "tf.keras.optimizers.legacy.Nadam(0.002)": "0.96^(0.004 · step)",
    "from keras.optimizers.legacy import Nadam\nNadam(0.002)": "0.96^(0.004 · step)",
    "keras.optimizers.nadam(0.002, schedule_decay=0.01)": "0.96^(0.01 · step)",
    "keras.optimizers.deserialize({'class_name': 'Nadam', 'config': {'lr': 0.002}})": "0.96^(0.004 · step)",
}


@pytest.mark.parametrize("text", OLD_NADAM)
def test_old_keras_raises_the_momentum_of_nadam_otherwise(text):
    program = read_program(text)
    assert program.optimizer == Nadam(0.002)
    assert OLD_NADAM[text] in " ".join(program.notes)


def old_nadam(landscape, rate, schedule_decay, steps):
    """Old Keras's documented update, from its source."""
    xy, m, v, product, path = np.array(landscape.start), 0.0, 0.0, 1.0, [np.array(landscape.start)]
    for t in range(1, steps + 1):
        x, y = xy
        g = np.array([10 * x + 8 * y - 34, 8 * x + 10 * y - 38])  # of Booth's function
        now, following = (0.9 * (1 - 0.5 * 0.96 ** (k * schedule_decay)) for k in (t, t + 1))
        product *= now
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        mean = (1 - now) * g / (1 - product) + following * m / (1 - product * following)
        xy = xy - rate * mean / (np.sqrt(v / (1 - 0.999**t)) + 1e-7)
        path.append(xy)
    return np.array(path)


def test_nadam_with_a_schedule_decay_of_one_is_ours():
    program = read_program("keras.optimizers.Nadam(lr=0.05, schedule_decay=1)")
    landscape = LANDSCAPES["booth"]()
    assert not program.notes
    path = descend(landscape, program.optimizer, steps=STEPS).positions
    np.testing.assert_allclose(path, old_nadam(landscape, 0.05, 1.0, STEPS), rtol=1e-5, atol=1e-5)
    assert np.abs(path - old_nadam(landscape, 0.05, 0.004, STEPS)).max() > 0.01
    assert not read_program("keras.optimizers.Nadam(0.05)").notes


def test_settings_of_a_class_are_read():
    config = "{'learning_rate': 0.1, 'momentum': 0.5}"
    for text in (f"SGD.from_config({config})", f"keras.optimizers.SGD.from_config({config})"):
        assert read_program(text).optimizer == SGD(0.1, 0.5)
    assert read_program("c = {'lr': 0.1}\nopt = tf.keras.optimizers.SGD.from_config(c)").optimizer == SGD(0.1)
    for text in ("SGD.from_config(config)", "o = SGD(0.1)\no = SGD.from_config(o.get_config())"):
        with pytest.raises(ProgramError, match="`from_config` is read with its settings written out"):
            read_program(text)
