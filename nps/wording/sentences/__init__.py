"""Code -> English sentence, or a pair of sentences for one and for `n` of them; a file per part of the river."""

from nps.wording.sentences import common, pages, web

PARTS = (common, pages, web)
SENTENCES: dict[str, str | tuple[str, str]] = {code: text for part in PARTS for code, text in part.SENTENCES.items()}
