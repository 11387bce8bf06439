"""Signing in with an account of the company: OpenID Connect, by its authorization code, with PKCE.

Streamlit's signed cookie of a request carries the state from the start to the way back, so that no other browser can
end what this one began.
"""

from functools import cache

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response

from web import settings
from web.entrance import asked, in_workspace, own_path, signed_in
from web.settings import Provider
from workspace.access import ways
from workspace.access.actor import Actor

SCOPE = {"scope": "openid email profile", "code_challenge_method": "S256"}
KNOWN = "/.well-known/openid-configuration"
FAILED = (AuthlibBaseError, JoseError, httpx.HTTPError, ValueError, KeyError)
WANTED = "nps_next"


async def signing_in_there(request: Request) -> Response:
    """Send somebody to the provider."""
    request.session[WANTED] = own_path(request.query_params.get("next", "")) or f"{settings.base()}/"
    back = str(request.url_for(coming_back.__name__))
    try:
        return await _client(settings.provider()).authorize_redirect(request, back)
    except FAILED:
        return asked(request, "login.failed", 502)


async def coming_back(request: Request) -> Response:
    """Let in whoever was invited, when the provider says who it is, to the browser that asked."""
    provider = settings.provider()
    try:
        claims = (await _client(provider).authorize_access_token(request))["userinfo"]
    except FAILED:
        return asked(request, "login.failed", 401)
    user = await in_workspace(lambda space: ways.by_account(Actor.SYSTEM, space, claims, provider.trusts_email))
    if user is None:
        return asked(request, "login.not_invited", 403)
    return await signed_in(request, user, request.session.pop(WANTED, f"{settings.base()}/"))


@cache
def _client(provider: Provider):
    known = {"client_id": provider.client, "client_secret": provider.secret, "client_kwargs": SCOPE}
    return OAuth().register("company", server_metadata_url=provider.issuer + KNOWN, **known)


ROUTES = [("/login/oidc", signing_in_there, ["GET"]), ("/login/oidc/callback", coming_back, ["GET"])]
