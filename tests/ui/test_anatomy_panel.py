"""The anatomy panel without a browser: for every racer, its rule, its numbers and its code."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from experiment.race.settings import Settings

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.mark.parametrize("index", range(len(Settings().racers)))
def test_every_racer_can_be_taken_apart(index):
    app = AppTest.from_file(APP, default_timeout=60)
    app.session_state["descent.anatomy"] = 5
    app.session_state["anatomy.racer"] = index
    app.run()
    assert not app.exception
    assert any("Step 5 to 6" in caption.value for caption in app.caption)
    assert app.code[0].value.startswith("def update(self, gradient, state, params, learning_rate)")
    assert len(app.latex) >= 4


def test_nothing_is_shown_until_it_is_asked_for():
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert not app.latex
    assert not any("def update" in code.value for code in app.code)
