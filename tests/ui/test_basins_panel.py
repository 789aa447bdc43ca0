"""The basins panel: what it says is what the numbers say, and nothing is computed twice or shown that was given up."""

import time

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from experiment.race import basins as maps
from experiment.race.settings import Settings, racer
from experiment.summary.basins import basins_sentence, lowest_minima
from landscapes import LANDSCAPES, Landscape, from_formula
from player.payloads.basins import basins_stamp, coarse, fine
from records import record
from studies import Basins, CancelledError, basins, known_minima
from tests.player.reading import opened
from ui.escape import basins_panel as panel
from ui.server.job import Job, job_for

TWO = Settings(racers=(racer("descent"), racer("momentum")), steps=60)
AXIS = np.linspace(-1, 1, 10)


def drawn(index):
    """A map of 10 × 10 starts whose first ones end as `index` says, all others in the second minimum."""
    cells = np.ones(100, dtype=int)
    cells[: len(index)] = index
    return Basins(AXIS, AXIS, cells.reshape(10, 10), np.where(cells < 0, -1, 5).reshape(10, 10), np.zeros((2, 2)))


SAID = {
    "one gets further": (
        [0] * 52,
        [0] * 83,
        "Momentum reaches the global minimum from 83 % of the starts, Gradient descent from 52 %; "
        "from 31 % only Momentum gets there.",
    ),
    "each alone": (
        [0] * 50 + [1] * 50,
        [1] * 10 + [0] * 60,
        "Momentum reaches the global minimum from 60 % of the starts, Gradient descent from 50 %; "
        "from 20 % only Momentum gets there, from 10 % only Gradient descent gets there.",
    ),
    "equal": (
        [0] * 40,
        [0] * 40,
        "Gradient descent and Momentum reach the global minimum from the same 40 % of the starts.",
    ),
    "nobody": (
        [-2],
        [],
        "Neither Gradient descent nor Momentum reaches the global minimum from any start on this map.",
    ),
    "one nowhere": (
        [0] * 40,
        [-1] * 100,
        "Gradient descent reaches the global minimum from 40 % of the starts, Momentum from none; "
        "Momentum diverges from 100 %.",
    ),
    "both diverge": (
        [-1] * 100,
        [-1] * 100,
        "Neither Gradient descent nor Momentum reaches the global minimum from any start on this map; "
        "both diverge from everywhere.",
    ),
}


@pytest.mark.parametrize("case", SAID)
def test_the_sentence_says_what_the_numbers_say(case):
    one, other, said = SAID[case]
    assert basins_sentence(TWO, drawn(one), drawn(other)) == said


def test_of_many_global_minima_it_says_where_they_part():
    settings = TWO.replace(landscape=LANDSCAPES["himmelblau"]())
    said = basins_sentence(settings, drawn([]), drawn([0] * 25))
    assert said == (
        "Gradient descent and Momentum reach a global minimum from every start; from 25 % they reach different ones."
    )


@record
class Unlisted(Landscape):
    """Two valleys that nobody has listed."""

    domain = ((-2.0, 2.0), (-2.0, 2.0))
    start = (1.5, 1.0)

    def __call__(self, xy):
        return (xy[0] ** 2 - 1) ** 2 + 0.2 * xy[0] + xy[1] ** 2


def test_where_none_is_listed_it_says_the_lowest_found():
    surface = Unlisted()
    settings = TWO.replace(landscape=surface)
    assert lowest_minima(surface).sum() == 1
    assert known_minima(surface)[lowest_minima(surface).argmax()][0] < 0
    kept = basins_sentence(settings, *(basins(surface, settings.optimizer(r), resolution=8) for r in TWO.racers))
    assert "the lowest minimum found from " in kept


def test_where_no_minimum_is_known_it_says_so():
    settings = TWO.replace(landscape=from_formula("x + y"))
    assert basins_sentence(settings, drawn([]), drawn([])).startswith("No minimum is known here")
    header, _ = opened(coarse(settings))
    assert header["minima"] == []


@pytest.fixture
def counted(monkeypatch):
    """How many maps were computed."""
    calls = []

    def counting(*args, **kwargs):
        calls.append(kwargs)
        return basins(*args, **kwargs)

    monkeypatch.setattr(maps, "basins", counting)
    maps.basins_of.cache_clear()
    yield calls
    maps.basins_of.cache_clear()


def test_start_playhead_and_the_seed_of_a_quiet_run_compute_nothing(counted):
    first = coarse(TWO)
    assert len(counted) == 2
    for changes in ({"start": (0.1, 0.2)}, {"playhead": 7}, {"seed": 3}, {"noise": 2.0}, {"batch_size": 4}):
        assert coarse(TWO.replace(**changes)) == first
    assert len(counted) == 2
    coarse(TWO.replace(momentum=0.8))
    assert len(counted) == 3  # plain descent has no momentum that follows


def test_a_noisy_run_depends_on_its_seed(counted):
    noisy = TWO.replace(noise=3.0, batch_size=4)
    assert basins_stamp(noisy) != basins_stamp(noisy.replace(seed=1))
    assert basins_stamp(TWO) == basins_stamp(TWO.replace(seed=1, start=(0.0, 0.0)))
    coarse(noisy)
    coarse(noisy.replace(seed=1))
    assert len(counted) == 4


def test_what_is_packed_is_what_was_computed(counted):
    header, numbers = opened(coarse(TWO))
    index = np.frombuffer(numbers, np.int8).reshape(4, 64, 64)[::2]
    for racer_, seen in zip(TWO.racers, index, strict=True):
        expected = basins(TWO.landscape, TWO.optimizer(racer_), resolution=64, steps=TWO.steps, exact=False).index
        np.testing.assert_array_equal(seen, expected)
    assert (header["resolution"], header["fine"], header["stamp"]) == (64, False, basins_stamp(TWO))
    assert [one["name"] for one in header["racers"]] == ["Gradient descent", "Momentum"]


def test_a_cancelled_pair_is_not_kept(counted):
    asked = iter([False] * 20 + [True])
    with pytest.raises(CancelledError):
        fine(TWO, cancelled=lambda: next(asked))
    told = []
    packed = fine(TWO, told.append)
    assert opened(packed)[0]["fine"]
    assert len(counted) == 3  # the first racer's was finished before it was cancelled
    assert told[-1] == 1.0
    assert told == sorted(told)


def test_a_job_that_nobody_waits_for_stops():
    given_up = []

    def endless(told, cancelled):
        while not cancelled():
            time.sleep(0.005)
        given_up.append("yes")
        raise CancelledError

    job = Job("stamp", endless)
    assert job.result(0.02) is None
    job.give_up()
    with pytest.raises(CancelledError):
        job.result(5)
    assert given_up == ["yes"]
    assert not job.serves("stamp")


def test_a_pair_that_was_given_up_is_made_when_the_slider_comes_back(monkeypatch):
    monkeypatch.setattr(panel.st, "session_state", {})
    moved = TWO.replace(learning_rate=0.02)
    first, second, back = (
        job_for("slot", basins_stamp(settings), lambda *asked, settings=settings: fine(settings, *asked))
        for settings in (TWO, moved, TWO)
    )
    assert len({first, second, back}) == 3
    assert job_for("slot", basins_stamp(TWO), fine) is back
    assert opened(back.result(60))[0]["stamp"] == basins_stamp(TWO)


def page(slug):
    import streamlit as st

    from experiment.pages import PAGES
    from experiment.race.settings import Settings, racer
    from landscapes import LANDSCAPES
    from ui.common.state import current, enter, store
    from ui.escape.basins_panel import basins_live, basins_panel

    enter(PAGES["playground"])
    if "started" not in st.session_state:
        st.session_state["started"] = True
        names = ("descent", "momentum")[: 1 if slug == "alone" else 2]
        surface = LANDSCAPES["double_well"]()
        store(Settings(landscape=surface, racers=tuple(map(racer, names)), steps=60))
    basins_live(current())
    basins_panel()


def sent(app):
    """Header by mount."""
    return [opened(mount.proto.bytes)[0] for mount in app.get("bidi_component") if mount.proto.bytes]


def test_the_panel_shows_the_fine_pair_once_it_is_there():
    fine(TWO)
    app = AppTest.from_function(page, default_timeout=60, args=("double_well",)).run()
    assert not app.exception
    app.run()
    feed, view = sent(app)
    assert feed["stamp"] == view["stamp"] == basins_stamp(TWO)
    assert (feed["resolution"], view["resolution"]) == (64, 256)
    assert view["sentence"].startswith(("Momentum reaches", "Gradient descent"))


def test_one_racer_is_told_to_find_another():
    app = AppTest.from_function(page, default_timeout=60, args=("alone",)).run()
    assert not app.exception
    assert "Add a second racer" in app.caption[0].value
