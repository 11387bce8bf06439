"""The words of the sample data: what Slateboard consists of, who its customers are, and what they say about it."""

import pandas as pd


def _list(text: str) -> list[str]:
    return text.split()


# adoption: share of people with average activity who use it at all; slope: how much more active people adopt it;
# daily: chance that somebody who adopted it uses it on an active day; minutes: per use; role: whom it is made for.
FEATURES = pd.DataFrame(
    [
        ("Sticky notes", "feature", 0.72, 0.5, 0.18, 3, ""),
        ("Comments", "feature", 0.55, 0.5, 0.11, 2, ""),
        ("Templates", "feature", 0.52, -2.6, 0.60, 4, ""),
        ("AI summary", "feature", 0.47, -2.6, 0.60, 2, ""),
        ("Bulk export", "feature", 0.32, 1.6, 0.10, 4, ""),
        ("Issue sync", "feature", 0.30, 1.6, 0.11, 3, ""),
        ("Voting", "feature", 0.40, 0.4, 0.06, 2, ""),
        ("Timer", "feature", 0.32, 0.4, 0.06, 1, ""),
        ("Shapes", "feature", 0.46, 0.6, 0.09, 3, ""),
        ("Connectors", "feature", 0.34, 0.7, 0.08, 3, ""),
        ("Drawing pen", "feature", 0.30, 0.2, 0.07, 4, ""),
        ("Frames", "feature", 0.34, 0.7, 0.08, 2, ""),
        ("Image upload", "feature", 0.40, 0.3, 0.06, 2, ""),
        ("Mind map", "feature", 0.24, 0.3, 0.08, 6, ""),
        ("Kanban board", "feature", 0.26, 0.5, 0.11, 5, ""),
        ("Tables", "feature", 0.22, 0.4, 0.07, 4, ""),
        ("Presentation mode", "feature", 0.26, 0.5, 0.05, 9, ""),
        ("Video call", "feature", 0.20, 0.3, 0.07, 18, ""),
        ("Emoji reactions", "feature", 0.42, 0.3, 0.08, 1, ""),
        ("Private mode", "feature", 0.18, 0.4, 0.05, 5, ""),
        ("Board search", "feature", 0.38, 0.7, 0.08, 1, ""),
        ("Tags", "feature", 0.22, 0.6, 0.06, 1, ""),
        ("Share link", "feature", 0.48, 0.3, 0.08, 1, ""),
        ("Guest access", "feature", 0.20, 0.3, 0.04, 2, ""),
        ("Version history", "feature", 0.24, 0.7, 0.04, 3, ""),
        ("Chat alerts", "feature", 0.30, 0.4, 0.09, 1, ""),
        ("Keyboard shortcuts", "feature", 0.26, 1.0, 0.12, 1, ""),
        ("Facilitation mode", "feature", 0.60, 0.3, 0.11, 12, "Facilitator"),
        ("Diagram import", "feature", 0.03, 0.3, 0.02, 4, ""),
        ("Board home", "page", 0.90, 0.4, 0.17, 1, ""),
        ("Team space", "page", 0.50, 0.5, 0.08, 2, ""),
        ("Notifications page", "page", 0.40, 0.4, 0.07, 1, ""),
        ("Profile settings", "page", 0.35, 0.1, 0.03, 2, ""),
        ("Help centre", "page", 0.30, 0.0, 0.04, 4, ""),
        ("Integrations page", "page", 0.22, 0.5, 0.03, 2, ""),
        ("What's new page", "page", 0.30, 0.3, 0.04, 2, ""),
        ("Billing page", "page", 0.50, 0.1, 0.04, 3, "Admin"),
        ("Member list", "page", 0.75, 0.2, 0.09, 2, "Admin"),
        ("Admin console", "page", 0.70, 0.3, 0.09, 5, "Admin"),
        ("Trash page", "page", 0.05, 0.3, 0.03, 1, ""),
    ],
    columns=["feature", "kind", "adoption", "slope", "daily", "minutes", "role"],
).set_index("feature")

FIRST_NAMES = _list(
    "Aisha Alejandro Amara Amélie Andrei Anna Aroha Beatriz Bruno Camila Carlos Chen Chidi Chloé Claire Daniel David "
    "Diego Elena Elif Emeka Emma Erik Fatima Felix Femi Freya Gabriel Grace Hana Hannah Hiro Ines Ingrid Isla Ivan "
    "Jakub Jamal James Joana Jonas José Julia Kai Karim Katarina Kenji Laila Lars Léa Leo Lina Lucas Lucía Maja Marco "
    "Maria Mateo Maya Mei Mia Mikael Min-jun Nadia Naomi Nia Niamh Noah Nora Oliver Olga Omar Oscar Paula Petra Priya "
    "Rafael Rahul Renée Rosa Ruth Sam Sanjay Sara Seo-yeon Sofia Stefan Tariq Theo Thandi Tomás Uma Valentina Victor "
    "Wei Yara Yuki Zainab Zoë"
)
LAST_NAMES = _list(
    "Abara Adler Ahmed Almeida Andersson Arslan Baker Banerjee Bauer Bello Bianchi Björk Boateng Brandt Brooks Campos "
    "Castillo Chanda Clarke Costa Cruz Dahl Das Delgado Demir Diallo Dubois Eriksen Evans Farah Ferrari Fischer Flores "
    "Fontaine Fujita Garcia Ghosh Gomes Grant Gupta Haddad Hansen Harris Hassan Herrera Hoang Horvat Hughes Iyer "
    "Jansen Johansson Kaya Keller Khan Kim Kovač Kowalski Kumar Lambert Larsen Lee Lim Lindqvist Lopez Marino Martins "
    "Mbeki Mensah Meyer Moreau Morgan Müller Nakamura Ncube Nguyen Nilsen Novak Nowak Nuñez Okafor Oliveira Osei Park "
    "Patel Pereira Petrov Popescu Quinn Rahman Ramos Reddy Reyes Richter Rossi Sato Schmidt Sharma Silva Singh "
    "Söderberg Tan Taylor Torres Tran Turner Usman Vargas Vega Virtanen Walker Weber Wong Yamada Yilmaz Zhang Ziegler"
)
ACCOUNTS = _list(
    "Alderbrook Amberline Ashgrove Bellweather Birchfield Bluefern Brightmoor Cedarholt Clearwick Copperlane Dovetree "
    "Eastmere Elmstead Fairbourne Fernhollow Foxglade Goldhaven Greyfriar Hartwell Hazelridge Ivorygate Juniperstone "
    "Kestrelby Larkspur Lindenby Maplecross Mossbank Northlea Oakhurst Orchardly Pinecrest Quillmark Ravensby "
    "Rowanfield Silverbeck Stonewick Thistledown Underhill Valewood Westering Willowmere Yarrowby"
)
TRADES = _list(
    "Analytics Bank Consulting Design Energy Foods Games Health Insurance Labs Learning Logistics Media Mobility "
    "Partners Retail Robotics Software Studio Telecom Travel University"
)

SLOTS = {
    "group": [
        "my team",
        "our designers",
        "the whole squad",
        "our clients",
        "the remote half of the team",
        "our partners",
    ],
    "job": [
        "retrospective",
        "sprint planning",
        "workshop",
        "design review",
        "kick-off",
        "brainstorm",
        "roadmap session",
    ],
    "span": ["ten minutes", "half an hour", "an hour", "a whole morning", "two hours", "twenty minutes"],
    "people": ["12 people", "20 people", "thirty people", "eight of us", "45 people", "a whole department"],
    "often": ["every week", "most days", "twice a week", "every single sprint", "nearly every Monday"],
    "place": ["on my phone", "on a tablet", "offline", "on a slow connection", "with guests", "on very large boards"],
    "ask": ["easier to find", "less fiddly", "quicker", "available to guests", "part of our plan", "easier to undo"],
}

PRAISE_OF = {
    "Templates": [
        "With Templates I go from a blank page to a real discussion in {span}",
        "I only come by for a {job} now and then, and Templates got me started straight away",
        "Templates did half the work for our {job}",
        "Thanks to Templates I didn't need to learn anything before my first {job}",
    ],
    "AI summary": [
        "AI summary told me what I missed in the {job}, that saved me {span}",
        "I rarely have time to join, so AI summary is how I keep up with {group}",
        "AI summary got the decisions of our {job} right, I was impressed",
        "Love that I can send AI summary to people who skipped the {job}",
    ],
    "Facilitation mode": [
        "Facilitation mode changed how I run a {job}, finally everybody looks at the same spot",
        "Since Facilitation mode I can hold a {job} for {people} without losing anyone",
        "Big thank you for Facilitation mode, exactly what I had been asking for",
    ],
}
PRAISE = [
    "{feature} saved us {span} in the last {job}",
    "We can't imagine a {job} without {feature}",
    "I use {feature} {often} and it just works",
    "{feature} made it easy to bring {group} along",
    "Thanks to {feature} our {job} took {span} instead of a day",
    "Really like what you did with {feature}",
    "My favourite part: {feature}",
    "Got {people} working together with {feature} in our {job}",
    "Even {group} picked up {feature} without any help",
    "{feature} turned a dull {job} into something people look forward to",
]
PRAISE_GENERAL = [
    "Easy to pick up, {group} were drawing within {span}",
    "Support answered me in {span} and fixed it",
    "Quiet people speak up on a board, our {job} is better for it",
    "Does what we need and stays out of the way",
    "Fast, even with {people} on one board",
    "The best tool we have for a remote {job}",
    "Great",
    "Love it",
    "Works well for us",
    "Keep going!",
    "We use it {often} and never think about it",
    "Recommended it to {group} already",
    "Moved over from paper on a wall and never looked back",
    "I open it {often}, before my mail",
    "Fair price, helpful people, no nonsense",
    "New colleagues find their way without training",
    "A {job} across three time zones works at last",
]
WISH = [
    "Good overall, but I wish {feature} were {ask}",
    "Please make {feature} work {place}",
    "Would give a 10 if {feature} worked {place}",
    "Nice tool. {feature} could be {ask}",
    "It took me {span} to find {feature}",
    "I like it, {group} would use it more if {feature} were {ask}",
    "{feature} worked fine, though not {place}",
    "Could {feature} remember my settings? I set them up again {often}",
    "I miss a way to combine {feature} with our other tools",
]
WISH_GENERAL = [
    "Decent, though the price per seat is hard to explain to finance",
    "Solid, but not much different from what we had before",
    "It gets slow with {people} on one board",
    "Would like a proper dark mode",
    "Fine",
    "Good but room to improve",
    "OK for a {job}, less so for daily work",
    "I'd need better access rights before I bring in {group}",
    "It does the job for our {job}, nothing more",
    "Notifications reach me {often}, mostly about nothing",
    "Good for a {job} but {group} still prefer documents",
    "I would use it more if we had more seats",
]
ASIDE = [  # from promoters, after the praise
    "Just make {feature} work {place}",
    "If only {feature} were {ask}",
    "One wish: {feature} could be {ask}",
    "Only {feature} took me {span} to find",
]
ASIDE_GENERAL = ["Only the price is hard to explain to finance", "A dark mode would be nice", "Keep it simple, please"]
COMPLAINT_OF = {
    "Bulk export": [
        "Bulk export timed out again, I lost {span} before our {job}",
        "Bulk export dropped half of the images, I had to paste them by hand",
        "We depend on Bulk export for reports and it gave us blank pages {often}",
        "Got nothing but errors from Bulk export when I exported {often}",
        "Bulk export took {span} for one board. Not acceptable at this price",
    ],
    "Issue sync": [
        "Issue sync created duplicates in our tracker and it took {span} to clean up",
        "Issue sync broke {often}, nobody trusts the board any more",
        "After the {job} Issue sync overwrote our priorities",
        "I had to sign in to Issue sync again and again",
        "Half of our tickets never arrived because of Issue sync",
    ],
}
COMPLAINT = [
    "{feature} froze in the middle of our {job}",
    "{feature} never worked properly {place}",
    "I lost {span} because of {feature}",
    "{feature} confused {group}, we went back to slides",
    "Could not get {feature} to work for {people}",
    "{feature} changed in the last update and nobody told us",
    "We stopped using {feature}, too many errors",
    "After {span} with support {feature} still failed {place}",
]
COMPLAINT_GENERAL = [
    "Too expensive for what {group} get out of it",
    "Boards crawl as soon as {people} join",
    "Support took days to answer a simple question",
    "I only open it because {group} insist, I never know where anything is",
    "Hard to learn, I gave up after {span}",
    "Not for me",
    "Too slow",
    "Confusing",
    "Unusable {place}",
    "Signing in took {span}. Again.",
    "I hardly use it and still get an e-mail about it {often}",
    "My board was empty after the {job}, no idea where the work went",
    "Every update moves the buttons around",
    "We pay for seats that {group} never use",
    "It freezes {often}",
    "Our security team turned off half of it, what is left is not worth it",
]
UNLED = [  # facilitators, before the release
    "As a facilitator I have no way to bring {people} to the same spot on the board",
    "Running a {job} for {people} is herding cats, I can't lock anything",
    "People wander all over the board while I explain. There is no way to lead the {job}",
    "I need to steer a {job}: agenda, spotlight, locked areas. None of it is there",
    "Lost control of a {job} with {people} again, please give the facilitator some power",
]


def comment(rng, answer) -> str:
    """What somebody who gave `answer` (score, used, role, released) might write."""
    text = _thought(rng, answer)
    if rng.random() < 0.22:
        more = _aside(rng, answer) if answer.score > 8 else _thought(rng, answer)
        text = text if more in text else f"{text}{'' if text[-1] in '!.' else '.'} {more}"
    text = text[0].upper() + text[1:]
    style = rng.random()
    if style < 0.12:
        return text.lower()
    return text if style < 0.35 or text[-1] in "!." else text + "."


def _thought(rng, answer) -> str:
    """One thought that fits the score, about a feature the person used or about the product."""
    special, about, general = _tone(answer.score)
    known = [feature for feature in answer.used if feature in special]
    if answer.score < 8 and answer.role == "Facilitator" and not answer.released and rng.random() < 0.6:
        return _filled(rng, answer, UNLED, UNLED)
    if known and rng.random() < 0.5:
        chosen = special[pick(rng, known)]
        return _filled(rng, answer, chosen, chosen)
    return _filled(rng, answer, about, general)


def _tone(score: int) -> tuple[dict, list, list]:
    if score > 8:
        return PRAISE_OF, PRAISE, PRAISE_GENERAL
    if score > 6:
        return {}, WISH, WISH_GENERAL
    return COMPLAINT_OF, COMPLAINT, COMPLAINT_GENERAL


def _aside(rng, answer) -> str:
    return _filled(rng, answer, ASIDE, ASIDE_GENERAL)


def _filled(rng, answer, about: list[str], general: list[str]) -> str:
    """A sentence of `about` with one of the person's ordinary features, or of `general`, its slots filled."""
    planted = PRAISE_OF | COMPLAINT_OF
    features = [f for f in answer.used if FEATURES.at[f, "kind"] == "feature" and f not in planted]
    sentence = pick(rng, about if features and rng.random() < 0.55 else general)
    slots = {slot: pick(rng, options) for slot, options in SLOTS.items()}
    return sentence.format(feature=pick(rng, features) if features else "", **slots)


def pick(rng, options):
    """One of `options`, each as likely."""
    return options[int(rng.integers(len(options)))]
