"""What the server answers where no page does, and why uploads end."""

SENTENCES = {
    "request.other_name": "This server does not go by that name. Its administrator can add the name to "
    "server.allowedHosts.",
    "request.no_cookie": "This browser sent no cookie of NPS Lens. Allow cookies for this address, then open the page "
    "again.",
    "request.not_yours": "This belongs to another browser, or was asked for by another site. Open the page again.",
    "request.nothing_here": "There is nothing here.",
    "request.went_wrong": "Something went wrong. Reload the page; if it happens again, give your administrator the "
    "reference {reference}.",
    "upload.too_slow": "This upload is too slow, so it was ended. Try again on a better line.",
    "upload.too_large": "This file is larger than {most} MB, the most that one may have. Split it and bring its parts.",
    "upload.cut_off": "This upload was cut off. Bring the file again.",
    "upload.gone": "A file that is shown here is not on the server any more. Remove it, and bring it again.",
}
