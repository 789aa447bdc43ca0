"""The style of each racer in pictures, and its number among racers of one style."""

from experiment.pages import PAGES
from experiment.race.settings import Settings
from figures.theme import variants


def styles(settings: Settings) -> list[tuple[str, int]]:
    """The name of each racer's style, and the number of racers before it with the same style, whose dash must differ.

    The style is the method's. If all racers use one method, it is that of what the page compares, as batch sizes.
    """
    names = [racer.method for racer in settings.racers]
    compared = PAGES[settings.page].compared
    if compared is not None and len(set(names)) == 1:
        names = [compared(settings, racer) for racer in settings.racers]
    return [(name, min(names[:index].count(name), variants(name)[-1])) for index, name in enumerate(names)]
