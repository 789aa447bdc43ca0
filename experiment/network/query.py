"""An experiment as query parameters and back."""

from collections.abc import Mapping

from experiment.link.link import read_fields, record_query
from experiment.link.parse import Reader
from experiment.network.experiment import Experiment

PREFIX = "network"


def to_query(experiment: Experiment) -> dict[str, str]:
    """The fields that differ from the default, as query parameters."""
    return record_query(PREFIX, experiment)


def from_query(query: Mapping[str, str], problems: list[str]) -> Experiment:
    """The experiment that a query describes.

    `problems` receives a sentence for each value that can't be used; the default takes its place.
    """
    read = Reader(query, problems)
    experiment = read_fields(read, PREFIX, Experiment())
    read.note_unknown()
    return experiment
