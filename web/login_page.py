"""The page to sign in: HTML without a script, in the look of the product, dark where the browser is."""

import base64
from functools import cache
from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse

from nps.notes import Note
from nps.wording import language

ICON = Path(__file__).parents[1] / "pages" / "icon.png"
STYLE = Path(__file__).with_name("login.css").read_text(encoding="utf-8")
HEADERS = {"Cache-Control": "no-store"}


def page(heading: str, *parts: str, told: Note | None = None, status: int = 200) -> HTMLResponse:
    """A page of these parts, which are HTML; what there is to tell stands above them, and is read out."""
    alert = f'<p role="alert">{escape(str(told))}</p>' if told else ""
    body = f"""<!doctype html>
<html lang="{escape(language(), quote=True)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>{escape(heading)} · NPS Lens</title><link rel="icon" href="{_icon()}"><style>{STYLE}</style></head>
<body><main><p class="product"><img src="{_icon()}" alt="" width="28" height="28">NPS Lens</p>
<h1>{escape(heading)}</h1>{alert}{"".join(parts)}</main></body></html>"""
    return HTMLResponse(body, status, HEADERS)


def form(to: str, button: str, *fields: str, quiet: bool = False) -> str:
    """A form that is sent to an address of this server."""
    kind = ' class="quiet"' if quiet else ""
    return f'<form method="post" action="{escape(to)}">{"".join(fields)}<button{kind}>{escape(button)}</button></form>'


def field(name: str, label: str, kind: str, autocomplete: str, value: str = "", *, first: bool = False) -> str:
    """A field of a form, with its label."""
    told = {"name": name, "id": name, "type": kind, "autocomplete": autocomplete, "value": value}
    attributes = " ".join(f'{key}="{escape(said, quote=True)}"' for key, said in told.items() if said)
    focus = " autofocus" * first
    return f'<label for="{name}">{escape(label)}</label><input {attributes} maxlength="1000" required{focus}>'


def link(to: str, label: str) -> str:
    """A link that looks like a button."""
    return f'<a class="button" href="{escape(to)}">{escape(label)}</a>'


def words(told: str) -> str:
    """A sentence."""
    return f"<p>{escape(told)}</p>"


@cache
def _icon() -> str:
    return f"data:image/png;base64,{base64.b64encode(ICON.read_bytes()).decode()}"
