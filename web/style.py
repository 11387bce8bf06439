"""What stands in Streamlit's HTML page of ours: its style, and what tells its width, so that nothing moves later."""

from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STYLE = f"<style>{Path(__file__).with_name('screen.css').read_text(encoding='utf-8')}</style>".encode()
# As in screen.js, for the first run: a script of a page knows no width before.
SCRIPT = (
    "for(const[f,s]of[[1880,'XL'],[1430,'L'],[1200,'ML'],[1000,'M'],[600,'S'],[0,'XS']])"
    "if(innerWidth>=f){document.cookie=`nps_lens_width=${s}; path=/; max-age=31536000; samesite=strict`;break}"
)
OURS = f"<script>{SCRIPT}</script>".encode() + STYLE
HEAD = b"</head>"  # before which it is put
HELD = ("etag", "last-modified")  # by which a browser would keep a page with an earlier style


class Styled:
    """ASGI middleware that puts OURS into every page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun: list[Message] = []
        body = bytearray()

        async def send_styled(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                begun.append(message)
            elif not begun:
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    page = bytes(body).replace(HEAD, OURS + HEAD, 1)
                    headers = MutableHeaders(scope=begun[0])
                    if scope["method"] == "GET":
                        headers["content-length"] = str(len(page))
                    for name in HELD:
                        del headers[name]
                    await send(begun.pop())
                    await send({"type": "http.response.body", "body": page})

        await self.app(_whole(scope), receive, send_styled)


def _is_page(message: Message) -> bool:
    return message["status"] == 200 and Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")


def _whole(scope: Scope) -> Scope:
    """The request without conditions, and without gzip: a page is always sent whole, and as it can be read here."""
    if "text/html" not in Headers(scope=scope).get("accept", ""):
        return scope
    left_out = (b"if-none-match", b"if-modified-since", b"accept-encoding")
    return {**scope, "headers": [header for header in scope["headers"] if header[0] not in left_out]}
