"""Code -> English sentence, or a pair of sentences for one and for `n` of them; a file per part of the river."""

from nps.wording.sentences import (
    analysis,
    common,
    engines,
    exports,
    formulas,
    names,
    pages,
    sources,
    texts,
    web,
    workspace,
)

PARTS = (analysis, common, engines, exports, formulas, names, pages, sources, texts, web, workspace)
SENTENCES: dict[str, str | tuple[str, str]] = {code: text for part in PARTS for code, text in part.SENTENCES.items()}
