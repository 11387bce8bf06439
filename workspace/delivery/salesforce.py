"""Salesforce: contacts by a field that its administrator made for ids, and a task for each, in batches.

Shapes are of the REST API's sObject Collections; no real organisation was asked. The field is an External ID of
Contact, as contacts are not told apart by e-mail there.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from nps.notes import Refused
from workspace.delivery import http
from workspace.delivery.crm import MOST_BYTES, Errand, Outcome, blank_left_out, in_two_steps, row_failed, rows
from workspace.delivery.settings import Settings

MOST = 200  # of one batch
MOST_LOOKED_FOR = 50  # in one query, which is an address
LOOKED_FOR = "SELECT Id, Subject FROM Task WHERE "
VERSION, FIELD = "v64.0", "NPS_Person_Id__c"
FIELDS = {"FirstName": "first", "LastName": "last", "Email": "email", "Title": "title"}


class Salesforce:
    """One organisation.

    secret  a token, or "client id:client secret" of a connected app, for which a token is asked each time
    """

    def __init__(self, settings: Settings, address: str, secret: str, options: Mapping[str, str]) -> None:
        self.settings, self.address = settings, address.rstrip("/")
        self.field = options.get("field", FIELD)
        version = options.get("version", VERSION)
        if not re.fullmatch(r"v\d{2,3}\.0", version) or not re.fullmatch(r"\w{1,40}__c", self.field):
            raise Refused("channel.options")
        self.base = f"{self.address}/services/data/{version}"
        self.token = self._token(secret) if ":" in secret else secret

    def hand_over(self, errands: Sequence[Errand]) -> dict[str, Outcome]:
        """What came of each errand, by key. Raises InputError where nothing did."""
        return in_two_steps(errands, self._contacts, self._found, self._tasks)

    def _token(self, secret: str) -> str:
        client, _, password = secret.partition(":")
        asked = {"grant_type": "client_credentials", "client_id": client, "client_secret": password}
        answer = http.ask(self.settings, "POST", f"{self.address}/services/oauth2/token", asked, form=True)
        token = answer.get("access_token") if isinstance(answer, dict) else None
        if not isinstance(token, str):
            raise Refused("delivery.not_understood")
        return token

    def _ask(self, method: str, path: str, body: object = None, key: str = "") -> Any:
        url = f"{self.base}/{path}"
        return http.ask(self.settings, method, url, body, key=key, token=self.token, most=MOST_BYTES)

    def _contacts(self, errands: Sequence[Errand]) -> dict[str, Outcome]:
        records = [_contact(errand, self.field) for errand in errands]
        path = f"composite/sobjects/Contact/{self.field}"
        return _in_order(errands, self._ask("PATCH", path, {"allOrNone": False, "records": records}))

    def _found(self, errands: Sequence[Errand]) -> dict[str, str]:
        known: dict[str, str] = {}
        for first in range(0, len(errands), MOST_LOOKED_FOR):
            part = errands[first : first + MOST_LOOKED_FOR]
            ends = " OR ".join(f"Subject LIKE '%[{errand.mark}]'" for errand in part)  # marks are hexadecimal
            answer = self._ask("GET", f"query?q={quote(LOOKED_FOR + ends)}")
            said = [(str(each.get("Subject", "")), str(each["Id"])) for each in rows(answer, "records") if "Id" in each]
            known |= {e.key: made for e in part for subject, made in said if f"[{e.mark}]" in subject}
        return known

    def _tasks(self, errands: Sequence[Errand], contacts: Mapping[str, str]) -> dict[str, Outcome]:
        records = [_task(errand, contacts[errand.key]) for errand in errands]
        body = {"allOrNone": False, "records": records}
        return _in_order(errands, self._ask("POST", "composite/sobjects", body, errands[0].key))


def _contact(errand: Errand, field: str) -> dict[str, object]:
    known = blank_left_out({name: errand.told.get(told, "") for name, told in FIELDS.items()})
    return {"attributes": {"type": "Contact"}, field: errand.told["person"], **known}


def _task(errand: Errand, contact: str) -> dict[str, object]:
    told = {"WhoId": contact, "Subject": errand.subject, "ActivityDate": errand.told["due"]}
    told |= {"Status": "Not Started", "Priority": "Normal", "Description": errand.told.get("text", "")}
    return {"attributes": {"type": "Task"}, **told}


def _in_order(errands: Sequence[Errand], answer: Any) -> dict[str, Outcome]:
    """Results come in the order of what was sent, one for each."""
    results = answer if isinstance(answer, list) else []
    if len(results) != len(errands):
        raise Refused("delivery.not_understood")
    return {errand.key: _outcome(result) for errand, result in zip(errands, results, strict=True)}


def _outcome(result: Any) -> Outcome:
    if not isinstance(result, dict):
        return Refused("delivery.not_understood")
    if result.get("success") is True and result.get("id"):
        return str(result["id"])
    why = [f"{each.get('statusCode', '')} {each.get('message', '')}" for each in rows(result, "errors")]
    return row_failed(" ".join(why) or "?")
