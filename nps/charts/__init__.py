"""Charts: frames in, Altair charts out. Pure functions that know nothing of pages."""
