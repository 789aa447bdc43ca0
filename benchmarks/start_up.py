"""How long a visitor waits: from starting the server to a page with race and contour painted in it.

Run `python -m benchmarks.start_up`; it takes about half a minute. Chromium already runs. The rows:

* cold: an empty folder of compiled JAX programs, and an empty browser cache.
* warm: a second start, with the programs and the browser cache of the first.
* next visitor: another page on a server that runs, browser cache warm.

Python's own compiled files and the disk cache of the system are warm in all of them.
"""

import tempfile
import time

from playwright.sync_api import BrowserContext, WebSocket, sync_playwright

from benchmarks.browser import row
from benchmarks.live import PROBE, kind
from tests.browser.chromium import FLAT, chromium
from tests.browser.player import Player
from tests.browser.served import server

STAGES = {
    "server": "server answers",
    "html": "first bytes of the page",
    "socket": "Streamlit's page runs, websocket open",
    "bar": "first element of our script",
    "feed": "packed race arrives",
    "painted": "race painted",
    "contour": "contour drawn",
}

CONTOUR = """(function look() {
  if (document.querySelector('.descent-plot .contourlayer path')) window.contour = performance.now();
  else requestAnimationFrame(look);
})()"""
CLOCK = """() => {
  const [{ responseStart }] = performance.getEntriesByType('navigation');
  const at = { html: responseStart, painted: probe.revisions[0], contour: window.contour };
  return Object.fromEntries(Object.entries(at).map(([name, time]) => [name, (performance.timeOrigin + time) / 1000]));
}"""
"""What the page notes by its own clock, in seconds since 1970."""


def visit(context: BrowserContext, address: str, began: float) -> dict[str, float]:
    """Open the page; seconds since `began` at which each stage was reached."""
    reached = {"server": time.time() - began}

    def note(stage: str) -> None:
        reached.setdefault(stage, time.time() - began)

    def received(payload: str | bytes) -> None:
        name = kind(payload if isinstance(payload, bytes) else payload.encode())
        if name == "descent_feed":
            note("feed")
        elif name not in ("new_session", "session_status_changed"):
            note("bar")

    def opened(socket: WebSocket) -> None:
        note("socket")
        socket.on("framereceived", received)

    page = context.new_page()
    page.add_init_script(PROBE)
    page.add_init_script(CONTOUR)
    page.on("websocket", opened)
    Player(page, address).open()
    page.wait_for_function("window.contour")
    clock = page.evaluate(CLOCK)
    page.close()
    return reached | {stage: at - began for stage, at in clock.items()}


def table_of(what: str, reached: dict[str, float]) -> None:
    """The total, then what was reached when."""
    row(what, f"{max(reached.values()):.2f} s", "≤ 5 s" if what.startswith("warm") else "")
    for stage, name in STAGES.items():
        print(f"    {reached[stage]:5.2f}  {name}")


def start(context: BrowserContext, **environment: str) -> dict[str, float]:
    """Start a server and visit it."""
    began = time.time()
    with server("app.py", **environment) as address:
        return visit(context, address, began)


def main() -> None:
    """Start it cold and warm; then visit once more."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        launch = playwright.chromium.launch_persistent_context
        context = launch(f"{folder}/profile", executable_path=chromium(), args=FLAT)
        programs = {"JAX_COMPILATION_CACHE_DIR": f"{folder}/programs"}
        table_of("cold", start(context, **programs))
        table_of("warm", start(context, **programs))
        with server("app.py", **programs) as address:
            visit(context, address, time.time())
            table_of("next visitor, the server running", visit(context, address, time.time()))
        context.close()


if __name__ == "__main__":
    main()
