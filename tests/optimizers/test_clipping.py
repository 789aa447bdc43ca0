"""Clipping, weight decay and L2: Keras's arithmetic on every optimizer, PyTorch's L2, and no cost when off."""

import jax
import jax.numpy as jnp
import keras_twins
import numpy as np
import optax
import pytest

from landscapes import LANDSCAPES, from_formula
from optimizers import (
    OPTAX,
    OPTIMIZERS,
    SGD,
    Adadelta,
    Adam,
    AdamW,
    Constant,
    ExponentialDecay,
    Lion,
    Optax,
    RMSprop,
    descend,
)
from optimizers.descent import _run
from optimizers.explain.anatomy import anatomy
from optimizers.explain.anatomy.latex import vector
from optimizers.optimizer import CLIPPING, COMMON

KERAS = [cls for cls in OPTIMIZERS.values() if not issubclass(cls, Optax)]
VALUES = {"weight_decay": 0.3, "clipnorm": 0.7, "clipvalue": 0.4, "global_clipnorm": 0.7, "l2": 0.6}
STEPS = 60

every_keras = pytest.mark.parametrize("cls", KERAS, ids=lambda cls: cls.__name__)
every_field = pytest.mark.parametrize("field", COMMON)


def moving(cls, **fields):
    """An optimizer at a rate at which it moves, under a decay so that the rate of each step counts."""
    epsilon = {"epsilon": 1e-3} if cls is Adadelta else {}
    return cls(ExponentialDecay(1.0 if cls is Adadelta else 0.03, 20, 0.7), **epsilon, **fields)


@pytest.mark.parametrize("slug", ["himmelblau", "cliff"])
@every_field
@every_keras
def test_whole_paths_are_those_of_keras(cls, field, slug):
    surface, optimizer = LANDSCAPES[slug](), moving(cls, **{field: VALUES[field]})
    path = descend(surface, optimizer, steps=STEPS).positions
    expected = keras_twins.keras_path(surface, optimizer, surface.start, STEPS)
    assert np.abs(path - expected).max() <= 1e-11 * np.abs(expected).max()
    if slug == "himmelblau" and (cls is not Lion or field == "weight_decay"):  # Lion sees only the sign of the gradient
        without = descend(surface, moving(cls, **{field: 0}), steps=STEPS).positions
        assert np.abs(path - without).max() > 1e-5


@pytest.mark.parametrize(
    "optimizer", [Adam(Constant(0.05)), RMSprop(Constant(0.01), 0.9, 0.5)], ids=lambda made: made.title
)
def test_clipping_and_decay_together_are_those_of_keras(optimizer):
    surface, optimizer = LANDSCAPES["beale"](), optimizer.replace(weight_decay=0.1, clipnorm=0.3)
    expected = keras_twins.keras_path(surface, optimizer, surface.start, STEPS)
    np.testing.assert_allclose(descend(surface, optimizer, steps=STEPS).positions, expected, rtol=1e-11, atol=1e-12)


TORCH = {
    "SGD": (SGD(0.01, momentum=0.9, nesterov=True), {"lr": 0.01, "momentum": 0.9, "nesterov": True}),
    "Adam": (Adam(0.05, epsilon=0), {"lr": 0.05, "eps": 0}),
    "NAdam": (OPTIMIZERS["nadam"](0.05, epsilon=0), {"lr": 0.05, "eps": 0, "momentum_decay": 1.0}),
    "RMSprop": (RMSprop(0.01, epsilon=0), {"lr": 0.01, "alpha": 0.9, "eps": 0}),
    "Adagrad": (
        OPTIMIZERS["adagrad"](0.3, initial_accumulator_value=0.2, epsilon=0),
        {"lr": 0.3, "initial_accumulator_value": 0.2, "eps": 0},
    ),
    "Adamax": (OPTIMIZERS["adamax"](0.05, epsilon=0), {"lr": 0.05, "eps": 0}),
    "Adadelta": (Adadelta(1.0, rho=0.9, epsilon=1e-3), {"lr": 1.0, "rho": 0.9, "eps": 1e-3}),
}


@pytest.mark.parametrize("clip", [None, "value", "norm"])
@pytest.mark.parametrize("name", TORCH)
def test_l2_is_pytorchs_weight_decay_after_its_clipping(name, clip):
    torch = pytest.importorskip("torch", reason="PyTorch is large: its lines run where it is installed")
    optimizer, arguments = TORCH[name]
    fields = {None: {}, "value": {"clipvalue": 0.5}, "norm": {"clipnorm": 0.5}}[clip]
    optimizer = optimizer.replace(l2=0.3, **fields)
    surface = LANDSCAPES["himmelblau"]()
    xy = torch.nn.Parameter(torch.tensor(surface.start, dtype=torch.float64))
    twin = getattr(torch.optim, name)([xy], weight_decay=0.3, **arguments)
    slope, visited = jax.jit(jax.grad(lambda xy: surface(xy))), [np.array(surface.start)]
    for _ in range(STEPS):
        xy.grad = torch.tensor(np.asarray(slope(visited[-1])))
        if clip == "value":
            torch.nn.utils.clip_grad_value_([xy], 0.5)
        elif clip == "norm":
            torch.nn.utils.clip_grad_norm_([xy], 0.5)  # adds 1e-6 to the norm
        twin.step()
        visited.append(xy.detach().numpy().copy())
    path = descend(surface, optimizer, steps=STEPS).positions
    rough = clip == "norm" or name == "NAdam"  # whose momenta PyTorch multiplies up in float32
    np.testing.assert_allclose(path, visited, rtol=1e-4 if rough else 1e-11, atol=1e-12)


OF_OPTAX = {
    "clipnorm": optax.clip_by_global_norm(0.7),
    "global_clipnorm": optax.clip_by_global_norm(0.7),
    "clipvalue": optax.clip(0.4),
    "l2": optax.add_decayed_weights(0.6),
}


@pytest.mark.parametrize("slug", ["adabelief", "lamb", "lars", "prodigy", "optimistic"])
@pytest.mark.parametrize("field", OF_OPTAX)
def test_optaxs_own_methods_are_chained_with_what_comes_before(field, slug):
    rate = 0.002 if slug == "optimistic" else 0.05
    surface, made = LANDSCAPES["himmelblau"](), OPTAX[slug](rate, **{field: VALUES[field]})
    chain = optax.chain(OF_OPTAX[field], made.transformation(rate))

    @jax.jit
    def step(xy, state):
        updates, state = chain.update(jax.grad(lambda xy: surface(xy))(xy), state, xy)
        return optax.apply_updates(xy, updates), state

    xy, visited = jnp.array(surface.start), [np.array(surface.start)]
    state = chain.init(xy)
    for _ in range(STEPS):
        xy, state = step(xy, state)
        visited.append(np.asarray(xy))
    np.testing.assert_allclose(descend(surface, made, steps=STEPS).positions, visited, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("cls", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_what_is_off_is_no_part_of_the_program(cls):
    """The program of an optimizer that clips nothing is the one of its rule alone, so its path is so bit for bit."""
    optimizer = cls()
    gradient, params = jnp.array([0.3, -2.0]), jnp.array([1.0, -0.5])
    state = optimizer.init(params)
    whole, rule = (
        jax.make_jaxpr(method)(gradient, state, params, 0.1) for method in (optimizer.apply, optimizer.update)
    )
    assert str(whole) == str(rule)


@pytest.mark.parametrize("field", [*CLIPPING, "l2"])
def test_moving_its_slider_compiles_nothing(field):
    surface = LANDSCAPES["bowl"]()
    descend(surface, Adam(0.1, **{field: 0.5}), steps=20)
    before = _run._cache_size()
    for value in (0.1, 3.0, 1e-3):
        descend(surface, Adam(0.2, **{field: value}), steps=20)
    assert _run._cache_size() == before


@pytest.mark.parametrize("cls", [SGD, AdamW, OPTAX["yogi"]])
def test_none_is_off_and_only_one_clips(cls):
    assert cls(0.1, clipnorm=None, clipvalue=None) == cls(0.1)
    assert cls(0.1, clipnorm=1).replace(clipnorm=None) == cls(0.1)
    for one, other in ((0, 1), (0, 2), (1, 2)):
        fields = {CLIPPING[one]: 1.5, CLIPPING[other]: 2}
        with pytest.raises(ValueError, match=f"At most one of .* Received: {CLIPPING[one]}=1.5, {CLIPPING[other]}=2"):
            cls(0.1, **fields)
        with pytest.raises(ValueError, match="At most one of"):
            cls(0.1, **{CLIPPING[one]: 1.5}).replace(**{CLIPPING[other]: 2})
    with pytest.raises(ValueError, match=r"`clipnorm` must be at least 0\. Received: -1\. 0 turns it off"):
        cls(0.1, clipnorm=-1)


def test_arguments_stand_where_keras_has_them():
    assert SGD(0.1, 0.9, True, 0.01, 2.0).clipnorm == 2
    assert Adam(0.1, 0.9, 0.99, 1e-3, True, 0.01, None, 0.5) == Adam(
        0.1, beta_2=0.99, epsilon=1e-3, amsgrad=True, weight_decay=0.01, clipvalue=0.5
    )


ON = {
    "clipnorm": {"clipnorm": 0.5},
    "clipvalue": {"clipvalue": 0.5},
    "global_clipnorm": {"global_clipnorm": 0.5},
    "l2": {"l2": 0.3},
    "decay": {"weight_decay": 0.3},
    "all": {"clipnorm": 0.5, "l2": 0.2, "weight_decay": 0.1},
}


@pytest.mark.parametrize("cls", KERAS, ids=lambda cls: cls.__name__)
@pytest.mark.parametrize("on", ON)
def test_an_update_taken_apart_still_adds_up(cls, on):
    optimizer = moving(cls, **ON[on])
    path = descend(LANDSCAPES["himmelblau"](), optimizer, steps=12)
    for index in (0, 11):
        made = anatomy(optimizer, path, index)
        rate, p = path.learning_rates[index], path.positions[index]
        own_decay = 0 if "weight_decay" in optimizer.common else rate * optimizer.weight_decay * p
        start = p if "weight_decay" not in optimizer.common else p * (1 - rate * optimizer.weight_decay)
        if made.push is not None:
            carried = 0 if made.velocity is None else made.velocity
            np.testing.assert_allclose(start + carried + made.push - own_decay, path.positions[index + 1], rtol=1e-9)
        np.testing.assert_array_equal(made.gradient, path.gradients[index])
        assert made.lines[-1].endswith(vector(path.positions[index + 1]))
        assert vector(path.positions[index + 1] - start) in made.lines[-2]
        assert len(made.lines) > len(anatomy(cls(0.1), path, index).lines) - (cls is AdamW and on == "decay")
        assert "def apply" in made.code or (cls is AdamW and on == "decay")


def test_a_clipped_step_is_never_longer_than_the_rate_times_the_limit():
    surface = from_formula("exp(x^2 + y^2)")
    path = descend(surface, SGD(0.1, clipnorm=2.0), start=(2.0, 1.5), steps=50)
    assert path.outcome.kind != "diverged"
    assert np.hypot(*np.diff(path.positions, axis=0).T).max() <= 0.2 * (1 + 1e-12)
    assert descend(surface, SGD(0.1), start=(2.0, 1.5), steps=50).outcome.kind == "diverged"
