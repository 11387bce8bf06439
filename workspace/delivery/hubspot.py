"""HubSpot: contacts by e-mail, and a task for each, in batches.

Shapes are of developers.hubspot.com (objects/contacts/batch/upsert, objects/tasks/batch/create); no real account was
asked. The paths are dated there, so what they begin with is a setting.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from workspace.delivery import http
from workspace.delivery.crm import MOST_BYTES, Errand, Outcome, blank_left_out, in_two_steps, row_failed, rows
from workspace.delivery.settings import Settings

MOST = 100  # of one batch
MOST_FILTERS = 5  # groups of filters of one search
PREFIX = "/crm/v3/objects"
TASK_TO_CONTACT = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 204}
FIELDS = {"email": "email", "firstname": "first", "lastname": "last", "company": "company", "jobtitle": "title"}


class HubSpot:
    """One portal, asked with the token of a private app."""

    def __init__(self, settings: Settings, address: str, token: str, options: Mapping[str, str]) -> None:
        self.settings, self.token = settings, token
        self.base = address.rstrip("/") + options.get("prefix", PREFIX)

    def hand_over(self, errands: Sequence[Errand]) -> dict[str, Outcome]:
        """What came of each errand, by key. Raises InputError where nothing did."""
        return in_two_steps(errands, self._contacts, self._found, self._tasks)

    def _ask(self, path: str, body: object, key: str) -> Any:
        return http.ask(self.settings, "POST", f"{self.base}/{path}", body, key=key, token=self.token, most=MOST_BYTES)

    def _contacts(self, errands: Sequence[Errand]) -> dict[str, Outcome]:
        by_mail = {errand.told["email"].casefold(): errand for errand in errands}
        answer = self._ask("contacts/batch/upsert", {"inputs": [_contact(each) for each in by_mail.values()]}, "")
        made: dict[str, Outcome] = {}
        for failed in rows(answer, "errors"):
            context = failed.get("context")
            for ids in context.values() if isinstance(context, dict) else ():
                made |= {str(mail).casefold(): row_failed(failed.get("message", "")) for mail in ids}
        made |= {_mail(result): str(result["id"]) for result in rows(answer, "results") if "id" in result}
        return {each.key: made[mail] for each in errands if (mail := each.told["email"].casefold()) in made}

    def _found(self, errands: Sequence[Errand]) -> dict[str, str]:
        known: dict[str, str] = {}
        for first in range(0, len(errands), MOST_FILTERS):
            part = errands[first : first + MOST_FILTERS]
            asked = [[{"propertyName": "hs_task_subject", "operator": "CONTAINS_TOKEN", "value": e.mark}] for e in part]
            body = {"filterGroups": [{"filters": each} for each in asked], "properties": ["hs_task_subject"]}
            known |= _by_mark(part, rows(self._ask("tasks/search", body, ""), "results"))
        return known

    def _tasks(self, errands: Sequence[Errand], contacts: Mapping[str, str]) -> dict[str, Outcome]:
        inputs = [_task(errand, contacts[errand.key]) for errand in errands]
        answer = self._ask("tasks/batch/create", {"inputs": inputs}, errands[0].key)
        failed = [row_failed(each.get("message", "")) for each in rows(answer, "errors")]
        made: dict[str, Outcome] = dict(_by_mark(errands, rows(answer, "results")))
        lost = [errand.key for errand in errands if errand.key not in made]
        return made | (dict.fromkeys(lost, failed[0]) if failed else {})


def _contact(errand: Errand) -> dict[str, object]:
    known = blank_left_out({name: errand.told.get(field, "") for name, field in FIELDS.items()})
    return {"id": errand.told["email"], "idProperty": "email", "properties": known}


def _task(errand: Errand, contact: str) -> dict[str, object]:
    properties = {
        "hs_timestamp": f"{errand.told['due']}T09:00:00Z",
        "hs_task_subject": errand.subject,
        "hs_task_body": errand.told.get("text", ""),
        "hs_task_status": "NOT_STARTED",
        "hs_task_priority": "MEDIUM",
        "hs_task_type": "TODO",
    }
    return {"properties": properties, "associations": [{"to": {"id": contact}, "types": [TASK_TO_CONTACT]}]}


def _properties(result: Mapping[str, Any]) -> Mapping[str, Any]:
    found = result.get("properties")
    return found if isinstance(found, dict) else {}


def _mail(result: Mapping[str, Any]) -> str:
    return str(_properties(result).get("email", "")).casefold()


def _by_mark(errands: Sequence[Errand], results: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Which task is of which errand: batches need not keep their order."""
    subjects = [(str(_properties(each).get("hs_task_subject", "")), str(each.get("id", ""))) for each in results]
    return {e.key: made for e in errands for subject, made in subjects if made and f"[{e.mark}]" in subject}
