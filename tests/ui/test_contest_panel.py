"""The comparison: every method is tuned by what suits it, and the best race each other as they were tuned."""

import pytest
from streamlit.testing.v1 import AppTest

from experiment.pages.tune import FIRST
from experiment.race.methods import COURSE, METHODS
from experiment.race.settings import racer
from optimizers import SGD, ExponentialDecay
from studies.sweeps.method_comparison import RATES, TunedMethod
from ui.tune import comparison_panel

SHORT = FIRST.replace(steps=40)


@pytest.mark.parametrize("method", METHODS)
def test_a_racer_at_its_best_runs_with_just_these_settings(method):
    names = [name for name in ("learning_rate", comparison_panel.second(method)) if name]
    best = METHODS[method].optimizer.replace(**dict.fromkeys(names, 0.25))
    runner = comparison_panel.at_best(method, TunedMethod(best, 3, 0.1, 5))
    shared = SHORT.replace(learning_rate=0.5, momentum=0.1, decay_schedule=ExponentialDecay())
    assert shared.optimizer(runner) == best


def test_what_the_racer_is_set_to_makes_no_difference():
    other = SHORT.replace(racers=(racer("adam"),), learning_rate=0.3, momentum=0.1, seed=4)
    assert comparison_panel.entry(SHORT, "momentum") == comparison_panel.entry(other, "momentum")
    noisy = SHORT.replace(noise=1.0, batch_size=4)
    assert comparison_panel.entry(noisy, "momentum") != comparison_panel.entry(noisy.replace(seed=1), "momentum")
    assert comparison_panel.entry(SHORT, "momentum") != comparison_panel.entry(
        SHORT.replace(start=(0.1, 0.2)), "momentum"
    )


def test_the_table_says_what_was_found():
    rows = comparison_panel.table(
        [
            ("momentum", TunedMethod(SGD(0.2, 0.32), 12, 0.0, 33)),
            ("adam", TunedMethod(METHODS["adam"].optimizer, None, 1.0, 0)),
        ]
    )
    assert "<td>η 0.2, β 0.32</td><td>12</td>" in rows
    assert f"--share: {100 * 33 / RATES:.1f}%" in rows
    assert "<td>–</td>" in rows


def page():
    import streamlit as st

    from experiment.pages import PAGES
    from experiment.pages.tune import FIRST
    from ui.common.state import enter, store
    from ui.tune.comparison_panel import comparison_panel

    enter(PAGES["tune"])
    if "started" not in st.session_state:
        st.session_state["started"] = True
        store(FIRST.replace(steps=40))
    comparison_panel()


def test_the_button_races_the_best_against_each_other(monkeypatch):
    few = {method: COURSE[method] for method in ("descent", "momentum", "nesterov")}
    monkeypatch.setattr(comparison_panel, "COURSE", few)
    monkeypatch.setattr(comparison_panel, "KERAS", {})
    made = comparison_panel.make(SHORT, tuple(few), lambda share: None, lambda: False)
    order = [(found.steps is None, found.steps or 0) for _, found in made]
    assert order == sorted(order)
    app = AppTest.from_function(page, default_timeout=60).run()
    app.toggle(key="contest").set_value(True).run()
    app.run()
    app.button(key="contest_race").click().run()
    assert not app.exception
    raced = app.session_state["descent.settings.tune"].racers
    there = [pair for pair in made if pair[1].steps is not None]
    assert raced == tuple(comparison_panel.at_best(*pair) for pair in there[: len(raced)])
    assert len(raced) >= 2
