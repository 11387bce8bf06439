"""Mail by SMTP: a text, and a page beside it where there is one."""

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate, parseaddr

from nps.measures.spreadsheets import file_name
from nps.notes import InputError, Refused, Unreachable
from workspace.delivery.letters import Letter, line
from workspace.delivery.limit import limit
from workspace.delivery.settings import MailServer, Settings

SECONDS, ALL_SECONDS = 10.0, 25.0
READY = 220
LATER = range(400, 500)  # replies of a server that may take it another time


def recipient(text: str) -> str:
    """One address, as it stands in a header. Raises Refused for what is none."""
    _, address = parseaddr(text)
    local, _, domain = address.rpartition("@")
    if not (local and domain) or address != text.strip() or not (address.isascii() and address.isprintable()):
        raise Refused("delivery.recipient")
    return address


def written(server: MailServer, to: str, letter: Letter, key: str) -> EmailMessage:
    """The message: whatever is in a letter, its headers are ours."""
    mail = EmailMessage()
    mail["From"], mail["To"] = server.sender, recipient(to)
    mail["Subject"], mail["Date"] = line(letter.subject), formatdate()
    mail["Message-ID"] = f"<{key}@{server.sender.rpartition('@')[2].strip('> ') or 'nps-lens'}>"
    mail["Auto-Submitted"] = "auto-generated"  # so that nobody's absence answers
    mail.set_content(letter.body() + "\n")
    if letter.page:
        name = f"{file_name(line(letter.subject, 60))}.html"
        mail.add_attachment(letter.page.encode(), maintype="text", subtype="html", filename=name)
    return mail


def send(settings: Settings, to: str, letter: Letter, key: str) -> str:
    """Hand it over; its Message-ID, which is the same however often it is sent.

    Raises Unreachable for what may do another time, Refused for what will not.
    """
    server = settings.mail
    if server is None:
        raise Refused("delivery.no_mail")
    mail = written(server, to, letter, key)
    client = smtplib.SMTP_SSL if server.security == "tls" else smtplib.SMTP
    wire = client(timeout=SECONDS, **({"context": _trusted(settings)} if server.security == "tls" else {}))
    with limit(ALL_SECONDS, server.server, lambda: getattr(wire, "sock", None)):
        try:
            _handed_over(settings, server, wire, mail)
        except smtplib.SMTPRecipientsRefused as refused:
            (code, _said), *_ = refused.recipients.values()
            raise _judged(server, code) from None
        except smtplib.SMTPResponseException as answered:
            raise _judged(server, answered.smtp_code) from None
        except ssl.SSLCertVerificationError:
            raise Unreachable("delivery.certificate", host=server.server) from None
        except smtplib.SMTPNotSupportedError:  # of TLS, or of signing in
            raise Refused("delivery.no_tls", host=server.server) from None
        except (OSError, smtplib.SMTPException):
            raise Unreachable("delivery.no_answer", host=server.server) from None
        finally:
            wire.close()
    return str(mail["Message-ID"])


def _handed_over(settings: Settings, server: MailServer, wire: smtplib.SMTP, mail: EmailMessage) -> None:
    wire._host = server.server  # what TLS is checked against: `connect` alone does not say
    code, said = wire.connect(server.server, server.port)
    if code != READY:
        raise smtplib.SMTPConnectError(code, said)
    wire.ehlo()
    if server.security == "starttls":
        wire.starttls(context=_trusted(settings))
    if server.user:
        wire.login(server.user, settings.secret(server.password))
    wire.send_message(mail)
    with suppress(OSError, smtplib.SMTPException):  # it is theirs already
        wire.quit()


def _trusted(settings: Settings) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=settings.certificates)


def _judged(server: MailServer, code: int) -> InputError:
    if code in LATER:
        return Unreachable("delivery.again", host=server.server, status=code)
    return Refused("delivery.status", host=server.server, status=code)
