"""Bars |x| as abs(x): which bars open and which close, where only one reading makes sense."""

from landscapes.formula.names import CALLABLE
from landscapes.formula.words import Problem, Word

MOST_BARS = 12
"""The most bars that are paired: the number of ways to pair them grows exponentially."""


def without_bars(words: list[Word]) -> tuple[list[Word], list[Problem]]:
    """The words with abs( and ) in place of bars, and the problems with them.

    It tries all ways to pair the bars. A reading in which a pair encloses only numbers, or only another pair, is
    dropped if there are others: |2|x|-1| is the absolute value of 2|x| - 1, not |2|·x·|-1|. If several readings are
    left, none is taken and the problem says so.
    """
    bars = [number for number, word in enumerate(words) if word.kind == "bar"]
    if not bars:
        return words, []
    readings = _readings(words) if len(bars) <= MOST_BARS else []
    readings = [one for one in readings if not _has_idle_pair(words, one)] or readings
    if len(readings) == 1:
        return _written(words, readings[0]), []
    problem = "can be paired in several ways" if readings else "are not in pairs"
    sentence = f"The bars | {problem}. Write abs( ) in their place, as in abs(x)."
    return words, [Problem(words[bars[0]].position, sentence)]


Reading = dict[int, str]
""""(" or ")" for each bar, by its index among the words."""


def _readings(words: list[Word]) -> list[Reading]:
    """All ways to pair the bars in which no pair is empty and no bracket is cut in two."""
    readings: list[Reading] = []

    def walk(at: int, open_marks: str, complete: bool, chosen: Reading) -> None:
        for number in range(at, len(words)):
            word = words[number]
            if word.kind == "bar":
                # a bar closes behind something complete, if a bar is the innermost that is open
                closes = complete and open_marks.endswith("|")
                if closes:
                    walk(number + 1, open_marks[:-1], True, {**chosen, number: ")"})
                # before another bar, as in |x||y|, or before a sign, a bar that can close does
                if _begins(words[number + 1]) and not (closes and words[number + 1].text in ("|", "+", "-")):
                    walk(number + 1, open_marks + "|", False, {**chosen, number: "("})
                return
            if word.text == "(":
                open_marks += "("
            elif word.text == ")":
                if open_marks.endswith("|"):
                    return
                open_marks = open_marks[:-1]
            complete = word.kind == "number" or word.text == ")" or (word.kind == "name" and word.text not in CALLABLE)
        if "|" not in open_marks:
            readings.append(chosen)

    walk(0, "", False, {})
    return readings


def _begins(word: Word) -> bool:
    """Whether a sum can begin with this word."""
    return word.kind in ("number", "name", "root", "frac", "bar") or word.text in ("(", "-", "+")


def _has_idle_pair(words: list[Word], reading: Reading) -> bool:
    """Whether some pair of bars encloses only numbers, or nothing but another pair."""
    opened: list[int] = []
    pairs: dict[int, int] = {}
    for number, side in reading.items():
        if side == "(":
            opened.append(number)
            continue
        first = opened.pop()
        pairs[first] = number
        inside = words[first + 1 : number]
        if not any(word.kind == "name" and word.text in ("x", "y") for word in inside):
            return True
        if pairs.get(first + 1) == number - 1:
            return True
    return False


def _written(words: list[Word], reading: Reading) -> list[Word]:
    written: list[Word] = []
    for number, word in enumerate(words):
        if number not in reading:
            written.append(word)
        elif reading[number] == "(":
            written += [Word("name", "abs", word.position), Word("sign", "(", word.position)]
        else:
            written.append(Word("sign", ")", word.position))
    return written
