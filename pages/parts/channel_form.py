"""The form of a channel: where to, and the name of its secret, which stands elsewhere."""

import streamlit as st

from nps.wording import _
from pages.session import channels
from pages.session.channels import Channel

LONGEST_ADDRESS, LONGEST_SECRET = 300, 80


def kinds() -> dict[str, str]:
    """What a channel can be."""
    return {
        "mail": _("Mail"),
        "slack": _("Slack, Mattermost, Rocket.Chat"),
        "webhook": _("Webhook"),
        "hubspot": _("HubSpot"),
        "salesforce": _("Salesforce"),
    }


def of_secret(channel: Channel) -> str:
    """Where it goes to, where that is a secret."""
    return _("the secret “{name}”", name=channel.secret_ref)


def form(channel: Channel) -> None:
    """All of it; what a button keeps is what the widgets say."""
    key, called = f"channel_{channel.id}", kinds()
    with st.container(border=True, key="channel"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(_("This channel") if channel.id else _("A new channel"), anchor=False)
            st.space("stretch")
            how = {"key": "channel_close", "icon": ":material/close:", "type": "tertiary"}
            st.button(_("Close"), on_click=channels.look_at, args=(None,), **how)
        left, right = st.columns(2, gap="medium")
        with left:
            name = st.text_input(_("Name"), channel.name, max_chars=channels.LONGEST_NAME, key=f"{key}_name")
            place, how = [*called].index(channel.kind), {"format_func": called.get, "key": f"{key}_kind"}
            kind = st.selectbox(_("Kind"), [*called], place, disabled=bool(channel.id), **how)
        with right:
            made = _where(channel._replace(name=name or "", kind=kind), key)
        personal = kind in channels.CRM or st.checkbox(
            _("Its messages may name people"), channel.personal, key=f"{key}_personal"
        )
        _buttons(channel, made._replace(personal=personal))


def _where(channel: Channel, key: str) -> Channel:
    """Address and secret, as far as this kind has them."""
    address = secret = ""
    if channel.kind != "slack":
        label = _("Address") if channel.kind == "mail" else _("Address, https://…")
        hint = _("Leave it empty where all of the address is a secret.") if channel.kind == "webhook" else None
        how = {"max_chars": LONGEST_ADDRESS, "help": hint, "key": f"{key}_address_{channel.kind == 'mail'}"}
        address = st.text_input(label, channel.address, **how) or ""
    if channel.kind != "mail":
        how = {"max_chars": LONGEST_SECRET, "key": f"{key}_secret"}
        told = _("It stands in secrets.toml or in the environment of the server, and never here.")
        secret = st.text_input(_("Name of the secret"), channel.secret_ref, help=told, **how) or ""
    options = {}
    for name in channels.OPTIONS.get(channel.kind, ()):
        before = channel.options.get(name, "")
        if typed := st.text_input(_options()[name], before, max_chars=LONGEST_SECRET, key=f"{key}_{name}"):
            options[name] = typed
    return channel._replace(address=address.strip(), secret_ref=secret.strip(), options=options)


def _options() -> dict[str, str]:
    return {
        "prefix": _("What its paths begin with, where that is not usual"),
        "field": _("External ID field of Contact"),
        "version": _("Version of the API"),
    }


def _buttons(channel: Channel, made: Channel) -> None:
    with st.container(horizontal=True):
        if st.button(_("Keep"), type="primary", key="channel_keep"):  # what was typed at last counts, too
            channels.keep(made)
            st.rerun()
        if not channel.id:
            return
        if channel.kind not in channels.CRM:
            how = {"key": "channel_test", "icon": ":material/outgoing_mail:"}
            st.button(_("Send a test message"), on_click=channels.test, args=(channel,), **how)
        label = _("Turn off") if channel.active else _("Turn on")
        switched = channel._replace(active=not channel.active)
        st.button(label, key="channel_switch", on_click=channels.keep, args=(switched,))
        with st.popover(_("Delete"), type="tertiary"):
            st.text(_("What has not left by it is deleted, too."))
            st.button(_("Delete"), key="channel_delete", on_click=channels.remove, args=(channel,))
