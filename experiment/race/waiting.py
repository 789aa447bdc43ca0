"""The base of the tasks of long studies: who waits for a task does not count when two are compared."""

import dataclasses
from collections.abc import Callable
from typing import Any

from landscapes import Landscape


@dataclasses.dataclass(frozen=True, kw_only=True)
class Waiting:
    """Who waits for a study: `progress` is called with the share that is done, `cancelled` returns whether to stop."""

    progress: Callable[[float], Any] | None = dataclasses.field(default=None, compare=False, repr=False)
    cancelled: Callable[[], bool] | None = dataclasses.field(default=None, compare=False, repr=False)

    landscape: Landscape

    @property
    def visitors_table(self) -> Any:
        """The visitor's own table that the landscape is computed from, or None: see `caching`."""
        return self.landscape.visitors_table
