"""One iteration in tables and formulas: every number that is printed is the engine's."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest

from landscapes import losses_at
from landscapes.data.classifier import Classifier
from landscapes.data.line import Line
from landscapes.data.rare_feature import RareFeature
from landscapes.data.tables.csv_text import read_csv
from optimizers import SGD, Batch, descend
from optimizers.explain.anatomy.latex import latex_number
from optimizers.explain.iteration import iteration
from ui.batches.iteration_panel import MAX_ROWS_SHOWN, MAX_TERMS, backward, forward, table

SURFACES = {
    "squared": Line(),
    "absolute": Line(loss="mae"),
    "Huber": Line(loss="huber", delta=2.0),
    "not standardised": Line(standardise=False),
    "made up": Line(data="made_up"),
    "rare feature": RareFeature(),
    "rare feature, absolute": RareFeature(loss="mae"),
    "two classes": Classifier(),
    "two classes, not standardised": Classifier(standardise=False),
    "one's own": Line.through(read_csv("hours;score\n" + "\n".join(f"{row},5;{row % 7}" for row in range(40)))),
}
SIZES = [1, MAX_ROWS_SHOWN, MAX_ROWS_SHOWN + 1, 32, None]
STEPS = (0, 3, 14)


class Cells(HTMLParser):
    """The texts of a table, row by row, of its head, body and foot."""

    def __init__(self, text):
        super().__init__()
        self.rows = {"thead": [], "tbody": [], "tfoot": []}
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag in self.rows:
            self.part = self.rows[tag]
        elif tag == "tr":
            self.part.append([])
        elif tag in ("td", "th"):
            self.part[-1].append("")

    def handle_data(self, data):
        self.part[-1][-1] += data


def opened(surface, size, step):
    batch = Batch(size, seed=4, samples=surface.sample_count)
    path = descend(surface, SGD(surface.learning_rate), steps=15, batch=batch)
    return iteration(surface, path, batch, step), path


def read(cell):
    """A number as the table prints it."""
    mantissa, _, power = cell.replace("−", "-").partition("·10")
    return float(mantissa) * 10.0 ** int(power.translate(PLAIN) or 0)


PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def to_four_digits(value):
    return pytest.approx(float(f"{value:.4g}"), rel=1e-12, abs=0)


def to_three_digits(value):
    return pytest.approx(value, rel=5.01e-3, abs=1e-300)


def in_latex(text):
    """The number that a line ends with."""
    digits, power = re.search(r"= (-?[\d.e+-]+?)(?:\\cdot10\^\{(-?\d+)\})?$", text).groups()
    return float(digits) * 10.0 ** int(power or 0)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SURFACES)
def test_the_table_holds_the_rows_of_the_batch(name, size):
    surface = SURFACES[name]
    for step in STEPS:
        made, path = opened(surface, size, step)
        cells = Cells(table(surface, made)).rows
        features = surface.rows.features
        assert cells["thead"] == [[*features, "actual", "predicted", "error", "absolute error"]]
        shown = cells["tbody"][:MAX_ROWS_SHOWN]
        assert len(shown) == min(MAX_ROWS_SHOWN, len(made.rows))
        outputs = surface.samples.rows @ path.positions[step]
        predicted = np.asarray(surface.as_targets(outputs))
        for row, said in zip(made.rows, shown, strict=False):
            *given, actual, prediction, error, distance = said
            target = surface.rows.y[row]
            assert list(map(read, given)) == [to_four_digits(value) for value in surface.rows.x[row]]
            if surface.rows.classes:
                assert actual == f"{surface.rows.classes[int(target)]} ({target:g})"
            else:
                assert read(actual) == to_four_digits(target)
            assert read(prediction) == pytest.approx(predicted[row], rel=5.01e-4)
            assert read(error) == pytest.approx(predicted[row] - target, rel=5.01e-4, abs=1e-9)
            assert read(distance) == abs(read(error))
            assert not distance.startswith("−")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SURFACES)
def test_what_is_not_shown_is_counted(name, size):
    made, _ = opened(SURFACES[name], size, 3)
    body = Cells(table(SURFACES[name], made)).rows["tbody"]
    more = len(made.rows) - MAX_ROWS_SHOWN
    assert body[MAX_ROWS_SHOWN:] == ([[f"and {more} more"]] if more > 0 else [])


def test_an_error_of_minus_thirty_is_thirty_off():
    surface = Line.through(read_csv("0,0\n1,40\n2,0"), standardise=False)
    batch = Batch(None, samples=3)
    path = descend(surface, SGD(1e-3), start=(0.0, 10.0), steps=1, batch=batch)
    rows = Cells(table(surface, iteration(surface, path, batch, 0))).rows
    assert rows["tbody"] == [
        ["0", "0", "10", "10", "10"],
        ["1", "40", "10", "−30", "30"],
        ["2", "0", "10", "10", "10"],
    ]
    assert rows["tfoot"] == [["MAE of this batch", "16.67"], ["MSE of this batch", "366.7"]]


MEANS = {
    "squared": ["MAE", "MSE"],
    "absolute": ["MAE", "MSE"],
    "Huber": ["Huber", "MAE", "MSE"],
    "not standardised": ["MAE", "MSE"],
    "made up": ["MAE", "MSE"],
    "rare feature": ["MAE", "MSE"],
    "rare feature, absolute": ["MAE", "MSE"],
    "two classes": ["Cross-entropy"],
    "two classes, not standardised": ["Cross-entropy"],
    "one's own": ["MAE", "MSE"],
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SURFACES)
def test_the_means_are_over_the_whole_batch(name, size):
    surface = SURFACES[name]
    made, path = opened(surface, size, 14)
    outputs = (surface.samples.rows @ path.positions[14])[made.rows]
    errors = np.asarray(surface.as_targets(outputs)) - surface.rows.y[made.rows]
    distance = np.abs(errors)
    picked = np.isin(np.arange(len(surface.samples.present)), made.rows)
    loss = float(surface.batch_loss(path.positions[14], picked))
    means = {
        "MAE": distance.mean(),
        "MSE": (errors**2).mean(),
        "Huber": np.where(distance <= 2.0, 0.5 * errors**2, 2.0 * distance - 2.0).mean(),
        "Cross-entropy": loss,
    }
    feet = Cells(table(surface, made)).rows["tfoot"]
    assert [label for label, _ in feet] == [f"{mean} of this batch" for mean in MEANS[name]]
    for (_, said), mean in zip(feet, MEANS[name], strict=True):
        assert read(said) == pytest.approx(means[mean], rel=5.01e-4)
    own = {"mse": "MSE", "mae": "MAE", "huber": "Huber", "cross_entropy": "Cross-entropy"}[surface.loss]
    assert means[own] == pytest.approx(loss, rel=1e-9)


def test_the_means_of_the_full_batch_are_the_height_of_the_map():
    surface = SURFACES["absolute"]
    made, path = opened(surface, None, 3)
    feet = dict(Cells(table(surface, made)).rows["tfoot"])
    height = losses_at(surface, [path.positions[3]])[0]
    assert read(feet["MAE of this batch"]) == pytest.approx(height, rel=5.01e-4)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SURFACES)
def test_the_backward_pass_ends_in_the_gradient_that_was_followed(name, size):
    surface = SURFACES[name]
    for step in STEPS:
        made, path = opened(surface, size, step)
        rule, *lines = backward(surface, made)
        assert surface.loss_function.derivative in rule
        assert len(lines) == 2
        for axis, line, derivative in zip(surface.axes, lines, path.gradients[step], strict=True):
            assert line.startswith(rf"\frac{{\partial L}}{{\partial {axis[0]}")
            assert in_latex(line) == to_three_digits(derivative)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SURFACES)
def test_the_first_terms_of_the_sum_are_written_out(name, size):
    surface = SURFACES[name]
    made, _ = opened(surface, size, 3)
    for line, column in zip(backward(surface, made)[1:], made.inputs.T, strict=True):
        terms = [
            f"({latex_number(derivative)})({latex_number(x)})"
            for derivative, x in zip(made.derivatives[:MAX_TERMS], column[:MAX_TERMS], strict=True)
        ]
        assert " + ".join(terms) in line
        assert (r"\cdots" in line) == (len(made.rows) > MAX_TERMS)
        assert (rf"\tfrac{{1}}{{{len(made.rows)}}}" in line) == (len(made.rows) > 1)


FORWARD = {
    "squared": (r"\hat y = w\,x' + b = ", r"\,x'", ""),
    "not standardised": (r"\hat y = w\,x + b = ", r"\,x", ""),
    "rare feature": (r"\hat y = w_1\,x_1 + w_2\,x_2 = ", r"\,x_1", r"\,x_2"),
    "two classes": (r"p = \sigma(w_1\,x_1 + w_2\,x_2) = \sigma(", r"\,x_1", r"\,x_2)"),
    "one's own": (r"\hat y = w\,x' + b = ", r"\,x'", ""),
}


@pytest.mark.parametrize("name", FORWARD)
def test_the_forward_pass_has_the_parameters_of_the_step(name):
    surface = SURFACES[name]
    start, first, second = FORWARD[name]
    for step in STEPS:
        made, path = opened(surface, 8, step)
        said = forward(surface, made)
        assert said.startswith(start)
        filled = said.removeprefix(start).removesuffix(second)
        x, sign, y = re.fullmatch(rf"(\S+){re.escape(first)} ([+-]) (\S+)", filled).groups()
        assert float(x) == to_three_digits(path.positions[step][0])
        assert float(sign + y) == to_three_digits(path.positions[step][1])


def test_a_minus_is_written_once():
    surface = SURFACES["squared"]
    batch = Batch(None, samples=surface.sample_count)
    path = descend(surface, SGD(1e-4), start=(-2.0, -3.5), steps=1, batch=batch)
    assert forward(surface, iteration(surface, path, batch, 0)) == r"\hat y = w\,x' + b = -2\,x' - 3.5"


HOSTILE = '<b>hours</b>;"$a$ & ""q"" <script>"\n1;52\n2,5;61\n4;70'


def test_names_given_by_hand_are_no_markup():
    surface = Line.through(read_csv(HOSTILE))
    made, _ = opened(surface, None, 0)
    assert surface.rows.features == ("<b>hours</b>",)
    read_back = Cells(table(surface, made))
    assert read_back.rows["thead"][0][0] == "<b>hours</b>"
    assert set(read_back.tags) == {"div", "table", "thead", "tbody", "tfoot", "tr", "th", "td"}


@pytest.mark.parametrize("name", ['"><img src=x>', "a & b", "$x^2$", "it's"])
def test_any_name_is_read_back_letter_by_letter(name):
    quoted = name.replace('"', '""')
    surface = Line.through(read_csv(f'"{quoted}";y\n1;52\n2,5;61\n4;70'))
    made, _ = opened(surface, None, 0)
    read_back = Cells(table(surface, made))
    assert read_back.rows["thead"][0][0] == name
    assert "img" not in read_back.tags
