"""Optax's optimizers as optimizers of this project: names and sliders are given here, the arithmetic is optax's."""

import dataclasses
import inspect
import operator
from collections import namedtuple
from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

import jax
import jax.numpy as jnp
import optax

from optimizers.methods.adam import beta_1_slider, beta_2_slider
from optimizers.methods.sgd import momentum_slider
from optimizers.optimizer import CLIPPING, Optimizer, rate_slider
from records import number_fields, record, slider, switch, switch_fields

SLIDERS: dict[str, Any] = {
    "b1": beta_1_slider(),
    "b2": beta_2_slider("Memory of the gradient's size, or of its changes"),
    "b3": slider(
        0.99, 0, 0.9999, step=0.0001, symbol=r"\beta_3", help="Memory of the gradient's size", at_least=0, below=1
    ),
    "beta": slider(0.9, 0, 1, symbol=r"\beta", help="How much earlier gradients count", at_least=0, at_most=1),
    "alpha": slider(1.0, 0, 2, symbol=r"\alpha", help="How much the present gradient counts", at_least=0),
    "momentum": momentum_slider("How much of the last step is kept"),
    "eps": slider(1e-8, 1e-16, 1e-1, log=True, symbol=r"\epsilon", help="Keeps the division finite", at_least=0),
    "threshold": slider(
        5.0, 4, 10, step=0.1, symbol=r"\theta", help="How sure of its scale it must be to divide by it", at_least=4
    ),
    "trust_coefficient": slider(
        0.001, 1e-4, 1, log=True, symbol=r"\tau", help="Step length as a share of the distance from zero", at_least=0
    ),
    "min_norm": slider(1e-6, 1e-8, 1e-1, log=True, symbol=r"\epsilon", help="Least length of a vector", at_least=0),
    "estim_lr_coef": slider(1.0, 0.01, 10, log=True, symbol="c", help="What its own rate is multiplied by", above=0),
    "weight_decay": slider(
        0.0, 0, 0.5, step=0.002, symbol=r"\lambda", help="How strongly each step pulls towards zero", at_least=0
    ),
}
"""The slider of each argument, by optax's name. Defaults are optax's. Arguments without a slider keep them."""

SWITCHES = {"nesterov": "Look ahead: count on the momentum of the next step"}
"""Optax's arguments that are yes or no, with their line of help."""

NAMES = {
    "mu": "first_moment",
    "nu": "second_moment",
    "m": "first_moment",
    "v": "change_moment",
    "n": "second_moment",
    "g": "previous_gradient",
    "t": "count",
    "ema": "first_moment",
    "trace": "velocity",
    "exp_avg": "first_moment",
    "exp_avg_sq": "second_moment",
    "estim_lr": "own_rate",
    "params0": "start",
}
"""The names here of parts of optax's states. A part that is not listed keeps its name."""


class Optax(Optimizer):
    """An optimizer of optax, with optax's names of arguments and optax's arithmetic.

    `optax_name` is its place in optax. `state_names` are the names of parts of its state that differ from `NAMES`.
    """

    offered = (*CLIPPING, "l2")
    optax_name: ClassVar[str]
    state_names: ClassVar[Mapping[str, str]]

    def transformation(self, learning_rate: Any) -> optax.GradientTransformation:
        """Optax's own object for these fields and a learning rate, a scalar."""
        own = [name for name in number_fields(self) if name not in ("learning_rate", *self.common)]
        numbers = {name: jnp.asarray(getattr(self, name)) for name in own}
        switches = {name: getattr(self, name) for name in switch_fields(self)}
        return operator.attrgetter(self.optax_name)(optax)(learning_rate=learning_rate, **numbers, **switches)

    def init(self, params: Any) -> Any:
        return self._named(self.transformation(1.0).init(params))  # no state depends on the rate

    def update(self, gradient: Any, state: Any, params: Any, learning_rate: Any) -> Any:
        transformation = self.transformation(learning_rate)
        structure = jax.tree.structure(jax.eval_shape(transformation.init, params))
        updates, new_state = transformation.update(gradient, jax.tree.unflatten(structure, state), params)
        return optax.apply_updates(params, updates), self._named(new_state)

    def _named(self, state: Any) -> Any:
        """Optax's nested state as one flat named tuple."""
        leaves = jax.tree_util.tree_leaves_with_path(state)
        # the innermost field name on the way to a leaf: the outer ones are optax's wrappers
        names = [next(key.name for key in reversed(path) if hasattr(key, "name")) for path, _ in leaves]
        called = {**NAMES, **self.state_names}
        return _state(tuple(called.get(name, name) for name in names))(*(leaf for _, leaf in leaves))


@cache
def _state(names: tuple[str, ...]) -> Any:
    # cached: JAX tells states apart by their class, and a new class would compile a new program
    return namedtuple("OptaxState", names)


@dataclasses.dataclass(frozen=True)
class Row:
    """The facts of one of optax's optimizers.

    `name` is the name of its class here, `rate` its default learning rate.
    """

    optax_name: str
    name: str
    title: str
    formula: str
    story: str
    source: str
    rate: float = 0.001
    state_names: Mapping[str, str] = dataclasses.field(default_factory=dict)


def optax_class(row: Row) -> type[Optax]:
    """The class for one of optax's optimizers: each argument with a slider or a switch is a field.

    >>> AdaBelief = optax_class(ROWS["adabelief"])
    >>> list(number_fields(AdaBelief)), list(switch_fields(AdaBelief))
    (['learning_rate', 'b1', 'b2', 'eps', 'clipnorm', 'clipvalue', 'global_clipnorm', 'l2'], ['nesterov'])
    """
    fields = {"learning_rate": rate_slider(row.rate), **_fields(operator.attrgetter(row.optax_name)(optax))}
    facts = {name: getattr(row, name) for name in ("optax_name", "title", "formula", "story", "source", "state_names")}
    about = {"__doc__": f"{row.story}\n\nSource: {row.source}.", "__module__": __name__}
    return record(type(row.name, (Optax,), {"__annotations__": dict.fromkeys(fields, Any), **fields, **facts, **about}))


def _fields(function: Any) -> dict[str, Any]:
    """The fields for a function's arguments. A number whose default is not on its slider has no field."""
    defaults = {name: given.default for name, given in inspect.signature(function).parameters.items()}
    numbers = {name: _slid(SLIDERS[name], defaults[name]) for name in defaults if name in SLIDERS}
    switches = {name: switch(defaults[name], help=SWITCHES[name]) for name in defaults if name in SWITCHES}
    return {name: field for name, field in (numbers | switches).items() if field is not None}


def _slid(field: dataclasses.Field[Any], default: Any) -> dataclasses.Field[Any] | None:
    slider = field.metadata["slider"]
    on_slider = isinstance(default, float) and slider.low <= default <= slider.high
    return dataclasses.field(default=default, metadata=field.metadata) if on_slider else None


_MOMENTS = r"m \leftarrow \beta_1 m + (1-\beta_1) g, \quad s \leftarrow \beta_2 s + (1-\beta_2) g^2, \quad "
_CORRECTED = r"\hat m = \frac{m}{1-\beta_1^t}, \quad \hat s = \frac{s}{1-\beta_2^t}, \quad "
_STEP = r"p \leftarrow p - \frac{\eta\,\hat m}{\sqrt{\hat s} + \epsilon}"

ROWS: dict[str, Row] = {
    "adabelief": Row(
        "adabelief",
        "AdaBelief",
        "AdaBelief",
        r"m \leftarrow \beta_1 m + (1-\beta_1) g, \quad s \leftarrow \beta_2 s + (1-\beta_2) (g - m)^2, \quad "
        + _CORRECTED
        + _STEP,
        "Adam that divides by how far gradients stray from their mean: where they agree, it takes long steps.",
        "Zhuang et al., 2020",
    ),
    "radam": Row(
        "radam",
        "RAdam",
        "RAdam",
        _MOMENTS
        + _CORRECTED
        + r"p \leftarrow p - \eta\, r_t \frac{\hat m}{\sqrt{\hat s} + \epsilon} \ \text{ if } \rho_t \ge \theta, "
        r"\ \text{ else }\ p - \eta\,\hat m",
        "Adam that does not divide before it has seen enough to know by what: its first steps are plain momentum.",
        "Liu et al., 2020",
    ),
    "yogi": Row(
        "yogi",
        "Yogi",
        "Yogi",
        r"m \leftarrow \beta_1 m + (1-\beta_1) g, \quad "
        r"s \leftarrow s - (1-\beta_2)\,\mathrm{sign}(s - g^2)\, g^2, \quad " + _CORRECTED + _STEP,
        "Adam whose memory of large slopes fades slowly, so its steps never lengthen all at once.",
        "Zaheer et al., 2018",
    ),
    "adan": Row(
        "adan",
        "Adan",
        "Adan",
        r"d = g - g_{t-1}, \quad m \leftarrow \beta_1 m + (1-\beta_1) g, \quad v \leftarrow \beta_2 v + (1-\beta_2) d, "
        r"\quad n \leftarrow \beta_3 n + (1-\beta_3) (g + (1-\beta_2) d)^2, \quad "
        r"p \leftarrow p - \eta\left(\frac{\hat m + (1-\beta_2)\hat v}{\sqrt{\hat n} + \epsilon} + \lambda p\right)",
        "Adam that also follows how the gradient changes, and so brakes before the slope turns.",
        "Xie et al., 2022",
    ),
    "lamb": Row(
        "lamb",
        "Lamb",
        "LAMB",
        _MOMENTS + _CORRECTED + r"u = \frac{\hat m}{\sqrt{\hat s} + \epsilon} + \lambda p, \quad "
        r"p \leftarrow p - \eta\,\frac{\lVert p\rVert}{\lVert u\rVert}\, u",
        "Adam for the direction, but every step is a fixed share of the distance from zero: short steps near it.",
        "You et al., 2020",
    ),
    "lars": Row(
        "lars",
        "Lars",
        "LARS",
        r"u = g + \lambda p, \quad v \leftarrow \beta v - \eta\,\tau\,\frac{\lVert p\rVert}{\lVert u\rVert}\, u, \quad "
        r"p \leftarrow p + v",
        "Momentum whose pushes are a fixed share of the distance from zero, however steep the slope.",
        "You, Gitman and Ginsburg, 2017",
    ),
    "novograd": Row(
        "novograd",
        "NovoGrad",
        "NovoGrad",
        r"s \leftarrow \beta_2 s + (1-\beta_2) \lVert g\rVert^2, \quad "
        r"m \leftarrow \beta_1 m + \frac{g}{\sqrt{s} + \epsilon} + \lambda p, \quad p \leftarrow p - \eta\, m",
        "Momentum over gradients scaled by their length: one scale for all coordinates, so it turns with the map.",
        "Ginsburg et al., 2019",
    ),
    "fromage": Row(
        "fromage",
        "Fromage",
        "Fromage",
        r"p \leftarrow \frac{1}{\sqrt{1+\eta^2}}\left(p - \eta\,\frac{\lVert p\rVert}{\lVert g\rVert}\, g\right)",
        "The step turns and stretches the vector from zero by a fixed share, so it never quite comes to rest.",
        "Bernstein et al., 2020",
    ),
    "signum": Row(
        "signum",
        "Signum",
        "Signum",
        r"m \leftarrow \beta m + (1-\beta) g, \qquad p \leftarrow p - \eta\,\mathrm{sign}(m)",
        "Every coordinate moves by the rate, up or down by the sign of a running mean: Lion's elder.",
        "Bernstein et al., 2018",
    ),
    "sm3": Row(
        "sm3",
        "SM3",
        "SM3",
        r"a \leftarrow a + g^2, \quad v \leftarrow \beta v + (1-\beta) \frac{g}{\sqrt{a + \epsilon}}, \quad "
        r"p \leftarrow p - \eta\, v",
        "Adagrad with momentum, made to save memory in large tables; on a point there is nothing to save.",
        "Anil et al., 2019",
        state_names={"mu": "accumulator", "nu": "velocity"},
    ),
    "optimistic": Row(
        "optimistic_gradient_descent",
        "OptimisticDescent",
        "Optimistic descent",
        r"p \leftarrow p - \eta\,\big((\alpha + \beta)\, g - \beta\, g_{t-1}\big)",
        "Descent that expects the gradient to go on changing as it just did; it damps what would circle.",
        "Mokhtari, Ozdaglar and Pattathil, 2020",
        rate=0.01,
    ),
    "prodigy": Row(
        "contrib.prodigy",
        "Prodigy",
        "Prodigy",
        r"d \leftarrow \max\left(d, \frac{c \sum_i w_i\, g_i \cdot (p_0 - p_i)}"
        r"{\lVert \sum_i w_i\, g_i \rVert_1}\right), \quad "
        r"m \leftarrow \beta_1 m + (1-\beta_1)\, d g, \quad s \leftarrow \beta_2 s + (1-\beta_2) (d g)^2, \quad "
        r"p \leftarrow p - \eta\, d\,\frac{\sqrt{1-\beta_2^t}}{1-\beta_1^t}\,\frac{m}{\sqrt{s} + d\,\epsilon}",
        "Adam that finds its own rate: it grows with the distance from the start that the gradients tell of.",
        "Mishchenko and Defazio, 2023",
        rate=1.0,
    ),
}
"""Optax's optimizers by slug, in teaching order. Listed are those that work on a point and differ from Keras's."""

OPTAX: dict[str, type[Optax]] = {slug: optax_class(row) for slug, row in ROWS.items()}
