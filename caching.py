"""A cache for the whole process that keeps nothing of a visitor's own data."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, Protocol, TypeVar, cast

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result", covariant=True)

MAX_OF_A_VISITOR = 16
"""Results of one function that are kept beside a visitor's table."""


class Cached(Protocol[Arguments, Result]):
    """A function whose results are kept."""

    def __call__(self, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        """The result, from the cache if it is there."""

    def cache_clear(self) -> None:
        """Forget all results but those beside visitors' tables."""

    def cache_info(self) -> Any:
        """How often the cache of the process was asked and had the answer."""

    @property
    def __wrapped__(self) -> Callable[Arguments, Result]: ...


def cached(maxsize: int) -> Callable[[Callable[Arguments, Result]], Cached[Arguments, Result]]:
    """Like `lru_cache`, but what is computed from a visitor's table is kept on that table, and goes when it goes.

    An argument says by its attribute `visitors_table` that it holds one; nothing else in the process may then refer
    to the table after the visit, as the page promises.

    Args:
        maxsize: how many results the process keeps.
    """

    def decorate(function: Callable[Arguments, Result]) -> Cached[Arguments, Result]:
        of_process = lru_cache(maxsize=maxsize)(function)

        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            for argument in (*args, *kwargs.values()):
                table = getattr(argument, "visitors_table", None)
                if table is not None:
                    return _beside(table, function)(*args, **kwargs)
            return of_process(*args, **kwargs)

        vars(call).update(cache_clear=of_process.cache_clear, cache_info=of_process.cache_info)
        return cast(Cached[Arguments, Result], call)

    return decorate


def _beside(table: Any, function: Callable[..., Any]) -> Callable[..., Any]:
    """The cache of a function that lives as long as the table does."""
    caches: dict[Callable[..., Any], Callable[..., Any]] = vars(table).setdefault("kept", {})
    if function not in caches:
        caches[function] = lru_cache(maxsize=MAX_OF_A_VISITOR)(function)
    return caches[function]
