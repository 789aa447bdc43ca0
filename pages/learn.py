"""Learn: predict, then run."""

import streamlit as st

from experiment.pages import LEARN
from experiment.race.runs import race_view
from lessons import LESSONS
from player import feed, map_view, sentence_view, side_view
from player.payloads.landscape import landscape_payload
from player.payloads.race import packed_race
from ui.learn import course
from ui.page import open_page, warned

open_page(LEARN)
problems = course.read_link()


@st.fragment
def learn() -> None:
    slug = course.opened()
    lesson, ran = LESSONS[slug], course.answered(slug) is not None
    course.contents()
    warned(problems)
    with st.container(key="learn"):
        left, right = st.columns([560, 740])
        with left:
            with st.container(key="lesson"):
                course.question(slug)
                if ran:
                    course.slide(slug)
                    course.go_on(slug)
            if ran:
                with st.container(key="lesson-charts"):
                    side_view(lesson.charts)
        with right, st.container(key="map-column"):
            map_view(landscape_payload(lesson.settings.landscape))
            if ran:
                sentence_view()
        settings = course.raced(slug) if ran else lesson.settings.replace(steps=1, playhead=0)
        feed(packed_race(race_view(settings), query={"lesson": slug}, fixed=f"{slug} {ran}"))


with st.container(key="page"):
    learn()
