"""Every primitive, on the numbers where languages differ: 0, −0, NaN, infinity, huge and tiny ones."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax

from codegen import javascript
from codegen.elementwise import SPECIAL, TABLE
from landscapes import LANDSCAPES
from tests.codegen.node import same

TINY = 3e-308
"""The smallest numbers that XLA does not take for 0: below 2.2e-308 JavaScript goes on counting, and XLA does not."""

TINY = 1e-306
"""Small, but with room below: what is under 2.2e-308 XLA takes for 0, and JavaScript goes on counting."""

EDGES = np.array([0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.5, -2.5, 3.0, TINY, -TINY, -1e300, 1e300, np.inf, -np.inf, np.nan])
NEAR = np.array([0.0, -0.0, 0.1, -0.1, 0.5, -0.5, 1.5, -1.5, 2.5, 1e-9, 30.0, -30.0, 700.0, np.inf, -np.inf, np.nan])

ONE = {
    "abs": lax.abs,
    "acos": lax.acos,
    "acosh": lax.acosh,
    "asin": lax.asin,
    "asinh": lax.asinh,
    "atan": lax.atan,
    "atanh": lax.atanh,
    "cbrt": lax.cbrt,
    "ceil": lax.ceil,
    "exp": lax.exp,
    "exp2": lax.exp2,
    "expm1": lax.expm1,
    "floor": lax.floor,
    "is_finite": lax.is_finite,
    "log": lax.log,
    "log1p": lax.log1p,
    "neg": lax.neg,
    "rsqrt": lax.rsqrt,
    "sign": lax.sign,
    "sqrt": lax.sqrt,
    "square": lax.square,
    "stop_gradient": lax.stop_gradient,
    "round": lambda x: lax.round(x, lax.RoundingMethod.TO_NEAREST_EVEN),
}
OF_ANGLES = {
    "cos": lax.cos,
    "sin": lax.sin,
    "tan": lax.tan,
    "cosh": lax.cosh,
    "sinh": lax.sinh,
    "tanh": lax.tanh,
    "logistic": lax.logistic,
}
"""On numbers of an ordinary size: how 10³⁰⁰ is brought into a circle is another question than what its sine is."""

TWO = {
    "add": lax.add,
    "atan2": lax.atan2,
    "div": lax.div,
    "eq": lax.eq,
    "ge": lax.ge,
    "gt": lax.gt,
    "le": lax.le,
    "lt": lax.lt,
    "max": lax.max,
    "min": lax.min,
    "mul": lax.mul,
    "ne": lax.ne,
    "pow": lax.pow,
    "rem": lax.rem,
    "sub": lax.sub,
}
LOGIC = {"and": lax.bitwise_and, "or": lax.bitwise_or, "xor": lax.bitwise_xor}


@pytest.mark.parametrize("name", ONE)
def test_one_number(name):
    same(ONE[name], EDGES)


@pytest.mark.parametrize("name", OF_ANGLES)
def test_one_number_of_an_ordinary_size(name):
    same(OF_ANGLES[name], NEAR, tolerance=1e-12)


@pytest.mark.parametrize("name", TWO)
def test_two_numbers(name):
    one, other = (part.ravel() for part in np.meshgrid(EDGES, EDGES))
    same(TWO[name], one, other)


@pytest.mark.parametrize("name", LOGIC)
def test_truth_values_are_numbers(name):
    same(lambda x, y: LOGIC[name](x > 0, ~(y > 0)), EDGES[:4], EDGES[1:5])


@pytest.mark.parametrize("exponent", [-5, -2, -1, 0, 1, 2, 3, 4, 5, 7, 10, 20])
def test_whole_powers(exponent):
    same(lambda x: lax.integer_pow(x, exponent), EDGES)


def test_the_rest():
    same(lambda x: lax.clamp(-1.0, x, 2.0), EDGES)
    same(lambda x, y: jnp.where(x > y, x, y), EDGES, NEAR)
    same(lambda x: x.astype(jnp.int64).astype(float), np.array([2.7, -2.7, 0.0, 5.0]))
    same(lambda x: (x != 0).astype(float) + x.astype(bool), EDGES)
    same(lambda i: (i * 7 // 2 + i % 3, -i, i - 10), np.arange(5))
    same(lambda i: lax.select_n(i, i * 10, i * 100, i * 1000), np.array([0, 1, 2], dtype=np.int32))
    same(lambda x: jnp.array(x, copy=True) + 1.0, EDGES)
    same(lambda x: lax.clamp(0.0, jax.grad(lambda x: x * x + x)(x), 9.0), 3.0)  # two slopes are added by `add_any`


def test_each_line_of_the_table_is_tested():
    together = {"add_any", "clamp", "copy", "convert_element_type", "integer_pow", "not", "select_n"}
    assert {*TABLE, *SPECIAL} == {*ONE, *OF_ANGLES, *TWO, *LOGIC, *together}


def arrays():
    draw = np.random.default_rng(0)
    return draw.normal(size=(40, 2)), draw.normal(size=(3, 4)), draw.normal(size=2)


MOVES = {
    "broadcast_in_dim": lambda a: jnp.broadcast_to(a, (3, *a.shape)),
    "concatenate": lambda a: jnp.concatenate([a, a[:1], 2 * a]),
    "cumsum": lambda a: (jnp.cumsum(a, 0), jnp.cumsum(a, 1), lax.cumsum(a, reverse=True)),
    "cumprod": lambda a: jnp.cumprod(a, 1),
    "cummax": lambda a: (lax.cummax(a), lax.cummin(a, 1)),
    "dot_general": lambda a: (a.T @ a, a @ a.T, a @ a[0], a[:, 0] @ a),
    "dot_general in batches": lambda a: jnp.einsum("ij,ik->ijk", a, a),
    "dynamic_slice": lambda a: lax.dynamic_slice(a, (1, 0), (2, 2)),
    "dynamic_update_slice": lambda a: lax.dynamic_update_slice(a, a[:1] * 2, (99, 0)),
    "gather": lambda a: (a[jnp.array([2, 0, 2])], jnp.take(a, jnp.array([1, 99]), axis=0)),
    "iota": lambda a: a + jnp.arange(a.shape[0])[:, None],
    "pad": lambda a: (jnp.pad(a, ((1, 2), (0, 1)), constant_values=7.0), lax.pad(a, 0.0, ((0, 0, 1), (-1, 2, 0)))),
    "reduce": lambda a: (a.sum(), a.sum(0), a.max(1), a.min(), a.prod(1), (a > 0).any(0), (a > 0).all(), a.mean()),
    "argmax": lambda a: (jnp.argmax(a, 0), jnp.argmin(a), jnp.argmax(a.at[1, 1].set(jnp.nan))),
    "reshape": lambda a: (a.reshape(-1), a.T.reshape(2, -1), a[None], a[:, None, :]),
    "rev": lambda a: (a[::-1], a[:, ::-1]),
    "scatter": lambda a: (a.at[1].set(3.0), a.at[jnp.array([0, 0, 2])].add(1.0), a.at[99].set(5.0)),
    "slice": lambda a: (a[1:], a[::2, 1:], a[1:3, 0]),
    "split": lambda a: jnp.split(a, [1, 2]),
    "squeeze": lambda a: a[:1, :1].squeeze(),
    "stack": lambda a: (jnp.stack([a, a + 1]), jnp.stack([a, a], axis=-1)),
    "transpose": lambda a: (a.T, a[None].transpose(2, 0, 1)),
}


@pytest.mark.parametrize("size", ["few", "many"])
@pytest.mark.parametrize("name", MOVES)
def test_moves_of_small_and_of_long_arrays(name, size):
    many, few, _ = arrays()
    same(MOVES[name], few if size == "few" else many, tolerance=1e-12)


CONTROL = {
    "cond": lambda x, a: lax.cond(x > 0, lambda x: (x + 1, a * x), lambda x: (-x, a), x),
    "switch": lambda x, a: lax.switch(x.astype(int) + 1, [lambda: a, lambda: a * 2, lambda: a * 3]),
    "while": lambda x, a: lax.while_loop(lambda c: c[0] < 50, lambda c: (c[0] * 2 + 1, c[1] * 0.5), (jnp.abs(x), a)),
    "fori_loop": lambda x, a: lax.fori_loop(0, 7, lambda i, c: (c[1], c[0] + i), (a, x * a)),
    "fori_loop to a number": lambda x, a: lax.fori_loop(0, jnp.abs(x).astype(int), lambda i, c: c * 1.5, x),
    "scan": lambda x, a: lax.scan(lambda c, row: (c * 0.5 + row.sum(), jnp.stack([c, row[0]])), x, a),
    "scan backwards": lambda x, a: lax.scan(lambda c, row: (c + row, c * row), a[0], a, reverse=True),
    "scan of a scan": lambda x, a: lax.scan(lambda c, row: (lax.scan(lambda d, e: (d + e, d * e), c, row)[0], c), x, a),
    "map": lambda x, a: lax.map(lambda row: jnp.sin(row) * x, a),
    "vmap of a while": lambda x, a: jax.vmap(lambda t: lax.while_loop(lambda t: t < 3, lambda t: t * 2 + 1, t))(
        abs(a.ravel())
    ),
    "vmap of a while over rows": lambda x, a: jax.vmap(
        lambda row: lax.while_loop(lambda row: row.sum() < 3, lambda row: row * 2 + 1, row)
    )(abs(a)),
    "gradient of a scan": lambda x, a: jax.grad(lambda x: lax.scan(lambda c, r: (c * r[0], c), x, a)[0])(x),
}


@pytest.mark.parametrize("size", ["few", "many"])
@pytest.mark.parametrize("x", [2.0, -3.0])
@pytest.mark.parametrize("name", CONTROL)
def test_branches_and_loops(name, x, size):
    many, few, _ = arrays()
    same(lambda x, a: CONTROL[name](jnp.asarray(x), a), x, few if size == "few" else many, tolerance=1e-12)


def test_a_loop_over_rows_is_one_loop():
    rows, _, w = arrays()
    program = javascript(lambda w, x, y: ((x @ w - y) ** 2).mean(), w, rows, rows[:, 0])
    assert program.source.count("for (") == 1
    assert "new Float64Array" not in program.source


def test_arrays_that_are_known_are_made_once():
    known = np.random.default_rng(1).normal(size=50)
    program = javascript(lambda x: x * known, 2.0)
    assert program.source.startswith("(() => {\nconst c")
    same(lambda x: (x * known).sum(), 2.0)


def test_a_primitive_that_is_not_known_is_named_with_its_record():
    bowl = LANDSCAPES["bowl"]()
    with pytest.raises(NotImplementedError, match=r"Bowl uses `erf_inv`, which is not written in JavaScript yet"):
        javascript(lambda landscape, x: landscape((x, x)) + lax.erf_inv(x), bowl, 0.5)
    with pytest.raises(NotImplementedError, match="sort"):
        javascript(jnp.sort, np.arange(20.0))


def test_arguments_and_results_are_leaves():
    program = javascript(lambda tree: {"b": tree["a"] * 2, "c": (tree["d"], 1.0)}, {"a": np.ones(3), "d": 2.0})
    assert program.arguments == ((3,), ())
    assert program.results == ((3,), (), ())
