"""Headers that hold a field's word and mean something else; spelled as `phrases` says."""

from nps.fields.headers.phrases import within

IDS = r"^(?:id|ids|codigo|codice) |(?:^| )(?:ids?|uuid|guid|key|hash|kennung|identifiant|identificador|identificativo)$"
COUNTED = within(
    r"tickets?|cases?|counts?|number|num|quantity|qty|open|opened|closed|days?|weeks?|months?|years?|hours?|minutes?"
    r"|age|seats?|users?|licen[cs]es?|log ?ins?|sessions?|visits?|clicks?|orders?|purchases?|bugs?|issues?|errors?"
    r"|incidents?|complaints?|projects?|devices?|employees?|children|calls?|chats?|messages?|emails?|level|rank"
    r"|position|row|index|step|version|attempts?|since|last \d+|\d+ ?(?:d|h)",
    r"anzahl|tage|wochen|monate|jahre|stunden|alter|vorgange|anfragen|bestellungen|besuche|sitzungen|stufe|zeile"
    r"|anmeldungen|beschwerden|fehler|mitarbeiter|\w*anzahl|offene",
    r"nombre d\w*|jours|semaines|mois|heures|ans|niveau|ligne|demandes?|commandes|visites?|reclamations|ouverts?|nb",
    r"cantidad|dias|semanas|meses|horas|anos|edad|nivel|fila|solicitudes|pedidos|visitas|sesiones|quejas|abiertos?"
    r"|incidencias|casos",
    r"quantidade|qtd|idade|linha|chamados|sessoes|acessos|reclamacoes|abertos?",
    r"quantita|giorni|settimane|mesi|ore|anni|eta|livello|riga|richieste|ordini|visite|sessioni|reclami|aperti",
    r"aantal|dagen|weken|maanden|uren|jaren|leeftijd|rij|verzoeken|bestellingen|bezoeken|klachten",
)
OTHER_MEASURES = within(
    r"csat|ces|satisf\w*|effort|ease|easy|health|lead|credit|risk|churn|sentiment|quality|usability|sus|fit"
    r"|engagement|priority|urgency|severity|delivery|price|agent|service level|stars?|interest|importance",
    r"\w*zufrieden\w*|aufwand|\w*qualitat|prioritat|risiko|bonitat|wichtigkeit|einfach\w*",
    r"effort|qualite|priorite|risque|facilite|facile",
    r"esfuerzo|calidad|prioridad|riesgo|facilidad|facil",
    r"esforco|qualidade|prioridade|risco|facilidade",
    r"soddisf\w*|sforzo|qualita|priorita|rischio|facilita",
    r"tevreden\w*|moeite|kwaliteit|prioriteit|gemak",
)
SURE = (
    r"\b\w?nps\b|net promoter|recomm[ae]nd|empfehl|empfiehl|recomend|recomiend|raccomand|consigl|aanbevee?l|aanrad"
    r"|aan te bevelen|indicaria"
)
_SENT = within(
    r"sent|counts?|invitations?|invites?|reminders?|click(?:s|ed)?|open(?:s|ed)|attempts?|calls?|tickets?|e ?mails?"
    r"|surveys|responses|requests?|accepted|dismissed|skipped|version",
    r"\w*gesendet|versendet|einladungen|erinnerungen|klicks|anfragen|umfragen|antworten",
    r"envoye\w*|relances|clics|enquetes|reponses",
    r"enviad[ao]s|invitaciones|recordatorios|encuestas|respuestas",
    r"convites|lembretes|cliques|pesquisas|respostas",
    r"inviat[ei]|inviti|promemoria|sondaggi|risposte",
    r"verzonden|uitnodigingen|herinneringen|antwoorden",
)
_SPAN = r"(?: (?:(?:in )?last )?\d+ ?(?:d|days?|w|weeks?|m|months?)?)?"
COUNTED_NPS = (  # of a few words: a question has more
    rf"^(?:\w+ ){{0,4}}(?:{_SENT}){_SPAN}$"
    r"|^(?!.*\b10$)(?:num|nb|number|count|anzahl|zahl|cantidad|numero|nombre|qtd|quantidade|quantita|aantal|days?|tage"
    r"|jours|dias|giorni|dagen)(?: \w+){1,4}$"
    r"|^(?:\w+ )?\w?nps (?:month|quarter|year|wave|week|day|date|monat|quartal|jahr|welle|mois|trimestre|annee|vague"
    r"|mes|ano|ola|onda|mese|anno|maand|kwartaal|jaar)$"
    rf"|^(?:\w+ ){{0,2}}(?:recommendations|empfehlungen|recommandations|recomendaciones|recomendacoes|raccomandazioni"
    rf"|aanbevelingen){_SPAN}$|\bnps (?:in )?last \d+ ?d|^recommended (?:products?|items?|features?|plans?)\b"
)
ABOUT_COMMENTS = (  # of a few words: a question has more
    r"^(?:has|is|n|num|hat) (?:\w+ ?){1,2}$"
    r"|^\w+ (?:\w+ )?(?:channel|kanal|canal|date|datum|fecha|code|type|typ|tipo|status|language|sprache|langue|idioma"
    r"|lingua|taal|length|count|anzahl|sentiment|stimmung|category|categorie|kategorie|categoria|url|link|author|autor"
    r"|by|source|quelle|question|frage)$"
)
NEVER = {
    "score": ((0, IDS), (0, COUNTED_NPS), (3, rf"^(?!.*(?:{SURE})).*(?:{COUNTED}|{OTHER_MEASURES})")),
    "comment": ((0, IDS), (1, ABOUT_COMMENTS)),
    "minutes": ((0, IDS),),
    "uses": ((0, rf"{IDS}|\b(?:account|customer|user) "),),
    "responded_at": ((3, IDS),),
    "at": ((1, rf"{IDS}|\bday of\b"),),
}
VERSION = within(r"version|release|build", r"\w+version", r"versao", r"versione", r"versie")
_NAMING = (
    r"(?:first|last|full|given|family|middle|nick|sur|user|display|contact|device|host|computer|company|sales) ?names?"
    r"|(?:vor|nach|familien|kunden|benutzer|nutzer|firmen|gerate)namen?|prenom|nom de famille|apellidos?|sobrenome"
    r"|cognome|achternaam|voornaam|gebruikersnaam|e ?mails?|mail|correo|courriel|phone|mobile number|fax|\w*telefon\w*"
    r"|handy|telephone|telefon[eo]|telefoon|street|address|zip|postal code|postcode|anschrift|strasse|plz|adresse"
    r"|code postal|direccion|codigo postal|endereco|indirizzo|adres|straat|birth\w*|\w*geburts?\w*|naissance|nacimiento"
    r"|nascimento|nascita|geboorte\w*|age|alter|edad|idade|eta|leeftijd|gender|sex|geschlecht|sexe|sexo|genere|geslacht"
    r"|ip|url|referr?er|token|session|sitzung|sesion|sessao|sessione|sessie|cookie|password|notes?|comments?|messages?"
    r"|search\w*|query|queries|\w*notiz|kommentar|nachricht|suchbegriff|commentaires?|requete|comentarios?|commento"
    r"|opmerking"
)
_SOMEBODY = (
    r"users?|customers?|clients?|contacts?|visitors?|employees?|members?|persons?|people|managers?|agents?|reps?"
    r"|assignee|author|owner|creator|by|login|handle|alias|initials|nutzer|benutzer|anwender|kunden?|kontakt|mitarbeiter"
    r"|utilisateur|employe|usuario|clientes?|empleado|funcionario|utente|gebruiker|klant"
    r"|medewerker|von|par|por|da|door"
)
PERSONAL = rf"\b(?:{_NAMING})\b|\b(?:{_SOMEBODY})$|^(?:names?|nom|nombre|nome|naam)$"
MONEY = within(
    r"cost|costs|price|amount|fee|revenue|spend|salary|budget|mrr|arr|acv|ltv|value|paid|billing|invoice",
    r"\w*kosten|\w*preis|\w*betrag|\w*umsatz|gebuhr|gehalt",
    r"cout|prix|montant|tarif|chiffre|frais",
    r"costo|coste|precio|importe|monto|tarifa|ingresos?",
    r"custo|preco|valor|receita|faturamento|taxa",
    r"prezzo|importo|fatturato|spesa",
    r"prijs|bedrag|omzet",
)
_CALENDAR = (
    r"month|week|weekday|day|days|day of week|quarter|year|hour|hours|date|time|minutes?|mins?|seconds?"
    r"|monat|woche|wochentag|tag|tage|quartal|jahr|stunden?|\w*datum|uhrzeit|minuten|sekunden"
    r"|mois|semaine|jour|jours|trimestre|annee|heures?|jour de la semaine"
    r"|mes|semana|dia|dias|dia de la semana|ano|hora|horas|minutos|dia da semana"
    r"|mese|settimana|giorno|giorni|anno|ora|ore|minuti|maand|dag|dagen|kwartaal|jaar|uren"
)
_FACTS = (
    r"session|session token|visit|sitzung|sesion|sessao|sessione|sessie|device|device type|browser|os|platform"
    r"|operating system"
    r"|user agent|gerat|appareil|dispositivo|apparaat|plattform|plateforme|plataforma|piattaforma|app version|version"
    r"|plan|tier|subscription|tarif|forfait|plano|piano|abo|abonnement|tenure|seniority|anciennete|antiguedad|antiguidade"
    r"|anzianita|kundendauer|vertragsdauer|laufzeit|seats?|licen[cs]es?|lizenzen|employees|mitarbeiter|age|alter"
    r"|edad|idade|eta|leeftijd|score|rating|nps|note|nota|punteggio|cijfer|bewertung|zip|postcode|plz|phone|telefon|year"
    r"|\w*segment\w*|segmento|cohort|kohorte|\w*gruppe|groupe|grupo|gruppo|groep|group|industry|branche|sector|sektor"
    r"|department|abteilung|team|language|sprache|langue|idioma|lingua|taal|locale|currency|wahrung|devise|moneda|moeda|valuta"
    r"|country|land|pays|pais|paese|region|city|stadt|ville|ciudad|cidade|citta|stad|status|gender|geschlecht|channel"
    r"|kanal|canal|source|quelle|utm \w+|referrer|ip|ip address|synced|answer|value|total|sum|gesamt|summe|hash"
    r"|key|no|nr"
)
NO_FEATURE = rf"{IDS}|(?:^| )(?:{_CALENDAR}|{_FACTS})$|^(?:total|sum|gesamt) |\b(?:since|seit|depuis|desde|sinds)\b"
NO_USE = (  # numbers that are known of people, whatever stands before them
    r"(?:^| )(?:\w*(?:dauer|laufzeit|jahr|nummer|alter)|number|numero|balance|saldo|solde|discount|rabatt|remise"
    r"|descuento|desconto|sconto|korting|limit|size|length|taille|tamano|tamanho|percentile|probability|risk|rank"
    r"|csat|ces|(?:score|rating|note|nota|nps|csat) \d{4}|lat|lon|lng|latitude|longitude|subtotal|mensalidade|canone"
    r"|priority|active|churned|opted out|wiek|staz|yas|[aå]lder)$"
    r"|^(?:tenure|seniority|anciennete|antiguedad|antiguidade|anzianita|vertragsdauer|kundendauer|laufzeit|is|n) "
)
NUMBERING = (  # what is called so numbers rows, orders or people
    r"^$|^(?:column|unnamed) \d+$|^(?:line|row|index|idx|zeile|ligne|linea|fila|linha|riga|regel|rij|pos|lp|sira)$"
    r"|(?:^| )(?:nr|no|num|number|nummer|numero|seq|sequence|ref|reference|referenz)$|\w(?:nummer|nr)$"
    r"|^(?:id|n|no|nr|num|numero|codigo|code) \w"
)
