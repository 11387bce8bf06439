"""A visitor without a browser: pages and uploads over HTTP, a session over Streamlit's protocol."""

import http.client
import re
import uuid
from contextlib import closing
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

PAGE = {"Accept": "text/html"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Visitor:
    """Somebody at this address, with cookies as a browser keeps them."""

    def __init__(self, address: str) -> None:
        self.address, self.cookies = address, SimpleCookie()

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Status, headers and body of a request that is sent exactly as written."""
        with closing(http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)) as connection:
            connection.request(method, path, body, self._with_cookies(headers))
            answer = connection.getresponse()
            content = answer.read()
        for kept in answer.headers.get_all("set-cookie") or ():
            self.cookies.load(kept)
        return answer.status, answer.headers, content

    def get(self, path: str, **headers: str) -> int:
        """The status of a GET."""
        return self.ask("GET", path, **headers)[0]

    def opens(self, path: str = "/") -> "Visitor":
        """Open a page as a browser does, which gives the cookies that all else asks for."""
        assert self.get(path, **PAGE) == 200
        self.get("/_stcore/health")
        return self

    def sends(self, path: str, **fields: str) -> tuple[int, str | None, str]:
        """Status, where to, and body of a form that is sent."""
        status, headers, body = self.ask("POST", path, urlencode(fields).encode(), **FORM)
        return status, headers.get("location"), body.decode()

    def signs_in(self, login: str, password: str) -> "Visitor":
        """Sign in by a password, and get the cookies that a browser then has."""
        assert self.sends("/login", login=login, password=password)[0] == 303
        self.get("/_stcore/health")
        return self

    def upload(self, session: str, content: bytes = b"person_id,score\np1,9\n", file: str | None = None) -> int:
        """The status of an upload for this session."""
        head = b'--b\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
        return self.ask("PUT", upload_path(session, file), head + content + b"\r\n--b--\r\n", **self.sending())[0]

    def sending(self) -> dict[str, str]:
        """What a browser says beside an upload."""
        token = self.cookies["_streamlit_xsrf"].value if "_streamlit_xsrf" in self.cookies else ""
        return {"Content-Type": "multipart/form-data; boundary=b", "X-Xsrftoken": token}

    def session(self, back_to: str | None = None, **headers: str) -> "Session":
        """A socket with a session on it, a new one or the one to come back to."""
        return Session(self.address, self._with_cookies(headers), back_to)

    def _with_cookies(self, headers: dict[str, str]) -> dict[str, str]:
        pairs = "; ".join(f"{name}={kept.value}" for name, kept in self.cookies.items())
        return {**({"Cookie": pairs} if pairs else {}), **headers}


class Session:
    """A session that has run once. `id` is Streamlit's, `deferred` the downloads that its page offers."""

    def __init__(self, address: str, headers: dict[str, str], back_to: str | None) -> None:
        protocols = ["streamlit", "x", *([back_to] if back_to else [])]
        where = address.replace("http", "ws", 1) + "/_stcore/stream"
        self.socket = connect(where, subprotocols=protocols, additional_headers=headers, max_size=None, legacy=True)
        self.id, self.pages, self.deferred, self.buttons, self.uploaders = "", {}, {}, {}, {}
        self.popovers: dict[str, str] = {}
        self.heard, self.widgets = [], {}
        self.runs()

    def runs(self, page: str = "", query: str = "", pressed: str = "") -> "Session":
        """Run a page, with a button of that label pressed; `heard` is what was shown."""
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_script_hash = self.pages.get(page, "")
        asked.rerun_script.widget_states.widgets.extend(self.widgets.values())
        if pressed:
            asked.rerun_script.widget_states.widgets.add(id=self.buttons[pressed], trigger_value=True)
        self.heard = []
        self.socket.send(asked.SerializeToString())
        while self._hear().WhichOneof("type") != "script_finished":
            pass
        return self

    def opens(self, popover: str, page: str = "") -> "Session":
        """Open what opens under this label, and run that page; `deferred` holds what is offered then."""
        self.widgets[popover] = WidgetState(id=self.popovers[popover], bool_value=True)
        self.deferred.clear()
        return self.runs(page)

    def chooses(self, label: str, option: str) -> "Session":
        """Choose an option of the box of that label, on the first page."""
        boxes = {told.delta.new_element.selectbox.label: told.delta.new_element.selectbox.id for told in self.heard}
        self.widgets[label] = WidgetState(id=boxes[label], string_value=option)
        return self.runs()

    def hears(self) -> list[str]:
        """The headings of a run that this visitor did not ask for."""
        self.heard = []
        while self._hear().WhichOneof("type") != "script_finished":
            pass
        elements = [told.delta.new_element for told in self.heard]
        return [each.heading.body for each in elements if each.HasField("heading")]

    def brings(self, uploader: str, *files: str) -> "Session":
        """Run the Data page with these uploaded files in the uploader of that label."""
        state = WidgetState(id=self.uploaders[uploader])
        for file in files:
            state.file_uploader_state_value.uploaded_file_info.add(file_id=file, name="f.csv", size=1)
        self.widgets[uploader] = state
        return self.runs("Data")

    @property
    def shown(self) -> list[str]:
        """The sentences and figures of the last run."""
        elements = [told.delta.new_element for told in self.heard]
        found = [getattr(element, kind) for element in elements for kind in ("text", "alert") if element.HasField(kind)]
        return [part.body for part in found]

    def download(self, label: str) -> str:
        """The address of a download that the page offers under a label like this one."""
        asked = BackMsg()
        asked.backend_operation_request.request_id = uuid.uuid4().hex
        asked.backend_operation_request.session_id = self.id
        asked.backend_operation_request.deferred_file.file_id = next(
            file for name, file in self.deferred.items() if re.search(label, name)
        )
        self.socket.send(asked.SerializeToString())
        while (told := self._hear()).WhichOneof("type") != "backend_operation_response":
            pass
        return told.backend_operation_response.deferred_file.url

    def closes(self) -> None:
        """Go away, as a laptop does that falls asleep."""
        self.socket.close()

    def _hear(self) -> ForwardMsg:
        told = ForwardMsg.FromString(self.socket.recv(60))
        self.heard.append(told)
        kind, element = told.WhichOneof("type"), told.delta.new_element
        if kind == "new_session":
            self.id = told.new_session.initialize.session_id or self.id
        elif kind == "navigation":
            self.pages = {page.page_name: page.page_script_hash for page in told.navigation.app_pages}
        elif element.HasField("download_button"):
            self.deferred[element.download_button.label] = element.download_button.deferred_file_id
        elif told.delta.add_block.popover.id:
            self.popovers[told.delta.add_block.popover.label] = told.delta.add_block.popover.id
        elif element.HasField("button"):
            self.buttons[element.button.label] = element.button.id
        elif element.HasField("file_uploader"):
            self.uploaders[element.file_uploader.label] = element.file_uploader.id
        return told


def upload_path(session: str, file: str | None = None) -> str:
    return f"/_stcore/upload_file/{session}/{file or uuid.uuid4()}"
