"""The least that answers a brush: one fragment, one small chart, one line of text."""

import altair as alt
import pandas as pd
import streamlit as st


@st.fragment
def answer() -> None:
    """What was drawn."""
    brush = alt.selection_interval(name="brush", on="[mousedown, window:mouseup] > window:mousemove!")
    frame = pd.DataFrame({"x": range(20), "y": range(20)})
    chart = alt.Chart(frame, width=350, height=350).mark_point().encode(x="x:Q", y="y:Q").add_params(brush)
    st.text(str(st.altair_chart(chart, key="minimal", on_select="rerun")))


answer()
