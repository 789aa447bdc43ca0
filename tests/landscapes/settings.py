"""Every landscape at several settings of every field, because facts are computed from the fields."""

from landscapes import LANDSCAPES
from records import choice_fields, number_fields, switch_fields


def settings(slug):
    """The default, then each slider at its low end, in its middle and at its high end, and each choice and switch."""
    default = LANDSCAPES[slug]()
    values = {name: (slid.low, (slid.low + slid.high) / 2, slid.high) for name, slid in number_fields(default).items()}
    values |= {
        name: [slug for slug in shown.options if slug != "own"] for name, shown in choice_fields(default).items()
    }
    values |= dict.fromkeys(switch_fields(default), (False, True))
    return [default, *(default.replace(**{name: value}) for name, tried in values.items() for value in tried)]


def label(slug, surface):
    """The slug and the fields, as a test's name."""
    numbers = [f"{name}={float(getattr(surface, name)):g}" for name in number_fields(surface)]
    others = [f"{name}={getattr(surface, name)}" for name in (*choice_fields(surface), *switch_fields(surface))]
    return "-".join([slug, *numbers, *others])


SETTINGS = {label(slug, surface): surface for slug in LANDSCAPES for surface in settings(slug)}
