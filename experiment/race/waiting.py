"""What is common to long work on a landscape: who waits for it is no part of what it depends on."""

import dataclasses
from collections.abc import Callable
from typing import Any

from landscapes import Landscape


@dataclasses.dataclass(frozen=True, kw_only=True)
class Waiting:
    """Who waits: `progress` is called with the share that is done, `cancelled` is asked whether to stop."""

    progress: Callable[[float], Any] | None = dataclasses.field(default=None, compare=False, repr=False)
    cancelled: Callable[[], bool] | None = dataclasses.field(default=None, compare=False, repr=False)

    landscape: Landscape

    @property
    def visitors_table(self) -> Any:
        """The visitor's table that the landscape is made from, if any: see `caching`."""
        return self.landscape.visitors_table
