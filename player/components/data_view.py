"""The data behind a landscape, beside the map: its picture, and the order in which batches go through its rows."""

from player.components.served import component, serve
from player.wire.messages import DataPayload

_data = component("data")
_batch_rows = component("batch_rows")


def data_view(data: DataPayload, *, key: str = "data") -> None:
    """The rows of a table with every racer's line through them, at the playhead.

    Args:
        data: the table. The same data again sends nothing.
        key: the mount's name on the page.
    """
    serve()
    _data(key=key, data=data)


def batch_rows_view(packed: bytes, *, key: str = "batch_rows") -> None:
    """Brings the order of the rows, so that the browser knows every step's batch; shows nothing.

    Args:
        packed: what `pack_orders` made.
        key: the mount's name on the page.
    """
    _batch_rows(key=key, data=packed)
