"""The interval of a share."""

import pytest

from studies import proportion


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_published_intervals(count, total, low, high):
    """Newcombe, 1998, Statistics in Medicine 17, p. 857, table I, method 3."""
    assert proportion(count, total) == pytest.approx((count / total, low, high), abs=5e-5)


@pytest.mark.parametrize("total", [1, 7, 256])
def test_the_share_lies_within_and_all_within_0_and_1(total):
    for count in range(total + 1):
        share, low, high = proportion(count, total)
        assert 0 <= low <= share <= high <= 1
        mirrored = proportion(total - count, total)
        assert (1 - high, 1 - low) == pytest.approx(mirrored[1:], abs=1e-12)


@pytest.mark.parametrize(("count", "total"), [(0, 0), (3, 2), (-1, 5)])
def test_impossible_counts(count, total):
    with pytest.raises(ValueError, match="`count` must be from 0 to `total`"):
        proportion(count, total)
