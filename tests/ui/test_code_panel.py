"""The code panel: what it shows runs as the racer does, and what is pasted becomes the racer."""

import pytest
from streamlit.testing.v1 import AppTest

from experiment.link.link import from_query, to_query
from experiment.race.settings import Settings, racer
from interop import ProgramError, write_program
from optimizers import (
    SGD,
    Adam,
    AdamW,
    Constant,
    CosineDecay,
    ExponentialDecay,
    Lion,
    PiecewiseConstantDecay,
    WarmupCosineDecay,
)
from ui.race.code_panel import PARTS, SAME, racer_of


def page(racers):
    import streamlit as st

    from experiment.race.settings import Settings
    from ui.common.state import current, store
    from ui.race.code_panel import code_panel

    if "descent.settings.playground" not in st.session_state:
        store(Settings(racers=racers))
    code_panel()
    st.text(repr(current().racers[0].optimizer))


def opened(*racers):
    app = AppTest.from_function(page, default_timeout=60, kwargs={"racers": racers})
    app.session_state["descent.arrived"] = False
    app.run()
    assert not app.exception
    return app


def shown(app):
    return app.session_state["descent.settings.playground"]


def paste(app, text):
    app.text_area[0].set_value(text)
    app.button(key="code.use").click()
    app.run()
    assert not app.exception
    return app


def captions(app):
    return [caption.value for caption in app.caption]


@pytest.mark.parametrize(
    ("title", "library", "said"),
    [("Keras", "keras", SAME), ("PyTorch", "torch", PARTS), ("Optax", "optax", PARTS)],
)
def test_it_shows_the_program_of_each_library(title, library, said):
    app = opened(racer("adam"))
    app.segmented_control[0].set_value(title).run()
    settings = shown(app)
    assert app.code[0].value == write_program(settings.optimizer(settings.racers[0]), library).source
    assert said in captions(app)


def test_what_a_library_lacks_is_said_instead():
    app = opened(racer("lion"))
    app.segmented_control[0].set_value("PyTorch").run()
    assert not app.code
    assert captions(app) == ["PyTorch has no Lion."]


def test_shared_values_are_in_the_code():
    app = opened(racer("momentum"))
    settings = shown(app)
    assert f"learning_rate={settings.learning_rate}, momentum={settings.momentum}" in app.code[0].value


def test_another_racer_can_be_chosen():
    app = opened(racer("descent"), racer("adam"))
    assert "SGD" in app.code[0].value
    app.pills[0].set_value(1).run()
    assert "Adam" in app.code[0].value


def test_one_racer_is_no_choice():
    assert not opened(racer("adam")).pills


def test_a_pasted_line_sets_the_racer():
    app = paste(opened(racer("descent"), racer("adam")), "keras.optimizers.AdamW(0.02, weight_decay=0.01)")
    settings = shown(app)
    assert settings.optimizer(settings.racers[0]) == AdamW(0.02, weight_decay=0.01)
    assert settings.racers[0].name == "AdamW"
    assert settings.racers[1] == racer("adam")
    assert "AdamW(learning_rate=0.02, weight_decay=0.01)" in app.code[0].value.replace("\n", "")
    assert "AdamW is set to it." in captions(app)
    assert "AdamW" in app.text[0].value  # the whole page has run again


def test_what_is_otherwise_here_is_said():
    app = paste(opened(racer("descent")), "torch.optim.Adam(model.parameters(), lr=0.1)")
    assert any("ε after the bias correction" in caption for caption in captions(app))


def test_what_was_set_is_said_as_long_as_it_is_so():
    app = paste(opened(racer("descent"), racer("adam")), "'lion'")
    assert any("Lion is set to it." in caption for caption in captions(app))
    app.session_state["descent.settings.playground"] = shown(app).replace(racers=(racer("adam"),))
    app.run()
    assert not any("is set to it" in caption for caption in captions(app))


def test_a_refusal_says_why_and_changes_nothing():
    app = opened(racer("descent"))
    before = shown(app)
    paste(app, "keras.optimizers.SGD(0.1, clipnorm='<b>')")
    said = app.get("html")[-1].proto.body
    assert "<code>clipnorm</code> must be a number that is written out" in said
    assert "&lt;b&gt;" in said
    assert "<b>" not in said
    assert shown(app) == before
    assert app.text_area[0].value == "keras.optimizers.SGD(0.1, clipnorm='<b>')"


OPTIMIZERS = {
    "number": SGD(0.1, 0.5),
    "nesterov": SGD(0.1, 0.5, True),
    "schedule": Adam(ExponentialDecay(0.1, 50, 0.5)),
    "warm-up": SGD(WarmupCosineDecay(0.01, 50, 0.1, 0.2, 10)),
    "lion": Lion(0.01),
}


@pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_a_racer_made_of_an_optimizer_runs_it_and_survives_a_link(optimizer):
    before = racer("momentum", overrides=("batch_size",), batch_size=4)
    made = racer_of(optimizer, before, ())
    settings = Settings(racers=(made,), momentum=0.1, learning_rate=3.0, decay_schedule=CosineDecay())
    assert settings.optimizer(made) == optimizer
    assert made.batch_size == 4
    assert from_query(to_query(settings)) == settings


def test_its_name_is_its_own():
    assert racer_of(Adam(0.1), racer("descent"), (racer("adam"),)).name == "Adam 2"
    assert racer_of(Adam(Constant(0.1)), racer("descent"), ()).decay_schedule == Constant(0.1)


def test_a_rate_that_no_slider_reaches_is_refused():
    with pytest.raises(ProgramError, match=r"must begin from 1e-06 to 10 here\. Received: 1e-07\."):
        racer_of(SGD(PiecewiseConstantDecay((9,), (1e-7, 1e-8))), racer("descent"), ())


CELL = """
%matplotlib inline
!pip install torch
import torch, torch.nn as nn
model = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 1))
criterion, optimizer = nn.MSELoss(), torch.optim.SGD(model.parameters(), lr=1/64, momentum=0.9, weight_decay=5e-4)
print(optimizer)
for epoch in range(100):
    optimizer.zero_grad()
    loss = criterion(model(x), y)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)
    optimizer.step()
"""


def test_a_pasted_cell_sets_the_racer_with_its_clipping_and_l2():
    app = paste(opened(racer("descent")), CELL)
    settings = shown(app)
    expected = SGD(1 / 64, momentum=0.9, l2=5e-4, global_clipnorm=1.0)
    assert settings.optimizer(settings.racers[0]) == expected
    assert from_query(to_query(settings)) == settings
    assert any("is here `l2`" in caption for caption in captions(app))


@pytest.mark.parametrize(
    ("text", "left_out", "optimizer"),
    [
        ("torch.optim.SGD(w, lr=0.1, dampening=0.5)", "`dampening=0.5` was left out.", SGD(0.1)),
        ("keras.optimizers.Adam(0.01, use_ema=True)", "`use_ema=True` was left out.", Adam(0.01)),
        (
            "opt = torch.optim.SGD(w, lr=0.1)\nsched = lr_scheduler.OneCycleLR(opt, max_lr=1.0, total_steps=100)",
            "was left out.",
            SGD(0.1),
        ),
        ("tx = optax.chain(optax.zero_nans(), optax.sgd(0.2))", "`optax.zero_nans()` was left out.", SGD(0.2)),
    ],
)
def test_what_has_no_counterpart_is_left_out_at_one_click(text, left_out, optimizer):
    app = opened(racer("descent"))
    before = shown(app)
    paste(app, text)
    assert shown(app) == before
    app.button(key="code.without").click().run()
    assert not app.exception
    settings = shown(app)
    assert settings.optimizer(settings.racers[0]) == optimizer
    assert any(left_out in caption for caption in captions(app))
    assert "code.without" not in {button.key for button in app.button}


def test_a_rate_below_the_slider_is_set_and_shown():
    app = paste(opened(racer("descent")), "keras.optimizers.Adam(2e-6)")
    settings = shown(app)
    assert settings.optimizer(settings.racers[0]) == Adam(2e-6)
    assert from_query(to_query(settings)) == settings
