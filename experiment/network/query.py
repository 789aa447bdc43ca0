"""An experiment to a query and back."""

from collections.abc import Mapping

from experiment.link.link import read_fields, record_query
from experiment.link.parse import Reader
from experiment.network.experiment import Experiment

PREFIX = "network"


def to_query(experiment: Experiment) -> dict[str, str]:
    """What is not as at first."""
    return record_query(PREFIX, experiment)


def from_query(query: Mapping[str, str], problems: list[str]) -> Experiment:
    """The experiment that a query describes; what is wrong is noted, and the default stands."""
    read = Reader(query, problems)
    experiment = read_fields(read, PREFIX, Experiment())
    read.note_unknown()
    return experiment
