"""The map: draw a region, see who is in it and what sets them apart, write to them."""

from pages.parts import counted, map_body
from pages.session import data

counted.needs_usage(data.chosen().panel)
map_body.body()
