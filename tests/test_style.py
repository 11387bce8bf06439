"""Our style stands in the page itself, so that nothing moves once it has come."""

from visitors import PAGE, Visitor

from web import style


def test_every_page_has_our_style_and_is_sent_whole(server):
    visitor = Visitor(server)
    for path in ("/", "/map"):
        status, headers, body = visitor.ask("GET", path, **PAGE | {"If-None-Match": '"x"', "Accept-Encoding": "gzip"})
        assert status == 200
        assert body.count(style.OURS + style.HEAD) == 1
        assert int(headers["content-length"]) == len(body)
        assert "etag" not in headers


def test_nothing_but_pages_is_changed(server):
    assert style.STYLE not in Visitor(server).opens().ask("GET", "/_stcore/health")[2]
