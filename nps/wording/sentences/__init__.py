"""Code -> English sentence, or a pair of sentences for one and for `n` of them; a file per part of the river."""

from nps.wording.sentences import (
    access,
    analysis,
    columns,
    common,
    engines,
    exports,
    first,
    formulas,
    formulas_said,
    formulas_watched,
    intake,
    languages,
    names,
    pages,
    people,
    reasons,
    report,
    rows,
    sources,
    standing,
    texts,
    web,
    who,
    workspace,
)

PARTS = (
    *(common, texts, sources, engines, exports, columns, people, rows, report, intake),
    *(
        analysis,
        reasons,
        standing,
        who,
        first,
        formulas,
        formulas_said,
        formulas_watched,
        names,
        languages,
        access,
        workspace,
        pages,
        web,
    ),
)
SENTENCES: dict[str, str | tuple[str, str]] = {code: text for part in PARTS for code, text in part.SENTENCES.items()}
