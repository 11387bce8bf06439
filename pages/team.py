"""Team: who may come in, and who did what."""

from nps.wording import _
from pages.parts import audit, choose, users

views = {"users": _("People"), "audit": _("Audit")}
{"users": users.users, "audit": audit.audit}[
    choose.choice(_("View"), views, key="team_view", label_visibility="collapsed")
]()
