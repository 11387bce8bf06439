"""Who may come in, and as whom."""

SENTENCES = {
    "access.not_allowed": "Your role does not allow this; it takes that of {role}. Ask an administrator.",
    "access.signed_out": "You are signed out.",
    "login.mode": "NPS_LENS_LOGIN is {mode}; it can be none, password, oidc or proxy.",
    "login.none_from_outside": "Somebody could come from outside, and nobody has to sign in: server.address or "
    "server.allowedHosts names more than this machine. Set NPS_LENS_LOGIN to password, oidc or proxy; docs/team.md "
    "tells how.",
    "login.setting": "NPS_LENS_LOGIN={mode} needs {name}.",
    "login.proxy_secret": "NPS_LENS_PROXY_SECRET needs 32 characters or more: `openssl rand -hex 32` makes some.",
    "login.issuer": "NPS_LENS_OIDC_ISSUER has to be an address with https, or one of this machine.",
    "login.no_package": "NPS_LENS_LOGIN=oidc needs more packages: pip install -r requirements-login.txt",
    "login.wrong": "This e-mail address and this password do not belong together.",
    "login.too_often": "Too many tries. Wait five minutes, then try again.",
    "login.not_invited": "Nobody has invited this account. Ask an administrator.",
    "login.failed": "Signing in did not work. Try again; if it happens again, ask your administrator.",
    "login.by_proxy": "Nobody is signed in here. Come by the address that your administrator gave you.",
    "password.differs": "These are two passwords. Type the same one twice.",
    "password.length": "A password has {least} to {most} characters.",
    "password.wrong": "The present password is not right.",
    "user.known": "This login is invited already.",
    "user.last_administrator": "Nobody would be left who may administer. Make somebody else an administrator first.",
    "user.login": "An e-mail address or a login has no spaces and at most 254 characters.",
    "user.unknown": "Nobody with this login was invited.",
}
