"""How anything leaves: by HTTP and by mail, to real servers on loopback, and into CRMs that speak as documented."""

import io
import json
import socket
import ssl
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from threading import Event

import openpyxl
import pandas as pd
import pytest
import receiving
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from conftest import free_port
from receiving import Mailbox, mailbox, receiver

from nps.notes import InputError, Refused, Unreachable
from workspace.delivery import http, layouts, mail, settings
from workspace.delivery.crm import Errand
from workspace.delivery.hubspot import HubSpot
from workspace.delivery.layouts import Wanted
from workspace.delivery.letters import LONGEST_TEXT, Letter, chat, escaped, posted
from workspace.delivery.salesforce import Salesforce
from workspace.delivery.settings import MailServer, Settings

DRIP = (b" " for _ in iter(partial(Event().wait, 0.05), True))
TOLD = {
    "/moved": {"status": 302, "head": {"Location": "/elsewhere"}},
    "/busy": {"status": 429, "head": {"Retry-After": "7"}},
    "/down": {"status": 503},
    "/gone": {"status": 410},
    "/who": {"status": 401},
    "/drip": {
        "head": {"Content-Length": "5000"},
        "body": b"{",
        "drip": (b" " for _ in iter(partial(Event().wait, 0.05), True)),
    },
    "/long": {"body": b'"' + b"x" * 200_000 + b'"'},
    "/plain": {"body": b"ok"},
}


@pytest.fixture(scope="module")
def web(tmp_path_factory):
    with receiver(tmp_path_factory.mktemp("web"), lambda _way, path, _head, _raw: TOLD.get(path, {})) as server:
        yield server


def refused(web, path="/fine", url=None, **more):
    with pytest.raises(InputError) as why:
        http.ask(
            web.settings(**more),
            "POST",
            web.base + path if url is None else url,
            {"text": "s3cret"},
            key="k1",
            token="t0ken",
        )
    assert "s3cret" not in str(why.value)
    assert "t0ken" not in str(why.value)
    return type(why.value), why.value.code, why.value.values


def test_what_arrives_has_its_key_its_token_and_the_host_that_was_meant(web):
    assert http.ask(web.settings(), "POST", f"{web.base}/fine?a=b", {"n": 1}, key="k1", token="t0ken") == {}
    way, path, head, raw = web.asked[-1]
    assert (way, path, json.loads(raw)) == ("POST", "/fine?a=b", {"n": 1})
    assert (head["Idempotency-Key"], head["Authorization"]) == ("k1", "Bearer t0ken")
    assert head["Host"] == f"localhost:{web.server_port}"


@pytest.mark.parametrize("path", ["/long", "/plain"])
def test_an_answer_that_is_no_json_or_too_long_is_none(web, path):
    assert http.ask(web.settings(), "POST", web.base + path, {}) == {}


def test_a_redirect_is_a_failure_and_nothing_goes_elsewhere(web):
    assert refused(web, "/moved") == (Refused, "delivery.moved", {"host": "localhost"})
    assert "/elsewhere" not in [path for _, path, _, _ in web.asked]


def test_what_may_do_later_is_told_from_what_will_not_and_when_is_obeyed(web):
    assert refused(web, "/busy") == (Unreachable, "delivery.busy", {"host": "localhost", "status": 429, "after": 7.0})
    assert refused(web, "/down")[0] is Unreachable
    assert refused(web, "/gone")[:2] == (Refused, "delivery.status")
    assert refused(web, "/who")[:2] == (Refused, "delivery.not_allowed")


def test_a_drip_ends_when_all_of_it_took_too_long(web, monkeypatch):
    monkeypatch.setattr(http, "ALL_SECONDS", 0.5)
    assert refused(web, "/drip")[:2] == (Unreachable, "delivery.too_slow")


def test_who_does_not_answer_or_has_another_name_is_not_talked_to(web, tmp_path):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        assert refused(web, url=f"https://localhost:{closed.getsockname()[1]}/")[1] == "delivery.no_answer"
    other = {"hosts": frozenset({"127.0.0.1"}), "inside": frozenset({"127.0.0.1"})}
    assert refused(web, url=f"https://127.0.0.1:{web.server_port}/", **other)[1] == "delivery.certificate"
    assert refused(web, certificates=None)[1] == "delivery.certificate"
    nowhere = {"url": "https://nowhere.invalid/", "hosts": frozenset({"nowhere.invalid"})}
    assert refused(web, **nowhere)[1] == "delivery.unknown_host"


@pytest.mark.parametrize(
    "url",
    [
        *("http://localhost/", "ftp://localhost/", "file:///etc/hostname", "localhost", "", "https://", "https:///x"),
        *("https://u:p@localhost/", "https://@localhost/", "https://localhost:0/", "https://localhost:99999/"),
        *("https://localhost/a b", "https://localhost/\r\nX: y", "https://localhost\\@evil.example/", "https://[::1/"),
    ],
)
def test_an_address_is_https_and_nothing_more(web, url):
    assert refused(web, url=url)[:2] == (Refused, "delivery.not_https")


def test_only_listed_hosts_and_inside_only_those_that_may_lie_there(web):
    assert refused(web, url="https://evil.example/")[:2] == (Refused, "delivery.not_listed")
    assert refused(web, inside=frozenset())[:2] == (Refused, "delivery.inside")
    for place in ("169.254.169.254", "10.0.0.1", "[::1]", "[::ffff:127.0.0.1]"):
        listed = frozenset({place.strip("[]")})
        assert refused(web, url=f"https://{place}/", hosts=listed, inside=frozenset())[1] == "delivery.inside"


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        *(
            (None, None),
            ("7", 7),
            (" 7 ", 7),
            ("999999999", 300),
            ("soon", None),
            ("-1", None),
            ("", None),
            ("٧", None),
        ),
        ("Wed, 21 Oct 2015 07:28:30 GMT", 30),
        ("Wed, 21 Oct 2015 07:27:00 GMT", 0),
        ("Wed, 21 Oct 2115 07:28:30 GMT", 300),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_at_most_five_minutes(said, seconds):
    assert http.retry_after(said, datetime(2015, 10, 21, 7, 28, tzinfo=UTC)) == seconds


def test_in_a_chat_nothing_that_somebody_wrote_is_a_command_or_calls_anybody():
    told = chat(Letter("<!channel> & @here", "<https://evil.example|click> una@customer.example", link="https://a.b/c"))
    assert told["text"].splitlines() == [
        "&lt;!channel&gt; &amp; @\u200bhere",
        "&lt;https://evil.example|click&gt; una@customer.example",
        "https://a.b/c",
    ]
    assert len(chat(Letter("<" * 5_000, link="https://a.b/c"))["text"]) <= LONGEST_TEXT


@pytest.mark.parametrize("most", range(5, 14))
def test_what_is_cut_off_is_not_cut_within_a_sign(most):
    assert escaped("<&>" * 9, most).rstrip("…").replace("&lt;", "").replace("&amp;", "").replace("&gt;", "") == ""


def test_a_general_webhook_gets_names_only_where_there_are_any():
    assert posted(Letter("3 new", about={"count": 3}), "k1") == {
        **{"key": "k1", "subject": "3 new", "text": "", "link": "", "count": 3}
    }
    assert posted(Letter("3 new", names=("Una",)), "k1")["people"] == ["Una"]


@pytest.fixture(scope="module")
def post():
    with mailbox() as (box, port):
        yield box, Settings(mail=MailServer("127.0.0.1", "NPS Lens <nps@lens.example>", port, "none"))


def test_mail_arrives_under_one_id_however_often_it_is_sent(post):
    box, to = post
    letter = Letter("3 new detractors", "Look at them.", link="https://lens.example/inbox", page="<p>hello</p>")
    assert mail.send(to, "ann@lens.example", letter, "k1") == mail.send(to, "ann@lens.example", letter, "k1")
    for got in box.got[-2:]:
        assert "Message-ID: <k1@lens.example>" in got
        assert "Subject: 3 new detractors" in got
        assert 'filename="3 new detractors.html"' in got


def test_no_line_of_a_name_becomes_a_header(post):
    box, to = post
    mail.send(to, "ann@lens.example", Letter("Spring\r\nBcc: evil@evil.example\r\n\r\n<script>", "x"), "k2")
    head, _, _ = box.got[-1].partition("\r\n\r\n")
    assert [line for line in head.splitlines() if line.lower().startswith("bcc")] == []
    assert "Spring Bcc: evil@evil.example" in head


def test_a_mailbox_that_is_none_is_told_from_one_that_may_take_it_later(post):
    _, to = post
    with pytest.raises(Refused, match="550"):
        mail.send(to, "nobody@lens.example", Letter("x"), "k3")
    with pytest.raises(Unreachable, match="451"):
        mail.send(to, "grey@lens.example", Letter("x"), "k3")
    with pytest.raises(Refused, match="No mail server"):
        mail.send(Settings(), "ann@lens.example", Letter("x"), "k3")
    with pytest.raises(Refused, match="encrypted"):
        mail.send(Settings(mail=to.mail._replace(security="starttls")), "ann@lens.example", Letter("x"), "k3")


@pytest.mark.filterwarnings("ignore:Session.login_data is deprecated")  # which the test server sets itself
def test_a_password_leaves_only_by_an_encrypted_connection_to_the_right_name(tmp_path):
    files = receiving.certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    seen = []

    def known(server, session, envelope, mechanism, data):
        seen.append((data.login, data.password))
        return AuthResult(success=data.password == b"hush", handled=False)

    box = Mailbox()
    running = Controller(
        box, hostname="127.0.0.1", port=free_port(), tls_context=context, require_starttls=True, authenticator=known,
        auth_required=True,
    )  # fmt: skip
    running.start()
    try:
        server = MailServer("localhost", "nps@lens.example", running.port, "starttls", "nps", "mail")
        right = Settings(mail=server, secrets={"mail": "hush"}, certificates=str(files[0]))
        mail.send(right, "ann@lens.example", Letter("hello"), "k4")
        assert (len(box.got), seen) == (1, [(b"nps", b"hush")])
        with pytest.raises(Refused, match="535"):
            mail.send(replace(right, secrets={"mail": "no"}), "ann@lens.example", Letter("x"), "k5")
        with pytest.raises(Unreachable, match="certificate"):
            mail.send(replace(right, certificates=None), "ann@lens.example", Letter("x"), "k5")
        assert {password for _, password in seen} == {b"hush", b"no"}
        assert len([1 for _, password in seen if password == b"hush"]) == 1
    finally:
        running.stop()


@pytest.mark.parametrize("to", ["", "ann", "a@b, c@d", "Ann <a@b.c>", "a@b\r\nBcc: c@d", "@b", "a@", "é@b.c"])
def test_a_recipient_is_one_address(to):
    with pytest.raises(Refused, match="one e-mail"):
        mail.recipient(to)


def errand(n, email=None, tries=0, **more):
    told = {"person": f"p{n}", "first": "P", "last": f"Nr {n}", "email": email or f"P{n}@customer.example"}
    told |= {"subject": "Ask what is missing", "due": "2026-12-01"} | more
    return Errand(f"{n:032x}"[::-1], told, tries)


def test_hubspot_makes_contacts_and_tasks_in_batches_and_tells_each_row_that_failed(tmp_path):
    hub = receiving.HubSpot()
    with receiver(tmp_path, hub) as server:
        there = HubSpot(server.settings(), server.base, "t0ken", {})
        done = there.hand_over([errand(1), errand(2, "bad@nowhere"), errand(3)])
        assert [done[errand(n).key] for n in (1, 3)] == ["7000", "7001"]
        assert str(done[errand(2).key]) == "It was refused there: Email address is invalid"
        assert hub.tasks["7000"] == (
            f"Ask what is missing [{errand(1).mark}]",
            hub.contacts["p1@customer.example"]["id"],
        )
        hub.busy = 1
        with pytest.raises(Unreachable) as later:
            there.hand_over([errand(4)])
        assert later.value.values["after"] == 7.0


@pytest.mark.parametrize("kind", [HubSpot, Salesforce])
def test_a_task_is_not_made_twice_by_a_second_try(tmp_path, kind):
    crm = getattr(receiving, kind.__name__)()
    with receiver(tmp_path, crm) as server:
        there = kind(server.settings(), server.base, "t0ken", {})
        first = there.hand_over([errand(n) for n in range(1, 8)])
        again = there.hand_over([errand(n, tries=1) for n in range(1, 9)])
        assert {key: again[key] for key in first} == first
        assert len(crm.tasks) == 8


def test_salesforce_shows_an_error_at_its_row_and_can_ask_for_a_token(tmp_path):
    force = receiving.Salesforce()
    with receiver(tmp_path, force) as server:
        there = Salesforce(server.settings(), server.base, "client:hush", {"field": "Their_Id__c"})
        done = there.hand_over([errand(1), errand(2, last=""), errand(3)])
        assert [done[errand(n).key] for n in (1, 3)] == ["00T000", "00T001"]
        assert "REQUIRED_FIELD_MISSING" in str(done[errand(2).key])
        assert force.tokens == 1
        with pytest.raises(Refused, match="status 400"):
            Salesforce(server.settings(), server.base, "client:wrong", {})
    with pytest.raises(Refused, match="settings"):
        Salesforce(Settings(), "https://localhost", "t0ken", {"version": "v64.0/../.."})


PEOPLE = pd.DataFrame(
    {
        "person": ["p1", "p2", "p3"],
        "name": ["Una van Een", "Duo", None],
        "email": ["una@customer.example", "dúo@customer.example", "tre@customer.example"],
        "account": ["Acme", None, "=Acme()"],
        "role": ["Buyer", None, None],
        "score": [3, 8, 10],
        "comment": ["slow", None, None],
        "why": ["Detractors"] * 3,
        "remote_id": ["003A", None, None],
    }
)


def test_each_layout_has_the_headers_that_its_tool_reads():
    heads = {name: [*layouts.laid_out(PEOPLE, Wanted(name), b"k")] for name in layouts.LAYOUTS if name != "list"}
    assert heads == {
        "hubspot": ["First name", "Last name", "Email", "Company name", "Job title", "Contact owner"],
        "salesforce": [
            *("First Name", "Last Name", "Email", "Account Name", "Title", "Contact Description", "Record Owner")
        ],
        "data_loader": ["FirstName", "LastName", "Email", "Title", "Description"],
        "data_loader_tasks": ["WhoId", "Subject", "ActivityDate", "Status", "Priority", "Description"],
        "mailchimp": ["Email Address", "First Name", "Last Name"],
        "intercom": ["user_id", "email", "name"],
    }


def test_a_last_name_is_always_there():
    made = layouts.laid_out(PEOPLE, Wanted("data_loader"), b"k")
    assert made[["FirstName", "LastName"]].values.tolist() == [
        *(["Una van", "Een"], ["", "Duo"], ["", "tre@customer.example"])
    ]


def test_what_a_tool_does_not_take_is_left_out_and_told():
    assert layouts.laid_out(PEOPLE, Wanted("mailchimp"), b"k")["Email Address"].tolist() == [
        *("una@customer.example", "tre@customer.example")
    ]
    assert [str(told) for told in layouts.to_know(PEOPLE, "mailchimp")] == [
        "1 address has signs before the @ that Mailchimp does not take: it is left out."
    ]
    assert "as soon as they are imported" in str(*layouts.to_know(PEOPLE, "intercom"))
    assert layouts.laid_out(PEOPLE, Wanted("data_loader_tasks"), b"k")["WhoId"].tolist() == ["003A"]
    assert layouts.to_know(PEOPLE, "hubspot") == []


def test_a_list_without_names_has_marks_and_nobody_in_it():
    made = layouts.laid_out(PEOPLE, Wanted(without_names=True), b"k")
    assert [*made] == ["person", "account", "role", "score", "why"]
    assert made["person"].str.fullmatch("[0-9a-f]{16}").all()
    told = layouts.content(made, Wanted()).decode()
    assert not any(word in told for word in ("Una", "una@", "Acme", "slow", "p1"))


@pytest.mark.parametrize("excel", [False, True])
def test_no_cell_of_a_file_is_a_formula(excel):
    wanted = Wanted("hubspot", ("Email", "Company name"), excel=excel)
    made = layouts.content(layouts.laid_out(PEOPLE, wanted, b"k"), wanted)
    if excel:
        sheet = openpyxl.load_workbook(io.BytesIO(made)).active
        assert [[cell.data_type for cell in row] for row in sheet["A2:B4"]] == [
            ["s", "s"],
            ["s", "inlineStr"],
            ["s", "s"],
        ]
        assert sheet["B4"].value == "'=Acme()"
    else:
        assert made.decode().splitlines()[-1] == '"tre@customer.example","\'=Acme()"'
        assert layouts.content(PEOPLE, Wanted(marked=True)).startswith(b"\xef\xbb\xbf")


def test_columns_are_chosen_and_one_at_least():
    assert [*layouts.laid_out(PEOPLE, Wanted("list", ("email", "person")), b"k")] == ["email", "person"]
    for wanted in (Wanted("list", ("nothing",)), Wanted("list", ("email",), without_names=True), Wanted("excel")):
        with pytest.raises(Refused):
            layouts.laid_out(PEOPLE, wanted, b"k")


def test_what_whoever_runs_the_server_wrote_is_read(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert settings.of_secrets() == Settings()
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit/secrets.toml").write_text(
        '[delivery]\nhosts = ["Hooks.example"]\ninside = ["chat.inside"]\naddress = "https://lens.example/"\n'
        '[delivery.secrets]\nslack = "hush"\n'
        '[delivery.mail]\nserver = "mail.example"\nsender = "nps@lens.example"\n'
    )
    known = settings.of_secrets()
    assert (known.hosts, known.inside) == ({"hooks.example", "chat.inside"}, {"chat.inside"})
    assert (known.address, known.mail.port, known.secret("slack")) == ("https://lens.example", 587, "hush")
    assert "hush" not in repr(known)
    monkeypatch.setenv("NPS_LENS_SECRET_SLACK", "of the environment")
    assert known.secret("slack") == "of the environment"
    with pytest.raises(Refused, match="no secret called"):
        known.secret("other")
    for wrong in ('hosts = "one"', "hosts = [1]", 'mail = "x"', 'mail = {server = "x"}'):
        (tmp_path / ".streamlit/secrets.toml").write_text(f"[delivery]\n{wrong}\n")
        with pytest.raises(InputError, match="cannot be read"):
            settings.of_secrets()
