"""Every landscape at several settings of every slider, because facts are computed from the fields."""

from landscapes import LANDSCAPES
from records import number_fields


def settings(slug):
    """The default, then each slider at its low end, in its middle and at its high end."""
    default = LANDSCAPES[slug]()
    moved = [
        default.replace(**{name: value})
        for name, slid in number_fields(default).items()
        for value in (slid.low, (slid.low + slid.high) / 2, slid.high)
    ]
    return [default, *moved]


def label(slug, surface):
    """The slug and the numbers, as a test's name."""
    return "-".join([slug, *(f"{name}={float(getattr(surface, name)):g}" for name in number_fields(surface))])


SETTINGS = {label(slug, surface): surface for slug in LANDSCAPES for surface in settings(slug)}
