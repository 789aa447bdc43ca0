"""A chart of the learning rate by step whose curves are dragged by their handles."""

from player.components.served import component, serve

_editor = component("rate_editor")


def rate_editor(*, key: str = "rate_editor") -> None:
    """η(t) of every racer of the race that the feed has sent, with the handles that came along.

    A racer's `about` may have `handles`, [[step, rate], …], and `handle_words`, what each of them changes; a hand that
    drags one is told to the feed's `on_drag`.

    Args:
        key: the mount's name on the page.
    """
    serve()
    _editor(key=key)
