"""The orders of the rows: what is packed is what the browser cuts its batches from."""

import base64

import numpy as np
import pytest

from optimizers.batch import orders
from player import pack_orders
from tests.player.reading import run

SCRIPT = """
    const { unpacked } = await load('data/batch_rows.js');
    const { order, ...header } = await unpacked(Buffer.from(given, 'base64'));
    return [header, Array.from(order)];
"""


def unpacked(packed):
    """Header and orders as the browser decodes them."""
    header, order = run(SCRIPT, base64.b64encode(packed).decode())
    return header, np.reshape(order, (header["epochs"], header["samples"]))


@pytest.mark.parametrize(("epochs", "samples"), [(1, 1), (3, 11), (23, 272), (2, 5000)])
def test_orders_come_back_as_they_were(epochs, samples):
    order = orders(7, epochs, samples)
    header, back = unpacked(pack_orders(order))
    assert header == {"samples": samples, "epochs": epochs}
    np.testing.assert_array_equal(back, order)


@pytest.mark.parametrize("shape", [(5,), (1, 65537), (1, 2, 3)])
def test_what_cannot_be_packed_is_said(shape):
    with pytest.raises(ValueError, match=r"`order` must be \(epochs, samples\), at most 65536 samples\. Received: \("):
        pack_orders(np.zeros(shape, dtype=int))
