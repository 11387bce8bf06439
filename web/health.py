"""Whether the first page would come quickly, for who starts servers and sends visitors to them."""

import threading

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

WARM = threading.Event()


async def health(_request: Request) -> JSONResponse:
    """200 once warm, 503 before."""
    ready = WARM.is_set()
    return JSONResponse({"status": "ok" if ready else "starting"}, 200 if ready else 503)


ROUTE = Route("/health", health)
