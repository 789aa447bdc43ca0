"""The order in which batches go through the rows, as a packet."""

import numpy as np

from player.wire.messages import OrdersHeader
from player.wire.packet import packet

MAX_NUMBERED_ROWS = 1 << 16
"""The most rows: they are numbered with sixteen bits."""


def pack_orders(order: np.ndarray) -> bytes:
    """The packet of the orders, as little-endian uint16.

    Args:
        order: (epochs, samples), each row a permutation of the samples.

    Raises:
        ValueError: for another shape, or more samples than sixteen bits can number.

    >>> len(pack_orders(np.array([[1, 0, 2], [2, 1, 0]]))) < 100
    True
    """
    if order.ndim != 2 or order.shape[1] > MAX_NUMBERED_ROWS:
        raise ValueError(
            f"`order` must be (epochs, samples), at most {MAX_NUMBERED_ROWS} samples. Received: {order.shape}."
        )
    epochs, samples = order.shape
    header: OrdersHeader = {"samples": samples, "epochs": epochs}
    return packet(header, [order.astype("<u2")])
