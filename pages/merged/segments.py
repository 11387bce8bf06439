"""For viewers: NPS by one segment."""

from pages.parts import merged
from pages.session import data

found = data.merged()
merged.by_segment(found)
merged.how(found)
