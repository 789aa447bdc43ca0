"""Moving a slider compiles nothing and keeps nothing: the pages are quick only while this holds."""

import contextlib
import ctypes
import gc
import os
import random
import threading

import jax
import numpy as np
import pytest

from landscapes import LANDSCAPES
from landscapes.calculus import sharpness_along
from optimizers import OPTIMIZERS, SCHEDULES, SGD, Adagrad, Adam, Batch, RMSprop, descend
from records import number_fields

COMPILE_EVENT = "/jax/core/compile/backend_compile_duration"
PROGRAMS = [SGD(), SGD(nesterov=True), Adagrad(), RMSprop(), RMSprop(centered=True), Adam(), Adam(amsgrad=True)]
OTHERS = [cls() for slug, cls in OPTIMIZERS.items() if slug not in ("sgd", "adagrad", "rmsprop", "adam")]
MOVES, WARM_UP = 1000, 300


class Compiles:
    """How many programs its own thread compiled, or took from disk, since it began to listen.

    Pages that were tested earlier in the process may have left threads that still compile theirs.
    """

    def __init__(self):
        self.count, self.thread = 0, threading.get_ident()

    def __call__(self, event, duration, **_):
        self.count += event == COMPILE_EVENT and threading.get_ident() == self.thread


@pytest.fixture
def compiles():
    """A counter that listens while the test runs."""
    counter = Compiles()
    jax.monitoring.register_event_duration_secs_listener(counter)
    yield counter
    jax.monitoring.unregister_event_duration_listener(counter)


def slid(record, draw):
    """A record with every number field somewhere on its slider."""
    off = getattr(record, "common", ())  # what is switched on has a program of its own: test_clipping.py
    names = {name: slid for name, slid in number_fields(record).items() if name not in off}
    return record.replace(**{name: placed(record, name, slid, draw) for name, slid in names.items()})


def placed(record, name, slid, draw):
    """A value for one field: a number, or as many rising or falling numbers as it holds."""
    value = getattr(record, name)
    if isinstance(value, tuple):
        numbers = sorted(draw.uniform(slid.low, slid.high) for _ in value)
        return tuple(numbers)
    return draw.uniform(slid.low, slid.high)


def move(draw):
    """One descent with every slider, choice, seed, batch and number of steps drawn anew."""
    optimizer = slid(draw.choice(PROGRAMS), draw)
    if draw.random() < 0.7:
        optimizer = optimizer.replace(learning_rate=slid(SCHEDULES[draw.choice(list(SCHEDULES))](), draw))
    batch = draw.choice([None, Batch(draw.randint(1, 64), draw.uniform(0, 5), draw.randrange(2**32))])
    start = (draw.uniform(-2, 2), draw.uniform(-2, 2))
    surface = slid(LANDSCAPES["double_well"](), draw)
    return descend(surface, optimizer, start=start, steps=draw.randint(1, 256), batch=batch)


def resident_megabytes():
    """Memory that this process holds, once what is free has gone back to the system: other tests leave much behind."""
    gc.collect()
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
    with open("/proc/self/statm", encoding="ascii") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def judge_and_explain(surface):
    """One run that comes to rest and one that blows up: what looks around an end is a program of the landscape's."""
    assert descend(surface, SGD(0.03), steps=200).outcome.kind == "local_minimum"
    assert descend(surface, SGD(10.0), steps=200).outcome.kind == "diverged"
    sharpness_along(surface, np.zeros((1, 2)))


def test_the_counter_counts(compiles):
    jax.jit(lambda x: x * 17.25 + 3)(np.float64(1))
    assert compiles.count == 1
    jax.jit(lambda x: x * 19.25 + 3)(np.float64(1))
    assert compiles.count == 2


def test_every_optimizer_takes_part():
    assert {type(optimizer) for optimizer in (*PROGRAMS, *OTHERS)} == set(OPTIMIZERS.values())


@pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="memory is read from /proc, which is Linux's")
def test_a_thousand_moves_compile_and_keep_nothing(compiles):
    draw = random.Random(0)
    for _ in range(WARM_UP):
        move(draw)
    compiled, held = compiles.count, resident_megabytes()
    for _ in range(MOVES):
        move(draw)
    assert compiles.count == compiled
    assert resident_megabytes() - held < 5


@pytest.mark.parametrize("optimizer", OTHERS, ids=lambda optimizer: type(optimizer).__name__)
def test_other_numbers_share_a_program(compiles, optimizer):
    surface, draw = LANDSCAPES["double_well"](), random.Random(1)
    descend(surface, slid(optimizer, draw), steps=200)
    descend(
        surface, slid(optimizer, draw), steps=4096
    )  # a run whose end depends on what comes next is continued so far
    for steps in (200, 4096):
        descend(surface, slid(optimizer, draw).replace(learning_rate=SCHEDULES["exponential"]()), steps=steps)
    compiled = compiles.count
    for _ in range(3):
        descend(surface, slid(optimizer, draw), steps=draw.randint(1, 256))
    descend(surface, slid(optimizer, draw).replace(learning_rate=slid(SCHEDULES["exponential"](), draw)), steps=200)
    assert compiles.count == compiled


def test_integers_and_floats_of_any_kind_share_a_program(compiles):
    judge_and_explain(LANDSCAPES["double_well"]())
    descend(LANDSCAPES["double_well"](), SGD(0.1), steps=4096)  # as far as a run is continued that still swings
    for rate in (0.1, np.float32(0.1), np.float64(0.1), 1, np.int64(1)):
        descend(LANDSCAPES["double_well"](), SGD(rate), steps=10)
    compiled = compiles.count
    for rate, start in ((2, (1, 1)), (0.25, (1.0, 0)), (np.float32(0.5), np.array([1, 2])), (1, [0.5, 1])):
        descend(LANDSCAPES["double_well"](), SGD(rate), start=start, steps=10)
    assert compiles.count == compiled


def test_a_new_switch_or_bucket_is_a_new_program(compiles):
    """So that the tests above cannot pass for want of a listener."""
    surface = LANDSCAPES["monkey_saddle"]()
    descend(surface, SGD(0.01), steps=10)
    before = compiles.count
    descend(surface, SGD(0.01), steps=4097)
    assert compiles.count > before
