"""What stands before a formula, as f(x, y) = or lambda x, y: does. It is read for the names of its arguments only."""

import re
from typing import NamedTuple

from landscapes.formula.words import Problem, words

_NAME = r"\\?[A-Za-zα-ω][A-Za-z_0-9]*(?:\{[A-Za-z0-9]+\})?"
_LIST = r"(?:\\left)?\s*\((?P<{}>[^()]*?)(?:\\right)?\)"

_HEADS = [
    re.compile(rf"\s*def\s+{_NAME}\s*{_LIST.format('a')}\s*(?:->\s*[\w.]+\s*)?:\s*return\b"),
    re.compile(rf"\s*(?:{_NAME}\s*=\s*)?lambda\s+(?P<a>[^:()]+):"),
    re.compile(
        rf"\s*(?:(?:const|let|var)\s+)?(?:{_NAME}\s*=\s*)?(?:@\s*{_LIST.format('a')}|{_LIST.format('b')}\s*[=-]>)"
    ),
    re.compile(rf"\s*(?:{_NAME}\s*=\s*)?(?P<a>{_NAME})\s*=>"),
    re.compile(rf"\s*(?:min\s+)?{_NAME}\s*{_LIST.format('a')}\s*:?=(?![=>])"),
    re.compile(rf"\s*(?!x\s*:?=)(?P<value>{_NAME})\s*:?=(?![=>])"),
    re.compile(r"\s*return\b"),
]
"""The forms of a head. The first that fits is taken. x alone cannot be the name of a loss."""

_PROGRAM = re.compile(r"\s*(?P<word>import|from|class|for|while|if|using|include|function)\s")
ONE_FORMULA = "A program is not read here. Write what the loss is equal to as one formula, such as x**2 + y**2."
"""The error for a function with more than a return in it, and for other lines of programs."""

_ANNOTATION = re.compile(r":\s*[\w.]+")


class Head(NamedTuple):
    """The head of a formula: the text around it and what was read from that.

    `first` and `last` are where the formula itself begins and ends in the text. `arguments` are the names in brackets,
    or None if there are no brackets. `value` is the name left of =, or "".
    """

    first: int
    last: int
    arguments: list[str] | None
    value: str
    problems: list[Problem]


def head(text: str) -> Head:
    """The head of a text that `as_typed` returned. Without one, the formula is the whole text without $ … $ and ;.

    >>> head("f(u, v) = u + v").arguments, head("lambda w: w[0]").arguments, head("x + y").arguments
    (['u', 'v'], ['w'], None)
    """
    first, last = _bare(text)
    if program := _PROGRAM.match(text, first, last):
        return Head(first, last, None, "", [Problem(program.start("word"), ONE_FORMULA)])
    for form in _HEADS:
        match = form.match(text, first, last)
        if match:
            break
    else:
        problems = [Problem(first, ONE_FORMULA)] if re.match(r"\s*def\b", text[first:last]) else []
        return Head(first, last, None, "", problems)
    groups = match.groupdict()
    # a pattern with two alternatives cannot use one name of a group twice
    inside = next((name for name in ("a", "b") if groups.get(name) is not None), None)
    arguments, problems = _arguments(text, *match.span(inside)) if inside else (None, [])
    return Head(match.end(), last, arguments, groups.get("value") or "", problems)


def _bare(text: str) -> tuple[int, int]:
    """Where the formula begins and ends in the text, without blanks, $ … $ and a semicolon."""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    if text[first:last].endswith(";"):
        last -= 1
    for mark in ("$$", "$"):
        if last - first > 2 * len(mark) and text[first:last].startswith(mark) and text[first:last].endswith(mark):
            first, last = first + len(mark), last - len(mark)
            break
    return first, max(first, last)


def _arguments(text: str, first: int, last: int) -> tuple[list[str], list[Problem]]:
    """The names of the arguments, without their types, and what is wrong with them."""
    # blanks in place of a type, so that the positions in errors stay right
    blank = _ANNOTATION.sub(lambda arguments: " " * len(arguments[0]), text[first:last])
    arguments, problems = words(text[:first] + blank + text[last:], first, last)
    names = [word.text for word in arguments if word.kind == "name"]
    shape = [word.kind if word.kind == "name" else word.text for word in arguments[:-1]]
    expected = ["name", ","] * len(names)
    if shape != expected[:-1] or not 1 <= len(names) <= 2:
        received = " ".join(text[first:last].split())[:40] or "none"
        sentence = f"The arguments must be one or two names, as in f(x, y). Received: {received}."
        return names, [Problem(first, sentence), *problems]
    return names, problems
