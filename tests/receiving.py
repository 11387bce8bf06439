"""Servers on loopback that receive what is delivered, and speak as those of others are documented to."""

import json
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from aiosmtpd.controller import Controller
from conftest import free_port
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from workspace.delivery.settings import Settings

NOTHING = {"status": 200, "head": {}, "body": {}}


def certificate(folder: Path, name: str = "localhost") -> tuple[Path, Path]:
    """The files of a certificate of this name, its own authority, and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(called).issuer_name(called).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1))
    made = made.not_valid_after(now + timedelta(hours=9))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    usage = dict.fromkeys(("content_commitment", "data_encipherment", "key_agreement", "crl_sign"), False)
    usage |= {"digital_signature": True, "key_encipherment": True, "key_cert_sign": True}
    made = made.add_extension(x509.KeyUsage(**usage, encipher_only=False, decipher_only=False), critical=True)
    made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    known = folder / "certificate.pem", folder / "key.pem"
    known[0].write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    known[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    return known


class Receiver(ThreadingHTTPServer):
    """Answers by a function of method, path, head and body, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self, files: tuple[Path, Path], answer: Callable[..., dict]) -> None:
        self.answer, self.asked, self.certificate = answer, [], files[0]
        super().__init__(("127.0.0.1", 0), Asked)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*files)
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    @property
    def base(self) -> str:
        """What its addresses begin with."""
        return f"https://localhost:{self.server_port}"

    def settings(self, **more: object) -> Settings:
        """Which deliver here."""
        here = frozenset({"localhost"})
        return Settings(**{"hosts": here, "inside": here, "certificates": str(self.certificate)} | more)

    def handle_error(self, *_asked: object) -> None:
        """Whoever hangs up is no fault of its own."""


class Asked(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append((self.command, self.path, dict(self.headers), raw))
        told = NOTHING | self.server.answer(self.command, self.path, self.headers, raw)
        content = told["body"] if isinstance(told["body"], bytes) else json.dumps(told["body"]).encode()
        self.send_response(told["status"])
        for name, value in {"Content-Length": str(len(content)), **told["head"]}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        for part in told.get("drip", ()):
            try:
                self.wfile.write(part)
            except OSError:
                return

    do_GET = do_PATCH = do_POST

    def log_message(self, *_told: object) -> None:
        """Says nothing."""


@contextmanager
def receiver(folder: Path, answer: Callable[..., dict]) -> Iterator[Receiver]:
    """A running one."""
    server = Receiver(certificate(folder), answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class HubSpot:
    """Contacts by e-mail, tasks; a batch is at most 100; an address without a dot in its domain is refused."""

    def __init__(self) -> None:
        self.contacts, self.tasks, self.busy = {}, {}, 0

    def __call__(self, method: str, path: str, head: dict, raw: bytes) -> dict:
        if head.get("Authorization") != "Bearer t0ken":
            return {"status": 401, "body": {"category": "INVALID_AUTHENTICATION"}}
        if self.busy:
            self.busy -= 1
            return {"status": 429, "head": {"Retry-After": "7"}, "body": {"policyName": "TEN_SECONDLY_ROLLING"}}
        said = json.loads(raw)
        given = said.get("inputs", [])
        if method != "POST" or len(given) > 100:
            return {"status": 400}
        do = {"contacts/batch/upsert": self._upsert, "tasks/batch/create": self._create, "tasks/search": self._search}
        return next(do[end](said) for end in do if path == f"/crm/v3/objects/{end}")

    def _upsert(self, said: dict) -> dict:
        results, errors = [], []
        for row in said["inputs"]:
            assert {*row} == {"id", "idProperty", "properties"}
            assert row["idProperty"] == "email"
            if "." not in row["id"].rpartition("@")[2]:
                errors.append({"message": "Email address is invalid", "context": {"ids": [row["id"]]}})
                continue
            known = self.contacts.setdefault(row["id"].lower(), {"id": str(100 + len(self.contacts))})
            known["properties"] = row["properties"]
            results.append({"id": known["id"], "properties": {"email": row["id"].lower()}})
        return {"status": 207 if errors else 200, "body": {"results": results[::-1], "errors": errors}}

    def _create(self, said: dict) -> dict:
        results = []
        for row in said["inputs"]:
            assert {"hs_timestamp", "hs_task_subject", "hs_task_status", "hs_task_type"} <= {*row["properties"]}
            assert row["associations"][0]["types"][0]["associationTypeId"] == 204
            made = f"7{len(self.tasks):03}"
            self.tasks[made] = row["properties"]["hs_task_subject"], row["associations"][0]["to"]["id"]
            results.append({"id": made, "properties": {"hs_task_subject": row["properties"]["hs_task_subject"]}})
        return {"status": 201, "body": {"status": "COMPLETE", "results": results[::-1]}}

    def _search(self, said: dict) -> dict:
        assert len(said["filterGroups"]) <= 5
        wanted = [group["filters"][0]["value"] for group in said["filterGroups"]]
        found = [
            (made, subject) for made, (subject, _) in self.tasks.items() if any(mark in subject for mark in wanted)
        ]
        return {"body": {"results": [{"id": made, "properties": {"hs_task_subject": told}} for made, told in found]}}


class Salesforce:
    """Contacts by an External ID field, tasks; a batch is at most 200; a last name is required."""

    def __init__(self) -> None:
        self.contacts, self.tasks, self.tokens = {}, {}, 0

    def __call__(self, method: str, path: str, head: dict, raw: bytes) -> dict:
        if path == "/services/oauth2/token":
            asked = parse_qs(raw.decode())
            assert asked["grant_type"] == ["client_credentials"]
            self.tokens += 1
            good = asked["client_id"] == ["client"] and asked["client_secret"] == ["hush"]
            return {"body": {"access_token": "t0ken"}} if good else {"status": 400, "body": {"error": "invalid_client"}}
        if head.get("Authorization") != "Bearer t0ken":
            return {"status": 401, "body": [{"errorCode": "INVALID_SESSION_ID"}]}
        root = "/services/data/v64.0"
        if method == "GET" and path.startswith(f"{root}/query?q="):
            marks = re.findall(r"LIKE '%(\[[0-9a-f]{12}\])'", unquote(urlsplit(path).query))
            found = [(made, told) for made, told in self.tasks.items() if any(mark in told for mark in marks)]
            return {"body": {"records": [{"Id": made, "Subject": told} for made, told in found], "done": True}}
        records = json.loads(raw)["records"]
        if json.loads(raw)["allOrNone"] is not False or len(records) > 200:
            return {"status": 400}
        if method == "PATCH" and re.fullmatch(rf"{root}/composite/sobjects/Contact/\w+__c", path):
            return {"body": [self._contact(row, path.rpartition("/")[2]) for row in records]}
        assert (method, path) == ("POST", f"{root}/composite/sobjects")
        return {"body": [self._task(row) for row in records]}

    def _contact(self, row: dict, field: str) -> dict:
        assert row["attributes"] == {"type": "Contact"}
        if not row.get("LastName"):
            missing = {"statusCode": "REQUIRED_FIELD_MISSING", "message": "Required fields are missing: [LastName]"}
            return {"success": False, "errors": [missing]}
        made = self.contacts.setdefault(row[field], f"003{len(self.contacts):03}")
        return {"id": made, "success": True, "errors": []}

    def _task(self, row: dict) -> dict:
        assert {"WhoId", "Subject", "ActivityDate", "Status", "Priority"} <= {*row}
        made = f"00T{len(self.tasks):03}"
        self.tasks[made] = row["Subject"]
        return {"id": made, "success": True, "errors": []}


class Mailbox:
    """Keeps what it gets; refuses some, as servers do."""

    def __init__(self):
        self.got = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        if address.startswith("grey@"):
            return "451 come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):
        self.got.append(envelope.content.decode())
        return "250 OK"


@contextmanager
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    """A server that takes mail, and its port."""
    box = Mailbox()
    running = Controller(box, hostname="127.0.0.1", port=free_port())
    running.start()
    try:
        yield box, running.port
    finally:
        running.stop()
