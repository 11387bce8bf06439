"""How periods are written, as words without accents: months, weeks, quarters, years, days of the week."""

_MONTHS = (
    r"jan(?:uar|uary|uari|vier|v|eiro)?|janner|ene(?:ro)?|gen(?:naio)?|styczen",
    r"feb(?:ruar|ruary|ruari|rero|braio)?|fe[bv]r?|fevrier|fevereiro|luty",
    r"mar(?:ch|s|zo|co|t|zec)?|marz|maerz|mrz|maart|mrt",
    r"apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|kwiecien|nisan",
    r"may(?:o|[iı]s)?|mai|maio|maj|mei|mag(?:gio)?",
    r"jun[ei]?|juin|junio|junho|giu(?:gno)?|czerwiec|haziran",
    r"jul[yi]?|juil(?:let)?|julio|julho|lug(?:lio)?|lipiec|temmuz",
    r"aug(?:ust|usti|ustus)?|aout|ago(?:sto)?|sierpien|agustos",
    r"sep(?:t|tember|tembre|tiembre)?|set(?:embro|tembre|iembre)?|wrzesien|eylul",
    r"o[ck]t(?:ober|obre|ubre)?|out(?:ubro)?|ott(?:obre)?|pazdziernik|ekim",
    r"nov(?:ember|embre|iembre|embro)?|listopad|kas[iı]m",
    r"de[cz](?:ember|embre|embro)?|dic(?:iembre|embre)?|grudzien|aral[iı]k|ocak|subat",
)
MONTH = rf"(?:{'|'.join(_MONTHS)}|1?\d月)"
DAY_OF_WEEK = (
    r"(?:(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|mo|di|mi|do|fr|sa|so|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
    r"|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|lunes|martes|miercoles|jueves|viernes|sabado|domingo"
    r"|(?:segunda|terca|quarta|quinta|sexta)(?: feira)?|lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica"
    r"|(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:man|tis|ons|tors|fre|lor|son)dag"
    r"|poniedzia[lł]ek|wtorek|sroda|czwartek|piatek|sobota|niedziela"
    r"|pazartesi|sal[iı]|carsamba|persembe|cuma|cumartesi|pazar|[月火水木金土日]曜?日?)"
)
TIME_OF_DAY = (
    r"(?:am|pm|morning|noon|afternoon|evening|night|weekday|workday|weekend|spring|summer|autumn|winter"
    r"|morgens?|vormittags?|mittags?|nachmittags?|abends?|nachts?|werktag|wochenende|fruhling|fruhjahr|sommer|herbst"
    r"|matin|midi|apres midi|soir|nuit|printemps|ete|automne|hiver|manana|tarde|noche|manha|noite|fin de semana"
    r"|mattina|pomeriggio|sera|notte|ochtend|middag|avond|nacht)"
)
DAY_OR_CLOCK = r"(?:[0-3]?\d [0-5]\d)"  # 01.05. or 08:00
YEAR = r"(?:19|20)\d\d"
_SHORT = r"(?:[qt] ?[1-4]|h ?[12]|(?:w|kw|cw|sem|fy) ?\d\d?|m(?:0[1-9]|1[0-2]))"
_LONG = (
    r"(?:week|woche|kalenderwoche|semaine|semana|settimana|vecka|tydzien|hafta|month|monat|mois|mes|mese|maand|quarter"
    r"|quartal|trimestre|trimester|kwartaal|kwartal|half|halbjahr|semestre|period|periode|periodo|wave|welle|vague|ola"
    r"|onda|ondata|ronde|sprint|year|jahr|fy) ?\d{1,4}"
)
_PART = rf"(?:{MONTH}|{_SHORT}|{_LONG})"
NAMED = (  # 2026 01, 2026 W01, 2026M01, Jan 26, Q1 2026, FY26 Q1, Week 12
    rf"{YEAR} ?(?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2]) {YEAR}"
    rf"|(?:(?:fy ?)?(?:{YEAR}|\d\d) ?)?{_PART}(?: (?:{YEAR}|\d\d))?"
)
