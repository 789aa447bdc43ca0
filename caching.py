"""A cache for the whole process that keeps nothing of a visitor's own data."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, Protocol, TypeVar, cast

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result", covariant=True)

MAX_OF_A_VISITOR = 16
"""The most results of one function that are kept beside a visitor's table."""


class Cached(Protocol[Arguments, Result]):
    """A function with a cache, as `cached` returns it."""

    def __call__(self, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        """The result, from the cache if it is there."""

    def cache_clear(self) -> None:
        """Forget the results that the process keeps. Those beside visitors' tables stay."""

    def cache_info(self) -> Any:
        """Hits, misses and size of the cache of the process, as `lru_cache` counts them."""

    @property
    def __wrapped__(self) -> Callable[Arguments, Result]: ...


def cached(maxsize: int) -> Callable[[Callable[Arguments, Result]], Cached[Arguments, Result]]:
    """A decorator like `lru_cache`, but results from a visitor's table are kept on that table and go when it goes.

    An argument that holds such a table has an attribute `visitors_table`. After the visit nothing else in the process
    may refer to the table, as the page promises: hence no entry of the shared cache does.

    Args:
        maxsize: how many results the process keeps.
    """

    def decorate(function: Callable[Arguments, Result]) -> Cached[Arguments, Result]:
        of_process = lru_cache(maxsize=maxsize)(function)

        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            # looked for before the shared cache is asked: as a key, the table would be kept there
            for argument in (*args, *kwargs.values()):
                table = getattr(argument, "visitors_table", None)
                if table is not None:
                    return _beside(table, function)(*args, **kwargs)
            return of_process(*args, **kwargs)

        # `wraps` hands on only what functions have; these two are `lru_cache`'s own
        vars(call).update(cache_clear=of_process.cache_clear, cache_info=of_process.cache_info)
        return cast(Cached[Arguments, Result], call)

    return decorate


def _beside(table: Any, function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` with a cache that is kept on the table, so that both are freed together."""
    caches: dict[Callable[..., Any], Callable[..., Any]] = vars(table).setdefault("kept", {})
    if function not in caches:
        caches[function] = lru_cache(maxsize=MAX_OF_A_VISITOR)(function)
    return caches[function]
