"""What the browser benchmarks share: a race, a probe for the page it is shown on, and what travels."""

from collections import Counter

import numpy as np
from playwright.sync_api import Page, WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

RACE = "?landscape=double_well&racers=descent,momentum,nesterov,rmsprop,adam&steps=200&learning_rate=0.03"
ALL_FOLLOW = "&racer4.overrides=momentum&racer5.overrides=nothing"
"""Without it RMSprop and Adam keep a learning rate of their own, and a move would run three races only."""

PROBE = """(() => {
  const probe = (window.probe = { paints: [], revisions: [], pressed: 0 });
  const done = (at) => probe.resolve?.(at - probe.pressed);
  probe.next = () => { probe.promise = new Promise((resolve) => (probe.resolve = resolve)); };
  document.addEventListener('keydown', (event) => (probe.pressed = event.timeStamp), true);

  const watch = { subtree: true, attributeFilter: ['data-step', 'data-revision'], attributeOldValue: true };
  new MutationObserver((records) => {
    const now = performance.now();
    for (const { attributeName, oldValue, target } of records) {
      if (attributeName === 'data-step') probe.paints.push(now);
      else if (oldValue !== target.dataset.revision) { probe.revisions.push(now); done(now); }
    }
  }).observe(document, watch);

  let quiet = 0; // Plotly has finished when its picture has been left alone for a while
  const inPlot = (node) => (node.parentElement ?? node).closest?.('.js-plotly-plot');
  new MutationObserver((records) => {
    if (!records.some(({ target }) => inPlot(target))) return;
    const now = performance.now();
    clearTimeout(quiet);
    quiet = setTimeout(() => { if (now > probe.pressed && probe.pressed) done(now); }, 600);
  }).observe(document, { subtree: true, childList: true, attributes: true });
})()"""


class Traffic:
    """What the server sends over the websocket: bytes, by kind of message."""

    def __init__(self, page: Page) -> None:
        self.kinds: Counter[str] = Counter()
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._received)

    def _received(self, payload: str | bytes) -> None:
        raw = payload if isinstance(payload, bytes) else payload.encode()
        self.kinds[kind(raw)] += len(raw)

    def taken(self) -> Counter[str]:
        """What came since the last call."""
        kinds, self.kinds = self.kinds, Counter()
        return kinds


def kind(raw: bytes) -> str:
    """What a message is about: the element of a delta, a component with its name, or the message's type."""
    message = ForwardMsg.FromString(raw)
    if message.WhichOneof("type") != "delta":
        return message.WhichOneof("type") or "empty"
    if message.delta.WhichOneof("type") != "new_element":
        return message.delta.WhichOneof("type")
    element = message.delta.new_element
    name = element.WhichOneof("type")
    return element.bidi_component.component_name.split(".")[-1] if name == "bidi_component" else name


def median_kinds(moves: list[Counter[str]], most: int = 4) -> str:
    """The largest parts of a move, median bytes each."""
    names = {name for move in moves for name in move}
    parts = {name: int(np.median([move[name] for move in moves])) for name in names}
    largest = sorted(parts.items(), key=lambda part: -part[1])
    rest = sum(size for _, size in largest[most:])
    return ", ".join(f"{name} {size:,}" for name, size in largest[:most]) + f", rest {rest:,}"
