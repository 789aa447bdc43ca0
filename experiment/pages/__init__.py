"""All pages, in the order of the bar."""

from experiment.pages.batches import BATCHES
from experiment.pages.escape import ESCAPE
from experiment.pages.network import NETWORK
from experiment.pages.page_spec import PageSpec
from experiment.pages.playground import PLAYGROUND
from experiment.pages.schedules import SCHEDULES
from experiment.pages.tune import TUNE

LEARN = PageSpec(slug="learn", title="Learn")
GALLERY = PageSpec(slug="gallery", title="Gallery")

PAGES: dict[str, PageSpec] = {
    page.slug: page for page in (PLAYGROUND, LEARN, ESCAPE, TUNE, SCHEDULES, BATCHES, NETWORK, GALLERY)
}


def race_pages() -> dict[str, PageSpec]:
    """The pages that show the settings of a race, by slug."""
    return {slug: page for slug, page in PAGES.items() if page.first is not None}
