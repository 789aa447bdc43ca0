"""What is computed from a visitor's table is kept beside the table; all else in the process."""

import gc
import weakref

from caching import cached


class Table:
    """A visitor's, if it says so."""

    def __init__(self, own: bool) -> None:
        self.visitors_table = self if own else None


def counted():
    calls = []

    @cached(4)
    def twice(table, number=1):
        calls.append(number)
        return [table, 2 * number]

    return twice, calls


def test_each_result_is_computed_once():
    twice, calls = counted()
    for table in (Table(own=True), Table(own=False)):
        assert twice(table, 3) is twice(table, 3)
        assert twice(table, number=3) is twice(table, number=3)
    assert len(calls) == 4


def test_what_is_a_visitors_goes_with_the_table_however_it_is_handed_over():
    twice, _ = counted()
    for by_name in (False, True):
        for own in (True, False):
            table = Table(own)
            if by_name:
                twice(table=table)
            else:
                twice(table)
            watched = weakref.ref(table)
            del table
            gc.collect()
            assert (watched() is None) == own
    assert twice.cache_info().currsize == 2


def test_the_cache_of_the_process_can_be_cleared():
    twice, calls = counted()
    table = Table(own=False)
    twice(table)
    twice.cache_clear()
    twice(table)
    assert calls == [1, 1]
