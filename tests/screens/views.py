"""The views that are recorded: every page, every preset, and links with settings of their own.

The links are written down, not made, so that they also prove that a link sent years ago still opens.
"""

import dataclasses
from urllib.parse import quote

STEP = 40
"""Where the playhead rests."""


@dataclasses.dataclass(frozen=True)
class View:
    """A link, and what a hand does before the picture is taken.

    Args:
        name: of its files, unique.
        page: the path in the address; empty for the playground.
        query: the link's settings as they are written in the address bar.
        answer: the text of an answer that is chosen; the race then runs, and is paused.
        press: buttons and switches that are pressed, by their accessible names.
        typed: text for a field, by the field's accessible name.
        tables: the downloads that are kept, by the first words of their rows in the list of exports.
        whole: pictured in both sizes and themes from top to bottom; others are pictured once, at their top.
    """

    name: str
    page: str
    query: str = ""
    answer: str = ""
    press: tuple[str, ...] = ()
    typed: tuple[tuple[str, str], ...] = ()
    tables: tuple[str, ...] = ("Paths (CSV)",)
    whole: bool = False

    @property
    def has_playhead(self) -> bool:
        """Whether there is a race on the page."""
        return self.page != "gallery"

    @property
    def has_run(self) -> bool:
        """Whether its race has more than one step: that of a lesson waits for an answer."""
        return self.has_playhead and (self.page != "learn" or bool(self.answer))

    @property
    def address(self) -> str:
        """Path and query. Links that can say so open paused; without a query the page opens with its own settings."""
        if not self.query:
            return f"/{self.page}"
        is_race = self.page in ("", "escape", "tune", "schedules", "batches")
        return f"/{self.page}?{self.query}" + (f"&playhead={STEP}" if is_race else "")


def _formula(text: str) -> str:
    return f"landscape=own&landscape.formula={quote(text)}"


def _playground(name: str, query: str, press: tuple[str, ...] = ()) -> View:
    return View(f"playground-{name}", "", query, press=press)


def _escape(name: str, query: str) -> View:
    return View(f"escape-{name}", "escape", f"{query}&page=escape")


def _tune(name: str, query: str, press: tuple[str, ...] = ()) -> View:
    return View(f"tune-{name}", "tune", f"{query}&page=tune", press=press, tables=("Paths (CSV)", "Tuning map (CSV)"))


def _schedules(name: str, query: str) -> View:
    return View(f"schedules-{name}", "schedules", f"{query}&page=schedules")


def _batches(name: str, query: str) -> View:
    return View(f"batches-{name}", "batches", f"{query}&page=batches")


def _network(name: str, query: str) -> View:
    return View(f"network-{name}", "network", query, tables=())


def _learn(lesson: str, answer: str) -> View:
    return View(f"learn-{lesson}", "learn", f"lesson={lesson}", answer=answer, tables=())


FIRST = (
    View("playground", "", whole=True),
    View("learn", "learn", tables=(), whole=True),
    View("learn-answered", "learn", "lesson=momentum", "Over the ridge, in the deeper valley", tables=(), whole=True),
    View("escape", "escape", whole=True),
    View("tune", "tune", tables=("Paths (CSV)", "Tuning map (CSV)"), whole=True),
    View("schedules", "schedules", whole=True),
    View("batches", "batches", whole=True),
    View("network", "network", tables=(), whole=True),
    View("gallery", "gallery", tables=(), whole=True),
)
"""Every page as a first visitor sees it."""

THREE = (
    "racers=momentum,momentum,momentum&racer1.name=Full+batch&racer1.apart=batch_size&racer2.name=Mini-batch"
    "&racer3.name=Single+sample&racer3.apart=batch_size&racer3.batch_size=1"
)
EXPONENTIAL = ".decay_schedule=exponential", ".decay_schedule.decay_steps=50", ".decay_schedule.decay_rate=0.4"
COSINE = ".decay_schedule=cosine", ".decay_schedule.decay_steps=200"
NOISY_BOWL = "learning_rate=0.1&momentum=0&steps=200&batch_size=2&noise=3"


def _named(number: int, name: str, parts: tuple[str, ...]) -> str:
    prefix = f"racer{number}"
    return "&".join([f"{prefix}.name={name}", f"{prefix}.apart=decay_schedule", *(prefix + part for part in parts)])


PRESETS = (
    _playground("too-small", "landscape=bowl&racers=descent,momentum&learning_rate=0.001&momentum=0.5&steps=200"),
    _playground(
        "too-large",
        "landscape=bowl&landscape.condition=8&racers=descent,descent&racer2.name=Below+the+limit"
        "&racer2.apart=learning_rate,momentum&racer2.learning_rate=0.2&learning_rate=0.28&momentum=0.9&steps=60",
    ),
    _playground(
        "stuck",
        "landscape=double_well&racers=descent,adagrad,rmsprop,adam&learning_rate=0.03&momentum=0.9&steps=200",
    ),
    _playground(
        "escapes",
        "landscape=double_well&racers=descent,momentum,nesterov&learning_rate=0.03&momentum=0.9&steps=200",
    ),
    _playground(
        "ravine",
        "landscape=bowl&landscape.condition=40&landscape.rotation=20&racers=descent,momentum,rmsprop"
        "&learning_rate=0.046&momentum=0.7&steps=120",
    ),
    _playground(
        "saddle",
        "landscape=saddle&racers=descent,momentum,rmsprop,adam&learning_rate=0.025&momentum=0.9&steps=200"
        "&start=1.6,1e-07",
    ),
    _playground(
        "adagrad-fades",
        "landscape=beale&racers=adagrad,rmsprop&racer2.learning_rate=0.02&learning_rate=0.03&momentum=0.9&steps=600",
    ),
    _playground(
        "clipped",
        "landscape=cliff&racers=descent,descent&racer2.name=Clipped&racer2.learning_rate=0.3&racer2.clipnorm=1"
        "&learning_rate=0.3&momentum=0.9&steps=80",
    ),
    _playground(
        "noise",
        "landscape=himmelblau&racers=descent,descent,descent&racer1.name=Full+batch&racer1.apart=momentum,batch_size"
        "&racer2.name=Mini-batch+of+8&racer3.name=Single+samples&racer3.apart=momentum,batch_size"
        "&racer3.batch_size=1&learning_rate=0.01&momentum=0.9&steps=200&batch_size=8&noise=10",
    ),
    _escape("stuck-and-out", "landscape=double_well&racers=descent,momentum&learning_rate=0.03&momentum=0.8&steps=200"),
    _escape("too-little", "landscape=double_well&racers=descent,momentum&learning_rate=0.03&momentum=0.5&steps=200"),
    _escape(
        "higher-barrier",
        "landscape=double_well&landscape.barrier=1.6&racers=descent,momentum&learning_rate=0.02&momentum=0.8&steps=200",
    ),
    _escape(
        "noise",
        "landscape=double_well&racers=descent,descent&racer1.name=Full+batch&racer1.apart=momentum,batch_size"
        "&racer2.name=Noisy&learning_rate=0.03&momentum=0.8&steps=400&batch_size=1&noise=6",
    ),
    _escape("wells", "landscape=wells&racers=descent,momentum&learning_rate=0.3&momentum=0.9&steps=200"),
    _escape("six-humps", "landscape=six_hump_camel&racers=descent,momentum&learning_rate=0.02&momentum=0.9&steps=200"),
    _tune("bowl", "landscape=bowl&landscape.rotation=20&racers=momentum&learning_rate=0.02&momentum=0.9&steps=300"),
    _tune(
        "ravine", "landscape=bowl&landscape.condition=100&racers=momentum&learning_rate=0.005&momentum=0.9&steps=500"
    ),
    _tune("nesterov", "landscape=bowl&landscape.rotation=20&racers=nesterov&learning_rate=0.05&momentum=0.9&steps=300"),
    _tune("rosenbrock", "landscape=rosenbrock&racers=momentum&learning_rate=0.0003&momentum=0.9&steps=1000"),
    _tune(
        "which-minimum",
        "landscape=double_well&racers=momentum&learning_rate=0.03&momentum=0.9&steps=300&measure=minimum",
    ),
    _tune("adam", "landscape=beale&racers=adam&learning_rate=0.001&momentum=0.9&steps=400&axes=beta_1,beta_2"),
    _tune(
        "decay",
        "landscape=himmelblau&racers=descent&racer1.learning_rate=0.02&learning_rate=0.005&momentum=0.9&steps=300"
        "&decay_schedule=exponential&decay_schedule.decay_steps=50&axes=learning_rate,decay_rate",
    ),
    _tune(
        "batch-size",
        "landscape=line&racers=descent&learning_rate=0.1&momentum=0.9&steps=300&batch_size=16"
        "&axes=learning_rate,batch_size&tolerance=0.01",
    ),
    _schedules(
        "settles",
        "landscape=bowl&racers=momentum,momentum,momentum,momentum&racer1.name=Fixed+rate&racer1.apart=decay_schedule"
        "&racer2.name=Best+fixed+rate&racer2.apart=learning_rate,momentum,decay_schedule&racer2.learning_rate=0.02"
        f"&racer2.momentum=0&{_named(3, 'Exponential', EXPONENTIAL)}&{_named(4, 'Cosine', COSINE)}&{NOISY_BOWL}",
    ),
    _schedules(
        "four",
        f"landscape=bowl&racers=momentum,momentum,momentum,momentum&{_named(1, 'Exponential', EXPONENTIAL)}"
        "&racer2.name=Piecewise&racer2.apart=decay_schedule&racer2.decay_schedule=piecewise"
        "&racer2.decay_schedule.boundaries=60,120&racer2.decay_schedule.values=0.1,0.025,0.006"
        "&racer3.name=Polynomial&racer3.apart=decay_schedule&racer3.decay_schedule=polynomial"
        "&racer3.decay_schedule.decay_steps=200&racer3.decay_schedule.end_learning_rate=0.001"
        "&racer4.name=Inverse+time&racer4.apart=decay_schedule&racer4.decay_schedule=inverse_time"
        f"&racer4.decay_schedule.decay_steps=20&{NOISY_BOWL}",
    ),
    _schedules(
        "restarts",
        f"landscape=bowl&racers=momentum,momentum,momentum&{_named(1, 'Cosine', COSINE)}"
        "&racer2.name=Cosine+with+restarts&racer2.apart=decay_schedule&racer2.decay_schedule=cosine_restarts"
        "&racer2.decay_schedule.first_decay_steps=60&racer2.decay_schedule.t_mul=1.5&racer2.decay_schedule.m_mul=0.6"
        "&racer3.name=Warm-up+and+cosine&racer3.apart=decay_schedule&racer3.decay_schedule=warmup_cosine"
        f"&racer3.decay_schedule.decay_steps=160&racer3.decay_schedule.warmup_steps=40&{NOISY_BOWL}",
    ),
    _schedules(
        "fixed-wins",
        "landscape=bowl&racers=momentum,momentum,momentum&racer1.name=Best+fixed+rate"
        "&racer1.apart=learning_rate,momentum,decay_schedule&racer1.learning_rate=0.16&racer1.momentum=0"
        f"&{_named(2, 'Exponential', EXPONENTIAL)}&{_named(3, 'Cosine', COSINE)}"
        "&learning_rate=0.1&momentum=0&steps=100",
    ),
    _schedules(
        "adagrad-fades",
        "landscape=beale&racers=adagrad,rmsprop,adam&racer1.learning_rate=0.1&racer2.learning_rate=0.01"
        "&racer3.learning_rate=0.05&learning_rate=0.03&momentum=0.9&steps=600",
    ),
    _batches("three", f"landscape=line&{THREE}&learning_rate=0.1&momentum=0&steps=120&batch_size=32"),
    _batches(
        "unscaled",
        f"landscape=line&landscape.standardise=no&{THREE}&learning_rate=0.03&momentum=0&steps=600&batch_size=32",
    ),
    _batches(
        "mae",
        f"landscape=line&landscape.loss=mae&landscape.data=made_up&landscape.scatter=0&{THREE}"
        "&learning_rate=0.7&momentum=0&steps=120&batch_size=32",
    ),
    _batches(
        "outlier-squared",
        f"landscape=line&landscape.data=anscombe_3&{THREE}&learning_rate=0.1&momentum=0&steps=120&batch_size=4",
    ),
    _batches(
        "outlier-absolute",
        f"landscape=line&landscape.loss=mae&landscape.data=anscombe_3&{THREE}"
        "&learning_rate=0.06&momentum=0&steps=200&batch_size=4",
    ),
    _batches(
        "rare-feature",
        "landscape=rare_feature&racers=descent,descent,adagrad&racer1.name=Small+rate"
        "&racer1.apart=learning_rate,momentum&racer1.learning_rate=0.1&racer2.name=Large+rate"
        "&racer2.apart=learning_rate,momentum&racer2.learning_rate=0.4&racer3.learning_rate=0.5"
        "&learning_rate=0.03&momentum=0.9&steps=200&batch_size=8",
    ),
    _batches("two-classes", f"landscape=classifier&{THREE}&learning_rate=3&momentum=0&steps=200&batch_size=16"),
    _batches(
        "held-out",
        "landscape=line&landscape.data=made_up&landscape.scatter=2&landscape.validation_split=0.95&racers=momentum"
        "&racer1.name=Full+batch&racer1.apart=batch_size&learning_rate=0.03&momentum=0&steps=200",
    ),
    _network("more-digits", "network.rows=1000"),
    _network("batches", "network.learning_rate=0.05&network.adam_rate=0.003&network.batch_size=8"),
    _network("too-large", "network.learning_rate=5&network.adam_rate=0.3&network.momentum=0.5"),
    _network("random-plane", "network.directions=random"),
)
"""Every preset that is not a page's first view already."""

OWN = (
    _playground(
        "eight-others",
        "landscape=styblinski_tang&racers=adamw,nadam,adamax,adadelta,lion,ftrl,adabelief,prodigy"
        "&learning_rate=0.02&momentum=0.9&steps=150",
    ),
    _playground(
        "noisy-seed",
        "landscape=himmelblau&racers=descent,adam&learning_rate=0.012&batch_size=8&noise=6&seed=7&steps=120",
    ),
    _playground(
        "own-settings",
        "landscape=rosenbrock&racers=nesterov,rmsprop,adam&racer1.apart=learning_rate,momentum"
        "&racer1.learning_rate=0.0004&racer1.momentum=0.95&racer2.rho=0.8&racer2.learning_rate=0.005"
        "&racer3.beta_1=0.7&racer3.beta_2=0.95&racer3.learning_rate=0.05&racer3.decay_schedule=cosine"
        "&racer3.decay_schedule.decay_steps=300&learning_rate=0.001&steps=300&start=-1.2,1.1",
    ),
    _playground(
        "formula",
        _formula("sin(3x) cos(y) + 0.1 (x^2 + y^2)") + "&racers=descent,momentum,adam&learning_rate=0.05&steps=120"
        "&start=1.3,-0.7",
    ),
    _playground(
        "formula-domain",
        _formula("|x - 1| + 2 y^4") + "&landscape.domain=-2,3,-1.5,1.5&racers=descent,signum"
        "&learning_rate=0.02&steps=90&start=-1.4,1.1",
    ),
    _playground("broken-link", "steps=banana&landscape=moon&momentum=7"),
    _playground("anatomy", "landscape=beale&racers=adam,momentum&learning_rate=0.01&steps=150", ("Anatomy",)),
    _escape("styblinski", "landscape=styblinski_tang&racers=nesterov,adam&learning_rate=0.01&steps=150&start=3.1,2.4"),
    _tune(
        "wide-loss",
        "landscape=booth&racers=adam&learning_rate=0.1&steps=200&measure=loss&wide=yes&axes=learning_rate,beta_1",
    ),
    _batches("huber", f"landscape=line&landscape.loss=huber&landscape.data=diabetes&{THREE}&steps=150&batch_size=16"),
    _network("small", "network.steps=60&network.hidden=4&network.rows=40&network.seed=3"),
    _learn("too_large", "It arrives sooner"),
    _learn("zigzag", "In a narrow valley descent always zigzags"),
    _learn("held_out", "Worse than a line on the way there"),
    View("gallery-banana", "gallery", typed=(("Search", "banana"),), tables=()),
)
"""Racers, noise, schedules, formulas, data and starts of their own, and what a hand unfolds."""

VIEWS = (*FIRST, *PRESETS, *OWN)
