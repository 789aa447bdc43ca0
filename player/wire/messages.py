"""The messages to the browser, key by key. `typedefs.py` makes the types for JavaScript from them.

The text under a field describes it. Numbers that are sent as packed arrays are not here: see the packers, and
`decode.js`.
"""

from collections.abc import Sequence
from typing import Literal, TypedDict

Point = tuple[float, float]
Range = tuple[float, float]
Domain = tuple[Range, Range]


class Outcome(TypedDict):
    """How a racer ended, and what it cost."""

    kind: str
    sentence: str
    loss: float
    distance: float | None
    """from the nearest minimum"""
    arrived: int | None
    """the step from which on it stays near that minimum"""
    evaluations: int
    """sample gradients"""


class Energy(TypedDict):
    """What the energy chart marks on a path."""

    barriers: Sequence[tuple[int, float | None]]
    """from a step on, the height of the lowest way out; null where there is none"""
    passes: Sequence[int]
    turns: Sequence[int]
    trapped: int | None
    """the step from which on it can never get out again"""
    summary: str


class RacerFacts(TypedDict, total=False):
    """What else of a racer the page shows."""

    marks: Sequence[tuple[int, str]]
    """steps that are named in the picture"""
    energy: Energy
    handles: Sequence[Point]
    """step and rate of each handle of its schedule"""
    handle_words: Sequence[str]
    """what each of them changes"""
    noise_ball: tuple[float, float, float]
    """x, y and radius of the ball in which it hovers"""
    level: float
    """the mean loss there"""
    code: str
    """its optimizer as it would be typed"""


class RacerAbout(RacerFacts):
    """One racer, without its columns."""

    name: str
    style: str
    """the name of its colour and dash"""
    variant: int
    """how many racers before it have the same"""
    size: int
    """samples that a step looks at"""
    samples: int
    """how many there are"""
    stability_threshold: float | None
    """what learning rate times sharpness may not pass"""
    result: Outcome


class RacerHeader(RacerAbout):
    """One racer in the header of a race."""

    steps: int
    ranges: dict[str, Range]
    """the range of each column of steps + 1 numbers, in the order in which they are packed"""


class Crosshair(TypedDict):
    """Where the settings are on the tuning map."""

    place: Point
    regime: str
    """how the path gets down, in words"""
    steps: int | None
    """since when it is there"""


class RaceFacts(TypedDict, total=False):
    """What else of a race the page shows."""

    tuned: Crosshair
    fixed: str
    """the name of a race that no hand changes"""


class RaceAbout(RaceFacts):
    """A race, without its racers."""

    start: Point
    playhead: int | None
    """where a link opens it, paused"""
    stamp: str
    query: str
    """what the address bar shows"""
    sentence: tuple[str, str]
    """the lead and the rest"""


class RaceHeader(RaceAbout):
    """The header of a race."""

    frame: Sequence[tuple[float, float]]
    """centre and half width of each coordinate, which positions are packed in"""
    floor: float
    """the loss that heights are counted from"""
    racers: Sequence[RacerHeader]


class Loss(TypedDict):
    """The loss of one sample, where the landscape is the mean of it."""

    name: Literal["mse", "mae", "huber", "cross_entropy"]
    delta: float
    """Huber's"""


PointKind = Literal["global", "local", "saddle", "maximum", "held_out", "degenerate"]


class MarkedPoint(TypedDict):
    """A minimum, a saddle or the like; "held_out": a minimum of the rows held out."""

    kind: PointKind
    label: str
    xy: Point


class Ground(TypedDict):
    """The colours of a theme."""

    paper: str
    raised: str
    ink: str
    muted: str
    hairline: str
    accent: str
    contour: str
    water: Sequence[str]
    """the landscape's tones from low to high"""


Styles = dict[str, Sequence[tuple[str, Sequence[float]]]]


class StylesByTheme(TypedDict):
    """Colour and dash by name and number."""

    light: Styles
    dark: Styles


class Palette(TypedDict):
    """All colours of the map."""

    light: Ground
    dark: Ground
    styles: StylesByTheme


class LandscapePayload(TypedDict):
    """The landscape, as sent once."""

    id: str
    """its slug and domain"""
    title: str
    figure: str
    """Plotly's JSON"""
    domain: Domain
    axes: tuple[str, str]
    """what the two parameters are called"""
    loss: Loss | None
    low: float
    """the lowest height that is drawn"""
    scale: float
    points: Sequence[MarkedPoint]
    palette: Palette


class Rows(TypedDict):
    """Rows of a table."""

    x: Sequence[float]
    """the column that goes across"""
    y: Sequence[float]
    rows: Sequence[Sequence[float]]
    """two columns, what the parameters are multiplied by: a prediction is a1·p1 + a2·p2"""
    targets: Sequence[float]


class ColumnNames(TypedDict):
    """What the columns of a table are called."""

    x: str
    y: str
    groups: tuple[str, str] | None


DataKind = Literal["line", "rare", "classes"]


class DataPayload(Rows):
    """The table behind the landscape. For "line" and "rare" a1 is linear in x, for "classes" a1 in x and a2 in y."""

    kind: DataKind
    groups: Sequence[int] | None
    """0 or 1 for each row: the rare feature, the class"""
    names: ColumnNames
    held_out: Rows | None
    """the rows held out"""
    parameters: tuple[str, str]


class OrdersHeader(TypedDict):
    """In which order each epoch goes through the rows; behind it the row numbers, one epoch after the other."""

    samples: int
    epochs: int


class Waiting(TypedDict):
    """What belongs to some settings is still under way."""

    stamp: str
    working: float | None
    """how much of it is done, 0 to 1; null if nobody works on it"""


class Axis(TypedDict):
    """One of the two settings of a tuning map."""

    name: str
    label: str
    symbol: str
    log: bool
    whole: bool
    """whole numbers only"""
    values: Sequence[float]
    """of the cells"""
    low: float
    """the slider's end"""
    high: float


class BestCell(TypedDict):
    """The best cell of a tuning map."""

    cell: tuple[int, int]
    """row and column"""
    place: Point
    """the values there"""


class Theory(TypedDict):
    """What theory says on a tuning map."""

    edge: Sequence[Point]
    """where it turns unstable"""
    formula: str
    """of that"""
    best: Point


class TuningStyles(TypedDict):
    """The colours of a tuning map in a theme."""

    scale: Sequence[str]
    """from good to bad"""
    minima: Sequence[str]
    paper: str
    neutral: str
    diverged: str
    """the lines over paper"""
    stuck: str
    """the dots over neutral"""
    not_yet: str
    """the lines over neutral"""


class TuningColours(TypedDict):
    """The colours of a tuning map."""

    light: TuningStyles
    dark: TuningStyles


class PlaneAbout(TypedDict):
    """A tuning map, without its cells."""

    stamp: str
    """which settings it belongs to"""
    axes: tuple[Axis, Axis]
    measure: Literal["steps", "loss", "minimum"]
    """what the colours say"""
    steps: int
    """of each descent"""
    tolerance: float
    """the part of the way down that may be left"""
    known: bool
    """whether there is a known minimum to get to"""
    scale: tuple[float, float] | None
    """what its best and its worst level stand for"""
    minima: Sequence[str]
    """their labels"""
    regimes: Sequence[str]
    best: BestCell | None
    theory: Theory | None
    colours: TuningColours


class PlaneHeader(PlaneAbout):
    """The header of a tuning map; behind it an array for each of KINDS, the row of the lowest y first."""

    rows: int
    columns: int


class Minimum(TypedDict):
    """A known minimum on a map of basins."""

    xy: Point
    label: str
    best: bool
    """whether no known one lies lower"""


class Counts(TypedDict):
    """How many starts end where."""

    reached: Sequence[int]
    """at each of the minima"""
    unsettled: int
    diverged: int


class LayerAbout(TypedDict):
    """The racer of a map of basins."""

    name: str
    style: str
    variant: int
    noisy: bool
    """whether it never rests"""


class LayerHeader(LayerAbout):
    """The racer of a map of basins, and how often its starts end where."""

    counts: Counts


class BasinsStyles(TypedDict):
    """The colours of maps of basins in a theme."""

    tones: Sequence[str]
    slowest: float
    """how much paper is mixed into the tone of the slowest"""
    paper: str
    number: str
    """ink that reads on every tone"""
    diverged: str
    unsettled: str
    hatch: str
    same: str
    other: str


class BasinsColours(TypedDict):
    """The colours of maps of basins."""

    light: BasinsStyles
    dark: BasinsStyles


class BasinsAbout(TypedDict):
    """Two racers' maps of basins, without the maps."""

    stamp: str
    """which settings they belong to"""
    fine: bool
    domain: Domain
    pace: tuple[float, float]
    """steps that count as fast and as slow"""
    colours: BasinsColours
    goal: str
    """what the best minima are called"""
    sentence: str


class EndCounts(TypedDict):
    """How many starts are of each class of the difference."""

    only_b: int
    only_a: int
    same: int
    other: int


class BasinsHeader(BasinsAbout):
    """The header of two maps of basins; behind it for each racer the index and the level of each cell."""

    resolution: int
    levels: tuple[float, float, float]
    """up to how many steps they are exact, the most steps, the last level"""
    minima: Sequence[Minimum]
    racers: Sequence[LayerHeader]
    ends: EndCounts


class AnatomyPayload(TypedDict, total=False):
    """One update's vectors, [x, y] each; nothing where none was asked for, `asked` alone where no step was taken."""

    asked: int
    """the step under the playhead when it was asked for"""
    racer: int
    index: int
    """the step that is taken apart"""
    position: Point
    gradient: Point
    step: Point
    velocity: Point | None
    """the part carried over"""
    push: Point | None
    """the part that this gradient adds"""
    divisor: Point | None
    """what each coordinate is divided by"""
    follow: bool
    """ask whenever the playhead rests, though the arrows are not shown"""


class SliderPayload(TypedDict):
    """A slider that acts while it is dragged."""

    label: str
    value: float
    low: float
    high: float
    default: float
    """where a double click puts it"""
    log: bool
    step: float
    """the grid on a linear scale"""
    symbol: str
    help: str
    marks: Sequence[tuple[float, str, str]]
    """places on the scale: value, what it is in words, and whose style it has"""
    note: str
    """said in place of the marks where there are none"""


Chart = Literal["validation", "rate", "sharpness", "effective"]


class SidePayload(TypedDict):
    """Which further charts there are to choose from."""

    charts: Sequence[Chart]


class ExportsPayload(TypedDict):
    """What exported files are called, without an ending."""

    name: str


class IdlePayload(TypedDict):
    """When to call back."""

    stamp: str
    """of the race that the page around it was computed for"""
    waiting: int
    """other than 0 if a computation is still under way"""
    quiet: int
    """milliseconds without a new race"""


MESSAGES: tuple[type, ...] = (
    RaceHeader,
    LandscapePayload,
    DataPayload,
    OrdersHeader,
    Waiting,
    PlaneHeader,
    BasinsHeader,
    AnatomyPayload,
    SliderPayload,
    SidePayload,
    ExportsPayload,
    IdlePayload,
)
"""The messages that are sent by themselves. The other types are parts of these."""
