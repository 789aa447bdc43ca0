"""A notebook's cell, pasted by a person: the racer is set to it, and what has no counterpart goes at one click."""

from playwright.sync_api import expect

from tests.browser.player import Player

CELL = """\
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

REFUSED = """\
optimizer = torch.optim.SGD(params, lr=0.1)
scheduler = lr_scheduler.OneCycleLR(optimizer, max_lr=1.0, total_steps=100)
"""


def paste(player: Player, text: str) -> None:
    """Put a text into the box and use it."""
    box = player.page.get_by_label("A line, or a whole cell, of Keras, PyTorch or Optax")
    box.fill(text)
    box.press("Control+Enter")
    player.button("Use it").click()


def test_a_pasted_cell_sets_the_racer_and_what_has_no_counterpart_is_left_out(player: Player) -> None:
    page = player.page
    page.get_by_text("Paste a line").click()
    revision = player.number("revision")
    paste(player, CELL)
    player.repainted_after(revision)
    expect(page.get_by_text("is set to it.")).to_be_visible()
    page.wait_for_url(lambda url: "racer1.l2=0.0005" in url and "racer1.global_clipnorm=1" in url)
    expect(page.locator(".st-key-code code").first).to_contain_text("global_clipnorm=1.0")

    paste(player, REFUSED)
    expect(page.get_by_role("alert").filter(has_text="OneCycleLR")).to_be_visible()
    assert "racer1.global_clipnorm=1" in page.url
    revision = player.number("revision")
    player.button("Set it without").click()
    player.repainted_after(revision)
    expect(page.get_by_text("was left out")).to_be_visible()
    page.wait_for_url(lambda url: "global_clipnorm" not in url)
