"""Channels: where messages go, what has not left yet, what gave up; administrators name them."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import nps
from nps.wording import _, several
from pages.parts import channel_form, show, tables
from pages.session import channels
from pages.session.channels import Channel


def view(above: DeltaGenerator) -> None:
    """The list, what gave up, and the channel that is open; the headline stands above."""
    known, standing = channels.listed(), channels.standing()
    with above:
        _headline(known, standing)
    _server()
    _given_up({each.id: each.name for each in known})
    if known:
        _table(known, standing)
    opened = channels.shown(known)
    if channels.may_change() and opened is not channels.NEW:
        new = {"key": "channel_new", "icon": ":material/add:", "on_click": channels.look_at, "args": ("",)}
        st.button(_("New channel"), **new)
    if channels.may_change() and opened is not None:
        channel_form.form(opened)


def _headline(known: list[Channel], standing: pd.DataFrame) -> None:
    waiting, stuck = (int(standing[name].sum()) for name in ("waiting", "gave_up"))
    about = _("Messages leave for hosts that whoever runs the server has listed, each under one key.")
    if not known:
        show.headline(_("Messages go nowhere yet"), about)
    elif stuck:
        show.headline(several("1 message did not arrive", "{n} messages did not arrive", n=stuck), about)
    elif waiting:
        show.headline(several("1 message is on its way", "{n} messages are on their way", n=waiting), about)
    else:
        show.headline(_("All messages have left"), about)


def _server() -> None:
    """What is missing for anything to leave."""
    allowed = channels.allowed()
    if isinstance(allowed, nps.InputError):
        show.problem(allowed.note)
    elif not allowed.hosts and allowed.mail is None:
        hint = _("No host and no mail server is listed yet: whoever runs the server does that in secrets.toml.")
        st.info(hint, icon=":material/info:")


def _given_up(names: dict[str, str]) -> None:
    """What is not tried any more, with a way to try it again."""
    for place, given in enumerate(channels.given_up()):
        told = {"n": len(given.ids), "name": names[given.channel], "why": str(given.why)}
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            show.text(several("⚠  1 message to {name}: {why}", "⚠  {n} messages to {name}: {why}", **told))
            st.space("stretch")
            how = {"args": (given,), "key": f"again_{place}", "icon": ":material/replay:"}
            st.button(_("Try again"), on_click=channels.again, **how)
            how = {"args": (given,), "key": f"take_back_{place}", "type": "tertiary"}
            st.button(_("Do not send"), on_click=channels.take_back, **how)


def _table(known: list[Channel], standing: pd.DataFrame) -> None:
    kinds = channel_form.kinds()
    counted = standing.reindex([each.id for each in known]).fillna(0).astype(int).reset_index(drop=True)
    rows = pd.DataFrame(
        {
            "name": [each.name for each in known],
            "kind": [kinds[each.kind] for each in known],
            "to": [each.address or channel_form.of_secret(each) for each in known],
            "personal": [each.personal for each in known],
            "active": [each.active for each in known],
        }
    )
    columns = {
        "name": _("Channel"),
        "kind": _("Kind"),
        "to": st.column_config.TextColumn(_("Where to"), width="medium"),
        "active": st.column_config.CheckboxColumn(_("On"), width="small"),
        "personal": st.column_config.CheckboxColumn(
            _("Names"), help=_("Whether its messages may name people"), width="small"
        ),
        "waiting": tables.figure(_("Waiting")),
        "sent": tables.figure(_("Sent")),
        "gave_up": tables.figure(_("Did not arrive")),
    }
    opens = {"opens": lambda place: channels.look_at(known[place].id)} if channels.may_change() else {}
    tables.table(rows.join(counted), columns, "channels", _("Channels"), **opens)
