"""Team: who may come in, and who did what."""

from pages.parts import audit, users
from pages.session import keys

views = {"users": users.users, "audit": audit.audit}
views[keys.of_widget("team_view").get()]()
