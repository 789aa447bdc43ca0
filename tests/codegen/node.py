"""Runs programs in the JavaScript engine that Playwright brings along, and compares them with JAX."""

import json
import subprocess

import jax
import numpy as np

from codegen import javascript
from tests.player.reading import NODE


def literal(value):
    """A number or an array as JavaScript has it."""
    value = np.asarray(value, dtype=float)
    if value.shape == ():
        text = repr(float(value))
        return {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}.get(text, text)
    return f"new Float64Array([{', '.join(map(literal, value.ravel()))}])"


def run(calls):
    """What each of `calls`, a source and its arguments, returns: a list of numbers and arrays."""
    lines = [f"results.push(({source})({', '.join(map(literal, arguments))}));" for source, arguments in calls]
    script = "\n".join(
        [
            "const results = [];",
            *lines,
            "const text = (value) => (Object.is(value, -0) ? '-0' : String(value).replace('Infinity', 'inf'));",
            "const part = (value) => (typeof value === 'number' ? text(value) : Array.from(value, text));",
            "console.log(JSON.stringify(results.map((result) => result.map(part))));",
        ]
    )
    command = [str(NODE), "--no-warnings", "--input-type=module", "-"]
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return [
        [float(part) if isinstance(part, str) else np.array([float(number) for number in part]) for part in result]
        for result in json.loads(done.stdout)
    ]


def same(function, *arguments, tolerance=1e-13):
    """Check that a program gives JAX's numbers, NaN and the sign of zero included."""
    program = javascript(function, *arguments)
    (given,) = run([(program.source, jax.tree.leaves(arguments))])
    expected = [np.asarray(part, dtype=float) for part in jax.tree.leaves(jax.jit(function)(*arguments))]
    assert len(given) == len(expected)
    assert program.results == tuple(part.shape for part in expected)
    for one, other in zip(given, expected, strict=True):
        one = np.reshape(one, other.shape)
        np.testing.assert_allclose(one, other, rtol=tolerance, atol=np.finfo(float).tiny)
        zero = (one == 0) & (other == 0)
        np.testing.assert_array_equal(np.signbit(one[zero]), np.signbit(other[zero]))
