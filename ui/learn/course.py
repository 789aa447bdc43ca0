"""The course on its page: the open lesson, the answers, and the comments on them."""

import re

import streamlit as st

from experiment.link.link import to_query
from experiment.pages import PAGES
from experiment.race.settings import Settings
from experiment.words import in_words, letter
from lessons import LESSONS
from lessons.lesson import Lesson
from optimizers import SGD
from player import live_slider
from records import number_fields, rounded

_OPEN, _LIST, _ANSWER, _SLID = "course.open", "course.list", "course.answer", "course.slid"
SLUGS = list(LESSONS)


def read_link() -> list[str]:
    """Open the link's lesson at the first visit. Returns a sentence if the link names no lesson."""
    asked = st.query_params.get("lesson", SLUGS[0])
    st.session_state.setdefault(_OPEN, asked if asked in LESSONS else SLUGS[0])
    return [] if asked in LESSONS else [f"`lesson` must be one of {', '.join(SLUGS)}. Received: {asked[:40]}."]


def opened() -> str:
    """The slug of the open lesson."""
    return st.session_state[_OPEN]


def answered(slug: str) -> int | None:
    """The index of the answer that was given, None if there is none yet."""
    return st.session_state.get(_answer_key(slug))


def _answer_key(slug: str) -> str:
    return f"{_ANSWER}.{slug}.kept"


def contents() -> None:
    """Draw the list of lessons, the buttons to the next and the last one, and the number of right answers."""
    at = SLUGS.index(opened())
    with st.container(key="lessons", horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.button("←", key="course.back", help="The lesson before", disabled=at == 0, on_click=_go, args=(at - 1,))
        st.session_state[_LIST] = opened()
        st.selectbox("Lesson", SLUGS, key=_LIST, format_func=_numbered, label_visibility="collapsed", on_change=_choose)
        last = at == len(SLUGS) - 1
        st.button("→", key="course.on", help="The next lesson", disabled=last, on_click=_go, args=(at + 1,))
        given = [answered(slug) for slug in SLUGS]
        right = sum(answer == lesson.right for answer, lesson in zip(given, LESSONS.values(), strict=True))
        if any(answer is not None for answer in given):
            st.caption(f"{right} of {len(SLUGS)} right", width="content")


def _numbered(slug: str) -> str:
    return f"{SLUGS.index(slug) + 1} · {LESSONS[slug].title}"


def _choose() -> None:
    st.session_state[_OPEN] = st.session_state[_LIST]


def _go(index: int) -> None:
    st.session_state[_OPEN] = SLUGS[index]


def question(slug: str) -> None:
    """Draw story, question and answers; after an answer also the explanation."""
    lesson, key = LESSONS[slug], f"{_ANSWER}.{slug}"
    st.markdown(f"##### {lesson.title}\n\n{lesson.story}")
    if key not in st.session_state:
        st.session_state[key] = answered(slug)
    st.radio(
        lesson.question,
        range(len(lesson.answers)),
        format_func=lesson.answers.__getitem__,
        key=key,
        on_change=_keep,
        args=(slug,),
    )
    if (answer := answered(slug)) is None:
        st.caption("Choose, and the race runs.")
    else:
        _say(lesson, answer)


def _keep(slug: str) -> None:
    """Keep the answer under a second key: Streamlit forgets a widget's value while it is not on the page."""
    st.session_state[_answer_key(slug)] = st.session_state[f"{_ANSWER}.{slug}"]


def _say(lesson: Lesson, answer: int) -> None:
    verdict = "Right." if answer == lesson.right else f"Not quite: {_lower(lesson.answers[lesson.right])}."
    st.markdown(f"**{verdict}** {lesson.because}")


def _lower(text: str) -> str:
    return text if re.match(r"[A-Z]{2}", text) else text[0].lower() + text[1:]


def raced(slug: str) -> Settings:
    """The settings of the lesson's race, with the value of its slider if it has one."""
    lesson = LESSONS[slug]
    if lesson.slide is None or answered(slug) is None:
        return lesson.settings
    name = lesson.slide[0]
    return lesson.settings.replace(**{name: st.session_state.get(f"{_SLID}.{slug}", getattr(lesson.settings, name))})


def slide(slug: str) -> None:
    """Draw the slider of a lesson that has one. The race follows it."""
    lesson = LESSONS[slug]
    if lesson.slide is None:
        return
    name, low, high = lesson.slide
    field = number_fields(SGD)[name]

    def keep(value: float) -> None:
        st.session_state[f"{_SLID}.{slug}"] = rounded(value)

    live_slider(
        in_words(name),
        getattr(raced(slug), name),
        low=low,
        high=high,
        default=getattr(lesson.settings, name),
        step=(high - low) / 110,
        symbol=letter(field.symbol),
        help=field.help,
        on_change=keep,
        key="lesson_slider",
    )


def go_on(slug: str) -> None:
    """Draw the links to the page where the race can be changed, and to the next lesson."""
    settings, at = raced(slug), SLUGS.index(slug)
    with st.container(key="go-on", horizontal=True, vertical_alignment="center"):
        page = PAGES[settings.page]
        name = f"Try it yourself on {page.title}"
        st.page_link(page.file, label=name, query_params=to_query(settings), width="content")
        if at + 1 < len(SLUGS):
            following = f"Next: {LESSONS[SLUGS[at + 1]].title}"
            st.button(following, key="course.following", type="primary", on_click=_go, args=(at + 1,))
