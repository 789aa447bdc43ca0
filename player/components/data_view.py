"""The data behind a landscape: its picture beside the map, and the order in which batches take its rows."""

from player.components.served import component, serve
from player.wire.messages import DataPayload

_data = component("data")
_batch_rows = component("batch_rows")


def data_view(data: DataPayload, *, key: str = "data") -> None:
    """Mount the picture of a table's rows, with every racer's line at the playhead.

    Args:
        data: the table. If it has not changed, nothing is sent.
        key: the mount's name on the page.
    """
    serve()
    _data(key=key, data=data)


def batch_rows_view(packed: bytes, *, key: str = "batch_rows") -> None:
    """Send the order of the rows, from which the browser knows every step's batch. It shows nothing.

    Args:
        packed: the bytes of `pack_orders`.
        key: the mount's name on the page.
    """
    _batch_rows(key=key, data=packed)
