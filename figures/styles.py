"""Who is drawn how: the style of each racer, and its number among those of the same style."""

from experiment.pages import PAGES
from experiment.race.settings import Settings
from figures.theme import variants


def styles(settings: Settings) -> list[tuple[str, int]]:
    """The style of each racer, and how many before it have the same: they share a colour, so the dash must differ.

    The method's, or that of what the page compares if all racers use the same one.
    """
    names = [racer.method for racer in settings.racers]
    compared = PAGES[settings.page].compared
    if compared is not None and len(set(names)) == 1:
        names = [compared(settings, racer) for racer in settings.racers]
    return [(name, min(names[:index].count(name), variants(name)[-1])) for index, name in enumerate(names)]
