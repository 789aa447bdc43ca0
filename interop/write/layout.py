"""The layout of code: calls that hold calls, with lines broken as Black breaks them."""

import dataclasses
from collections.abc import Mapping
from typing import Any

WIDTH = 88
"""The most columns of a line of code, as in Black."""

NARROW = 46
"""The most columns where code is shown beside a picture."""


@dataclasses.dataclass(frozen=True)
class Call:
    """A call as it is typed: the `name` that is called, its `first` arguments, and further `arguments` by name.

    A list or a dict is a call as well, with an empty name and other `ends` and `sign`.
    """

    name: str
    arguments: "Mapping[str, Call | str]" = dataclasses.field(default_factory=dict)
    first: "tuple[Call | str, ...]" = ()
    ends: str = "()"
    sign: str = "="

    def __str__(self) -> str:
        return f"{self.begin}{self.inside}{self.end}"

    @property
    def begin(self) -> str:
        """The text before the arguments."""
        return self.name + self.ends[0]

    @property
    def end(self) -> str:
        """The text after the arguments."""
        return self.ends[1]

    @property
    def items(self) -> "list[tuple[str, Call | str]]":
        """Each argument, with the text before it, as "lr="."""
        named = [(f"{name}{self.sign}", value) for name, value in self.arguments.items()]
        return [*(("", value) for value in self.first), *named]

    @property
    def inside(self) -> str:
        """The text between the parentheses, on one line."""
        return ", ".join(f"{before}{value}" for before, value in self.items)


def laid_out(before: str, value: Call | str, after: str = "", indent: int = 0, width: int = WIDTH) -> str:
    """`before`, the value and `after` on one line if they fit in `width`, else broken as Black does."""
    margin = " " * indent
    line = f"{margin}{before}{value}{after}"
    if isinstance(value, str) or len(line) <= width:
        return line
    return f"{margin}{before}{value.begin}\n{_body(value, indent + 4, width)}\n{margin}{value.end}{after}"


def _body(call: Call, indent: int, width: int) -> str:
    """The arguments on one line of their own, or else on a line each."""
    line = " " * indent + call.inside
    if len(line) <= width:
        return line
    comma = "," if len(call.items) > 1 else ""
    return "\n".join(laid_out(before, value, comma, indent, width) for before, value in call.items)


def listed(values: Any) -> Call:
    """A list of numbers as it is typed."""
    return Call("", first=tuple(map(literal, values)), ends="[]")


def literal(value: Any) -> str:
    """A number as it is typed, with twelve digits at most.

    >>> literal(0.1 + 0.2), literal(20), literal(1e-7)
    ('0.3', '20.0', '1e-07')
    """
    return repr(float(f"{float(value):.12g}"))


def count(value: Any) -> str:
    """A number of steps as it is typed: a whole number without a point."""
    return str(int(value)) if float(value).is_integer() else literal(value)
