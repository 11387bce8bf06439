"""Code -> English sentence, or a pair of sentences for one and for `n` of them; a file per part of the river."""

SENTENCES: dict[str, str | tuple[str, str]] = {}
