"""Parts of sentences: lists, counts, numbers and shares in words."""

import html
import re
from collections.abc import Sequence

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def listed(words: Sequence[str]) -> str:
    """Words as a list: "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def counted(count: int, thing: str) -> str:
    """A number of things: "1 step", "2,992 steps"."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def brief(value: float, digits: int = 2) -> str:
    """A number as the page writes it: `digits` significant digits; below 0.0001 and from a million on, a power of ten.

    `numbers.js` has the same rule; tests/player/test_numbers.py holds the two together.
    """
    value = value + 0.0  # a zero has no sign
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")  # as they are once it is rounded
    if value == 0 or -4 <= int(exponent) < 6:
        text = f"{float(f'{value:.{digits}g}'):.15g}"
    else:
        text = f"{float(mantissa):g}·10{str(int(exponent)).translate(SUPERSCRIPT)}"
    return text.replace("-", "−")


def percent(share: float) -> str:
    """A share in percent. It says 0 % and 100 % only where that is exact.

    >>> percent(0.831), percent(0.0004), percent(0.9999)
    ('83 %', 'less than 1 %', 'more than 99 %')
    """
    rounded = round(100 * share)
    if rounded == 0 and share > 0:
        return "less than 1 %"
    if rounded == 100 and share < 1:
        return "more than 99 %"
    return f"{rounded} %"


def in_words(name: str) -> str:
    """The name of a field in words, as "Learning rate" or "Beta 1". A single letter stays as it is."""
    return name if len(name) == 1 else name.replace("_", " ").capitalize()


def letter(symbol: str) -> str:
    r"""A Greek symbol in LaTeX as text: "β₁" for `\beta_1`; "" for any other, where a field's name says more."""
    match = re.fullmatch(r"\\([a-z]+)(?:_(\d))?", symbol)
    return html.unescape(f"&{match[1]};") + (match[2] or "").translate(SUBSCRIPT) if match else ""


def plain(text: str) -> str:
    """A text in which every mark of Markdown is escaped, so that it is shown letter by letter."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]()#+-.!:$~<>|" else letter for letter in text)
