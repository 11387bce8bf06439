"""A page as one HTML file that needs nothing else: headline, figures, charts and tables, fit for print.

All that stands in it is text, and escaped, or a picture: no word of a customer becomes markup, and no script could run.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import pandas as pd

from nps.wording import _, language

MOST_ROWS = 200
STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #11131d; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .5rem; } h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; }
p { margin: .4rem 0; white-space: pre-wrap; } .basis { color: #4a4d5a; }
.figures { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1rem 0; padding: 0; list-style: none; }
.figures li { border: 1px solid #dcdfe9; border-radius: .4rem; padding: .6rem 1rem; min-width: 9rem; }
.figures strong { display: block; font-size: 1.7rem; font-weight: 500; } .figures span { color: #4a4d5a; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; margin: .8rem 0; font-size: .87rem; }
th, td { text-align: left; border-bottom: 1px solid #dcdfe9; padding: .3rem .6rem; } td.number { text-align: right; }
@media print { body { margin: 0; max-width: none; } figure, tr, .figures { break-inside: avoid; } }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


@dataclass(frozen=True)
class Heading:
    """A part of the page begins."""

    words: str


@dataclass(frozen=True)
class Words:
    """A sentence."""

    words: str


@dataclass(frozen=True)
class Figure:
    """A figure with its name, and what it is compared with."""

    label: str
    value: str
    beside: str = ""


@dataclass(frozen=True)
class Drawing:
    """A chart in Vega-Lite, its title, and a name for its file."""

    name: str
    title: str
    chart: dict


@dataclass(frozen=True)
class Listing:
    """A table: its title, a name for its file, and what its columns are called."""

    name: str
    title: str
    rows: pd.DataFrame
    columns: dict[str, str]

    def named(self) -> pd.DataFrame:
        """The columns that are shown, under their names."""
        shown = [name for name in self.columns if name in self.rows]
        return self.rows[shown].set_axis([self.columns[name] for name in shown], axis=1)


Block = Heading | Words | Figure | Drawing | Listing


def page(headline: str, basis: Sequence[str], blocks: Sequence[Block], pictures: Sequence[bytes], today: date) -> bytes:
    """The page as a file.

    basis     what is counted: the data, the filters
    pictures  SVG of each `Drawing` of the blocks, in their order
    """
    drawn = iter(pictures)
    parts = [_part(block, drawn) for block in _gathered(blocks)]
    made = escape(_("Made with NPS Lens on {day}", day=today))
    told = "".join(f'<p class="basis">{escape(line)}</p>' for line in basis)
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    head += f"<title>{escape(headline)}</title><style>{STYLE}</style>"
    body = f'<h1>{escape(headline)}</h1>{told}{"".join(parts)}<p class="basis">{made}</p>'
    return f'<!doctype html><html lang="{language()}"><head>{head}</head><body>{body}</body></html>'.encode()


def _gathered(blocks: Sequence[Block]) -> list[Block | list[Figure]]:
    """Figures that follow each other stand side by side."""
    gathered: list[Block | list[Figure]] = []
    for block in blocks:
        if isinstance(block, Figure) and gathered and isinstance(gathered[-1], list):
            gathered[-1].append(block)
        else:
            gathered.append([block] if isinstance(block, Figure) else block)
    return gathered


def _part(block: Block | list[Figure], pictures: Iterator[bytes]) -> str:
    match block:
        case list():
            return f'<ul class="figures">{"".join(map(_figure, block))}</ul>'
        case Heading():
            return f"<h2>{escape(block.words)}</h2>"
        case Words():
            return f"<p>{escape(block.words)}</p>"
        case Drawing():
            picture = b64encode(next(pictures)).decode()  # as an image, so that no two share names inside
            return f'<figure><img alt="{escape(block.title)}" src="data:image/svg+xml;base64,{picture}"></figure>'
        case _:
            return f"<h2>{escape(block.title)}</h2>{_table(block.named())}"


def _figure(figure: Figure) -> str:
    return f"<li>{escape(figure.label)}<strong>{escape(figure.value)}</strong><span>{escape(figure.beside)}</span></li>"


def _table(rows: pd.DataFrame) -> str:
    head = "".join(f"<th>{escape(str(name))}</th>" for name in rows.columns)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows.head(MOST_ROWS).itertuples(index=False))
    more = _("The first {shown} of {rows} rows.", shown=MOST_ROWS, rows=len(rows)) if len(rows) > MOST_ROWS else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{escape(more)}</p>"


def _cell(value: object) -> str:
    if pd.isna(value):
        return "<td>—</td>"
    if isinstance(value, float):
        return f'<td class="number">{value:,.3g}</td>' if abs(value) < 10 else f'<td class="number">{value:,.0f}</td>'
    if isinstance(value, (pd.Timestamp, date)):
        return f"<td>{value:%Y-%m-%d}</td>"
    number = isinstance(value, int) and not isinstance(value, bool)
    return f'<td class="number">{value:,}</td>' if number else f"<td>{escape(str(value))}</td>"
