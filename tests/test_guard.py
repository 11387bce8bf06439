"""Which requests are of this server's own page, also where a proxy stands in front of it."""

import pytest
from conftest import finished
from starlette.datastructures import Headers
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg

from web.origins import foreign
from web.sockets import only_asked

CHOSEN = {
    "server.allowedHosts": ["nps.example.com", "127.0.0.1"],
    "server.corsAllowedOrigins": ["https://intranet.example.com:8443"],
    "browser.serverAddress": "nps.example.com",
}


@pytest.fixture
def behind_a_proxy(monkeypatch) -> None:
    """The settings that the README names."""
    monkeypatch.setattr(config, "get_option", CHOSEN.__getitem__)
    monkeypatch.setattr(config, "is_manually_set", CHOSEN.__contains__)


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("nps.example.com", None, None),
        ("nps.example.com", "https://nps.example.com", None),
        ("nps.example.com:443", "https://nps.example.com", None),
        ("NPS.example.com", "https://nps.EXAMPLE.com", None),
        ("127.0.0.1:8501", "https://nps.example.com", None),  # the proxy did not pass the host on
        ("nps.example.com", "https://intranet.example.com:8443", None),
        ("nps.example.com", "https://intranet.example.com", 403),
        ("nps.example.com", "https://nps.example.com:9999", 403),
        ("nps.example.com", "https://nps.example.com@elsewhere.example", 403),
        ("nps.example.com", "https://[::1", 403),
        ("nps.example.com", "https://nps.example.com:NaN", 403),
        ("nps.example.com", "", 403),
        ("elsewhere.example", "https://nps.example.com", 400),
        ("", None, 400),
        (None, None, 400),
    ],
)
def test_a_request_is_of_this_server_when_host_and_origin_with_its_port_are(behind_a_proxy, host, origin, status):
    sent = {"host": host, "origin": origin}
    assert foreign(Headers({name: value for name, value in sent.items() if value is not None})) == status


@pytest.mark.parametrize("unasked", ["clear_cache", "load_git_info", "set_run_on_save", "debug_shutdown_runtime"])
def test_what_our_page_never_asks_for_is_not_heard(unasked):
    asked = BackMsg(app_heartbeat=True).SerializeToString()
    frames = iter([BackMsg(**{unasked: True}).SerializeToString(), asked, b"\xff", None])

    async def receive():
        return {"bytes": next(frames)}

    hear = only_asked(receive)
    assert [finished(hear())["bytes"] for _ in "123"] == [asked, b"\xff", None]
