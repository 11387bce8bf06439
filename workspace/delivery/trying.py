"""A message that says nothing, to see whether a channel works: sent at once, whoever waits for it."""

from uuid import uuid4

from nps.notes import Refused
from nps.wording import _
from workspace.access.actor import Actor
from workspace.access.permissions import Verb, needs
from workspace.delivery import channels, sending
from workspace.delivery.channels import CRM
from workspace.delivery.letters import Letter
from workspace.delivery.outbox import Row
from workspace.delivery.settings import Settings
from workspace.store import audit
from workspace.store.database import Workspace


@needs(Verb.ADMINISTER)
def send(actor: Actor, space: Workspace, settings: Settings, channel: str) -> None:
    """Send it. Raises InputError where it did not arrive, and for a CRM, which takes people and nothing else."""
    to = channels.find(actor, space, channel)
    if to.kind in CRM:
        raise Refused("channel.no_test")
    audit.tell(actor, space, "test channel", {"channel": to.id})
    text = _("If you can read this, messages arrive by the channel “{name}”.", name=to.name)
    letter = Letter(_("A test of NPS Lens"), text, about={"test": True})
    sending.letter(settings, to, Row(str(uuid4()), letter.plain(), 1))
