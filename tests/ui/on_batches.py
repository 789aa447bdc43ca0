"""The page on batches without a browser: opened, left, and what it shows."""

from streamlit.testing.v1 import AppTest

from tests.ui.test_app import APP

PAGE = "pages/batches.py"
SHOWN = "descent.settings.batches"


def opened(query=None):
    """The page by a link."""
    app = AppTest.from_file(APP, default_timeout=60).switch_page(PAGE)
    for key, value in (query or {}).items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def shown(app):
    """The settings that are shown."""
    return app.session_state[SHOWN]


def left_for(app, page):
    """A link of the bar: another page, and an address that says nothing."""
    app.query_params.clear()
    app.switch_page(page).run()
    assert not app.exception


def set_loss(app, table, loss):
    """Choose another loss."""
    app.segmented_control(key=f"data.{table}.loss").set_value(loss).run()
    assert not app.exception
