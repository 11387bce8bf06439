"""Each thing of Streamlit's insides that this project leans on, by name: a new version that moves one fails here."""

import inspect
import logging
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import streamlit as st
from conftest import wait_until
from starlette.routing import Mount, Route, WebSocketRoute
from streamlit import config, net_util
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.session_manager import SessionInfo
from streamlit.runtime.state import SessionState
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile
from streamlit.testing.v1 import AppTest
from streamlit.web.server.starlette import starlette_app, starlette_websocket
from visitors import Visitor, upload_path

from web import headers, owners, uploads

OPEN_OR_ASKED = {
    *("/_stcore/health", "/_stcore/host-config", "/media/{file_id:path}", "/component/{path:path}"),
    *("/_stcore/upload_file/{session_id}/{file_id}", "/_stcore/bidi-components/{path:path}", "/_stcore/stream"),
}
CLOSED = {
    *("/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp"),
    *("/auth/login", "/auth/logout", "/oauth2callback"),
}
MB = 1024**2


@pytest.fixture(scope="module")
def routes() -> list:
    """What Streamlit serves, as it would for our app."""
    app = st.App(str(Path(__file__).parents[1] / "pages/dashboard.py"))
    made = starlette_app.create_streamlit_routes(app._create_runtime())
    Runtime._instance = None
    return made


def test_every_route_of_streamlit_is_known_to_the_guard(routes):
    paths = {route.path for route in routes if isinstance(route, (Route, WebSocketRoute))}
    assert paths == OPEN_OR_ASKED | CLOSED
    assert [route.path for route in routes if isinstance(route, Mount)] == [""]


def test_the_upload_route_takes_put_and_delete_where_ours_stands_in_front(routes):
    upload = [route for route in routes if "upload_file" in route.path]
    assert {method for route in upload for method in route.methods} == {"PUT", "DELETE", "OPTIONS"}
    assert uploads.ROUTE.fullmatch(upload_path("session"))
    assert (
        MemoryUploadedFileManager("/_stcore/upload_file")
        .get_upload_urls("s", ["f.csv"])[0]
        .upload_url.startswith("/_stcore/upload_file/s/")
    )


def test_the_socket_names_the_session_to_come_back_to_third(routes):
    assert [route.path for route in routes if isinstance(route, WebSocketRoute)] == ["/_stcore/stream"]
    asked = {"sec-websocket-protocol": "streamlit, token, session"}
    assert starlette_websocket._parse_subprotocols(asked) == ("streamlit", "token", "session")
    assert starlette_websocket.is_host_allowed("localhost:8501")
    assert not starlette_websocket.is_host_allowed("elsewhere.example")


def test_a_download_has_the_address_of_its_bytes_and_type():
    storage = MemoryMediaFileStorage("/media")
    first, second = (
        storage.get_url(storage.load_and_get_id(b"a", f"text/csv; session={mark}", "downloadable", "a.csv"))
        for mark in "xy"
    )
    assert first != second
    assert owners.MEDIA.fullmatch(first)


def test_a_message_says_where_its_session_and_its_files_are():
    told = ForwardMsg()
    told.new_session.initialize.session_id = "session"
    assert owners.session_opened(told) == "session"
    for name, of in {
        "page_config_changed.favicon": lambda told: told.page_config_changed,
        "logo.image": lambda told: told.logo,
        "backend_operation_response.deferred_file.url": lambda told: told.backend_operation_response.deferred_file,
        "delta.new_element.download_button.url": lambda told: told.delta.new_element.download_button,
        "delta.new_element.imgs.imgs.url": lambda told: told.delta.new_element.imgs.imgs.add(),
    }.items():
        told = ForwardMsg()
        setattr(of(told), name.rpartition(".")[2], "/media/0a")
        assert [*filter(None, owners.addresses(told))] == ["/media/0a"], name


def test_the_runtime_knows_closes_and_forgets_sessions():
    for name in ("is_active_session", "close_session", "uploaded_file_mgr"):
        assert hasattr(Runtime, name), name
    assert "_session_mgr" in inspect.getsource(Runtime.__init__)
    assert SessionInfo.__dataclass_fields__.keys() >= {"session"}
    state = SessionState()
    state.clear()
    state._new_widget_state.widget_metadata.clear()
    assert {"session_state", "request_rerun"} <= {*dir(AppSession)}
    assert "self.request_rerun(self._client_state)" in inspect.getsource(AppSession)
    assert config.get_option("server.disconnectedSessionTTL") == 120


def test_a_page_knows_its_session_and_a_test_of_pages_has_no_server():
    assert get_script_run_ctx(suppress_warning=True) is None
    seen = AppTest.from_function(_what_runs).run().session_state
    assert seen["session_id"]
    assert seen["kind"] != "Runtime"


def _what_runs():
    import streamlit as st
    from streamlit import runtime
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    st.session_state["session_id"] = get_script_run_ctx().session_id
    st.session_state["kind"] = type(runtime.get_instance()).__name__


def test_a_widget_shows_a_file_that_is_gone_as_deleted():
    assert uploads.is_lost(DeletedFile("f"))
    assert not uploads.is_lost(UploadedFile.__new__(UploadedFile))


def test_the_page_of_streamlit_has_inline_scripts_that_its_policy_names():
    assert headers.inline_scripts(headers.INDEX.read_text(encoding="utf-8"))


def test_charts_of_streamlit_have_no_menu_that_sends_them_elsewhere():
    """Vega's own would show the source, and open data and all in an editor on the internet."""
    (drawn,) = (headers.INDEX.parent / "static/js").glob("ArrowVegaLiteChart*.js")
    assert len(re.findall(r"\bactions:(!\w|\w+)", drawn.read_text(encoding="utf-8"))) == 1
    assert "defaultStyle:!1,actions:!1" in drawn.read_text(encoding="utf-8")


def test_streamlit_asks_for_its_address_and_logs_errors_where_we_stop_it():
    assert callable(net_util.get_external_ip)
    assert "net_util.get_external_ip" in inspect.getsource(st.web.server.server_util)
    assert '"Uncaught app execution"' in inspect.getsource(st.error_util)
    for name in ("streamlit.error_util", "streamlit.runtime.scriptrunner_utils.script_run_context"):
        assert name in logging.root.manager.loggerDict, name


def process_at(address: str) -> int:
    """The process that serves this address."""
    port = f"--server.port={urlsplit(address).port}".encode()
    return next(int(path.parent.name) for path in Path("/proc").glob("[0-9]*/cmdline") if port in path.read_bytes())


def memory(process: int) -> int:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_an_upload_of_20_mb_goes_to_disk_by_our_route_and_not_into_memory(server):
    own, process = Visitor(server).opens(), process_at(server)
    session = own.session().runs("Data")
    assert own.upload(session.id, b"a" * MB) == 204  # what is loaded by the first one, is
    before = memory(process)
    assert own.upload(session.id, b"person_id,score\n" + b"p1,9\n" * (4 * MB), "large") == 204
    there = Path(f"/proc/{process}/root") / _place(process)
    assert max(path.stat().st_size for path in there.glob("upload-*")) > 20 * MB
    assert memory(process) - before < 10 * MB
    session.closes()


def _place(process: int) -> str:
    """The folder of a running server, told by the lock that it holds."""
    held = [path.readlink() for path in Path(f"/proc/{process}/fd").iterdir() if path.is_symlink()]
    return str(next(lock for lock in held if lock.name.startswith("nps-lens-"))).removesuffix(".lock").lstrip("/")


def test_an_upload_that_goes_past_our_route_is_noticed(server):
    """The page takes what our route kept; without it the file is said to be gone."""
    own = Visitor(server).opens()
    session = own.session().runs("Data")
    session.brings("Responses", "never-uploaded")
    assert any("is not on the server any more" in sentence for sentence in session.shown), session.shown
    own.upload(session.id, file="there")
    session.brings("Responses", "there")
    assert not any("is not on the server any more" in sentence for sentence in session.shown)
    wait_until(lambda: "Use these files" in session.runs("Data").buttons, "the upload was read")
