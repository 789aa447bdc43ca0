"""Words and letters that sentences are made of."""

import pytest

from experiment.race.methods import METHODS
from experiment.words import in_words, letter
from records import number_fields


@pytest.mark.parametrize(
    ("symbol", "text"),
    [
        (r"\eta", "η"),
        (r"\beta_1", "β₁"),
        (r"\epsilon", "ε"),
        (r"\lambda", "λ"),
        (r"\lambda_s", ""),
        ("a_0", ""),
        ("B", ""),
        ("", ""),
    ],
)
def test_a_greek_symbol_as_text(symbol, text):
    assert letter(symbol) == text


@pytest.mark.parametrize("slug", METHODS)
def test_every_greek_letter_of_a_method_has_its_sign(slug):
    """Nothing of LaTeX is left over, and the letters of one method differ."""
    sliders = number_fields(METHODS[slug].optimizer).values()
    letters = [letter(slid.symbol) for slid in sliders if letter(slid.symbol)]
    assert "η" in letters
    assert all(len(sign) <= 2 and sign[0] in "αβεηθλρτ" for sign in letters)
    assert len(set(letters)) == len(letters)


def test_a_field_in_words():
    assert [in_words(name) for name in ("learning_rate", "beta_1", "a")] == ["Learning rate", "Beta 1", "a"]
