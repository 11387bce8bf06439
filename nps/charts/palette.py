"""Colours that read on white and on dark.

The three groups stay apart for red-, green- and blue-blind readers (OKLab distance of at least 0.14 under Machado's
2009 matrices) and keep a contrast of 3:1 on both backgrounds. Nothing but the groups wears their colours.
"""

DETRACTOR, PASSIVE, PROMOTER = "#ad4742", "#b68e1b", "#2599bd"
GROUPS = {"Detractor": DETRACTOR, "Passive": PASSIVE, "Promoter": PROMOTER}

ACCENT = "#6d71d6"  # what the reader selected, and any single series
INK = "currentColor"  # the text colour of the page around the chart, whatever its theme; fade it by opacity
