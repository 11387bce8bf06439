"""Who may come in, and as whom."""

SENTENCES = {
    "access.not_allowed": "Your role does not allow this; it takes that of {role}. Ask an administrator.",
    "password.differs": "These are two passwords. Type the same one twice.",
    "password.length": "A password has {least} to {most} characters.",
    "password.wrong": "The present password is not right.",
    "user.known": "{login} is invited already.",
    "user.last_administrator": "Nobody would be left who may administer. Make somebody else an administrator first.",
    "user.login": "An e-mail address or a login has no spaces and at most 254 characters.",
    "user.unknown": "Nobody called {login} was invited.",
}
