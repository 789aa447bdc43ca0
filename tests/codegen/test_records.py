"""Every landscape, optimizer and schedule as a program, and whole paths in JavaScript beside those of `descend`."""

import json
import subprocess

import jax
import numpy as np
import pytest

from codegen.records import landscape_program, schedule_program, start_program, step_program
from landscapes import LANDSCAPES, from_formula
from landscapes.landscape import diagonal
from optimizers import OPTIMIZERS, SCHEDULES, SGD, Batch
from optimizers.batch import batch_arrays, batch_of
from optimizers.descent import rule_and_rates, walk
from tests.codegen.node import literal, run
from tests.player.reading import NODE

FORMULA = "abs(x)*sin(3x) + log(x^2 + 1.5)^1.3 + mod(y, 1)*hypot(x, y) + cbrt(x) + atan2(x, y) + min(x, y) + floor(x)"
SURFACES = {slug: cls() for slug, cls in LANDSCAPES.items()} | {"own": from_formula(FORMULA)}

STEPS = 100
METHODS_A_SURFACE = 1

WALK = """
(landscape, begin, step, fields, rule, start, rates, draws) => {
  const rows = [];
  let xy = start, state = begin(...rule, start);
  for (let at = 0; at < rates.length; at++) {
    const [loss, gradient, seen] = landscape(...fields, xy, ...draws(at));
    rows.push([xy[0], xy[1], loss]);
    [xy, ...state] = step(...rule, seen, ...state, xy, rates[at]);
  }
  return rows;
}
"""


@pytest.mark.parametrize("slug", SURFACES)
def test_a_landscape_gives_its_loss_and_its_slope(slug):
    surface, draw = SURFACES[slug], np.random.default_rng(3)
    low, high = np.transpose(surface.domain)
    drawn = jax.tree.map(lambda steps: steps[0], batch_arrays(surface, batch_of(surface, None), 1))
    program = landscape_program(surface)
    points = [draw.uniform(low, high) for _ in range(6)]
    results = run([(program.source, jax.tree.leaves((surface, xy, drawn))) for xy in points])
    evaluate = jax.jit(lambda surface, xy: jax.value_and_grad(lambda xy: surface(xy))(xy))
    for xy, (loss, gradient, _) in zip(points, results, strict=True):
        expected_loss, expected = map(np.asarray, evaluate(surface, xy))
        scale = 1e-300 + np.abs(expected).max()
        assert loss == pytest.approx(float(expected_loss), rel=1e-12, abs=1e-12 * scale)
        np.testing.assert_allclose(gradient, expected, rtol=0, atol=1e-11 * scale)


@pytest.mark.parametrize("slug", SCHEDULES)
def test_a_schedule_gives_its_rates(slug):
    schedule = SCHEDULES[slug]()
    source, leaves = schedule_program(schedule).source, jax.tree.leaves(schedule)
    rates = [rate for (rate,) in run([(source, [*leaves, float(step)]) for step in range(0, 400, 7)])]
    expected = rule_and_rates(SGD(schedule), 400)[1][:400:7]
    np.testing.assert_allclose(rates, expected, rtol=1e-13)


def javascript_path(surface, optimizer, start, batch):
    """Positions and losses (STEPS + 1, 3) by the programs, in one loop of JavaScript."""
    rule, rates = rule_and_rates(optimizer, STEPS)
    draws = batch_arrays(surface, batch_of(surface, batch), len(rates))
    rows = [np.asarray(part).reshape(len(rates), -1)[: STEPS + 1] for part in jax.tree.leaves(draws)]
    parts = ", ".join(
        f"draws[{at}].subarray(at * {part.shape[1]}, (at + 1) * {part.shape[1]})" for at, part in enumerate(rows)
    )
    programs = (landscape_program(surface, batch), start_program(optimizer), step_program(optimizer))
    fields, numbers = jax.tree.leaves(surface), jax.tree.leaves(rule)
    script = f"""
        const draws = [{", ".join(map(literal, rows))}];
        const rows = ({WALK})({", ".join(program.source for program in programs)},
            [{", ".join(map(literal, fields))}], [{", ".join(map(literal, numbers))}], {literal(start)},
            {literal(np.asarray(rates)[: STEPS + 1])}, (at) => [{parts}]);
        const text = (value) => String(value).replace('Infinity', 'inf');
        console.log(JSON.stringify(rows.map((row) => row.map(text))));
    """
    command = [str(NODE), "--no-warnings", "--input-type=module", "-"]
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return np.array(json.loads(done.stdout), dtype=float)


def pairs():
    """Each surface with a few methods, in turn, so that each method meets several surfaces."""
    methods = list(OPTIMIZERS)
    for number, slug in enumerate(SURFACES):
        for place in range(METHODS_A_SURFACE):
            yield slug, methods[(METHODS_A_SURFACE * number + place) % len(methods)]


@pytest.mark.parametrize(("surface", "method"), list(pairs()))
def test_a_path_is_that_of_descend(surface, method):
    landscape, optimizer = SURFACES[surface], OPTIMIZERS[method]()
    batch = Batch(8, 0.5, 1) if landscape.samples is None and method == "sgd" else None
    start = np.asarray(landscape.start, dtype=float)
    expected = walk(landscape, optimizer, start, STEPS, batch)[0][:, :3]
    path = javascript_path(landscape, optimizer, start, batch)[: len(expected)]
    apart = np.hypot(*(path - expected)[:, :2].T) / diagonal(landscape)
    # where rounding is blown up, as beside an edge, a start that is moved by 1e-13 is blown up as well
    beside = walk(landscape, optimizer, start + 1e-13 * diagonal(landscape), STEPS, batch)[0][:, :3]
    count = min(len(beside), len(expected))
    chaos = np.full(len(expected), np.inf)
    chaos[:count] = np.hypot(*(beside[:count] - expected[:count])[:, :2].T) / diagonal(landscape)
    assert (apart <= 1e-9 + 100 * np.maximum.accumulate(chaos)).all()
    assert np.maximum.accumulate(chaos)[:20].max() < 1e-6, "nothing was compared: all of it is chaos"
