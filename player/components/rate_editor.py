"""A chart of the learning rate by step whose curves are dragged by their handles."""

from player.components.served import component, serve

_editor = component("rate_editor")


def rate_editor(*, key: str = "rate_editor") -> None:
    """Mount η(t) of every racer in the race of the feed, with the handles of its schedule.

    A racer's `about` may have `handles`, [[step, rate], …], and `handle_words`, what each of them changes. When one is
    dragged, the feed calls `on_drag`.

    Args:
        key: the mount's name on the page.
    """
    serve()
    _editor(key=key)
