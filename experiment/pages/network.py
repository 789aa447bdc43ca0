"""The page on a real network: its settings are an `Experiment`, not a race's."""

from experiment.pages.page_spec import PageSpec

NETWORK = PageSpec(slug="network", title="Network", question="Does it hold in a real network?")
