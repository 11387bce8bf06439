"""The headers of answers: the score, when, whose, and what was said."""

from nps.fields.headers.phrases import DE_LA, WHEN, part, whole, within

NAMES = {
    "score": (
        r"^nps(?: (?:score|rating|note|wert|cijfer|punteggio|nota))?$",
        part(
            r"recommend",
            r"empfehl|empfiehl",
            r"recommand",
            r"recomend|recomiend",
            r"indicaria|recomenda",
            r"raccomand|consigl(?:i|er)",
            r"aanbevee?l|aanraad|aanraden|aan te bevelen",
        ),
        whole(
            r"score|rating|quantitative response|poll response|how likely.*",
            r"wie wahrscheinlich.*|punktzahl|punkte|wertung|bewertung|weiterempfehlung(?:s.*)?",
            r"note|notation|evaluation|quelle est la probabilite.*|dans quelle mesure.*",
            r"puntuacion|puntaje|calificacion|valoracion|(?:que|cual es la) probabilidad.*"
            r"|(?:que tan|como de) probable.*",
            r"nota|pontuacao|avaliacao|classificacao|qual a probabilidade.*|quao provavel.*",
            r"punteggio|voto|valutazione|(?:con )?quanto e probabile.*|(?:con )?quale probabilita.*",
            r"cijfer|rapportcijfer|beoordeling|hoe waarschijnlijk.*",
        ),
        r"\b0 ?(?:to|bis|a|tot|e)? ?10\b",
        r"\bnps\b(?!.*\b(?:group|gruppe|groupe|grupo|gruppo|groep)\b)"
        r"|\b(?:score|rating|rate|bewertung|punktzahl|wertung|note|notation|evaluation|puntuacion|puntaje|calificacion"
        r"|valoracion|nota|pontuacao|avaliacao|punteggio|voto|valutazione|cijfer|rapportcijfer|beoordeling)\b",
    ),
    "responded_at": (
        whole(
            rf"(?:responded|answered|submitted|complet(?:ed|ion)|recorded|response|submit|submission){WHEN}(?: utc)?",
            r"antwortdatum|antwortzeit(?:punkt)?|datum der (?:antwort|abgabe|umfrage)|beantwortet(?: am)?"
            r"|eingegangen(?: am)?"
            r"|abgesendet(?: am)?|abgeschlossen(?: am)?|eingangsdatum|abgabedatum",
            r"date de (?:la )?reponse|repondu le|date d (?:envoi|enregistrement)|date de soumission|soumis le",
            r"fecha(?: y hora)? de(?: la)? respuesta|respondido(?: el)?|fecha de (?:envio|finalizacion)|enviado el",
            r"data(?: e hora)? d[ae] resposta|respondid[oa](?: em)?|data de (?:envio|submissao|conclusao)|enviado em",
            r"data(?: e ora)? (?:di|della) (?:risposta|compilazione)|risposto il|data di invio|inviato il",
            r"datum (?:van )?(?:het )?antwoord|antwoorddatum|beantwoord op|ingevuld op|invuldatum|verzonden op"
            r"|reactiedatum",
        ),
        whole(
            r"timestamp|ts|browser time|date|at|when|time|date time|datetime|end date.*",
            r"datum|zeit|zeitstempel|zeitpunkt|datum(?: und)? (?:uhr)?zeit|enddatum",
            r"horodat(?:eur|age)|date(?: et)? heure|heure|date de fin",
            r"fecha|marca(?: temporal| de tiempo)|fecha(?: y)? hora|fecha de fin",
            r"data|carimbo(?: de)? data(?: e)? hora|data(?: e)? hora|data de termino",
            r"data|informazioni cronologiche|data(?: e)? ora|data di fine",
            r"datum|tijdstempel|tijdstip|datum(?: en)? tijd|einddatum",
        ),
        whole(
            rf"(?:created|start|sent|updated){WHEN}(?: utc)?",
            r"erstellt(?: am)?|erstellungsdatum|erstelldatum|startdatum|beginn|gesendet am",
            r"cree le|date de (?:creation|debut)",
            r"creado(?: el)?|fecha de (?:creacion|inicio)",
            r"criad[oa](?: em)?|data de (?:criacao|inicio)",
            r"creat[oa](?: il)?|data di (?:creazione|inizio)",
            r"aangemaakt(?: op)?|aanmaakdatum|startdatum",
        ),
        within(r"date|time|timestamp", r"\w*datum|zeitpunkt", r"heure", r"fecha", r"data", r"giorno|ora", r"tijdstip"),
    ),
    "person_id": (
        whole(
            r"(?:person|user|visitor|customer|client|contact|member|distinct|employee)(?: id| key| uuid| number| no)",
            r"(?:kunden?|benutzer|nutzer|anwender|mitglieds?|personal|mitarbeiter|kontakt|besucher|personen|user)"
            r" ?(?:nummer|nr|id|kennung|schlussel)",
            r"(?:id|identifiant|numero|num|no|n|code)(?: d| de| du)?(?: l)? ?"
            r"(?:client|utilisateur|contact|personne|membre|visiteur|usager)|(?:client|utilisateur)(?: id| numero)",
            r"(?:id|identificador|numero|num|n|codigo)(?: de| del)? "
            r"(?:cliente|usuario|contacto|persona|miembro|visitante)"
            r"|(?:cliente|usuario) id",
            r"(?:id|identificador|numero|num|n|codigo)(?: d[eo])? (?:cliente|usuario|utilizador|contato|contacto|pessoa"
            r"|membro|visitante)|(?:cliente|usuario|utilizador) id",
            r"(?:id|identificativo|numero|num|n|codice)(?: del| dell| di)? ?(?:cliente|utente|contatto|persona|membro"
            r"|visitatore)|(?:cliente|utente) id",
            r"(?:klant(?:en)?|gebruikers?|lid|contact|persoons?|medewerkers?|bezoekers?|relatie|leden)"
            r" ?(?:nummer|nr|id|code)",
        ),
        whole(
            r"person|user|visitor|customer|contact|uid|username|user name",
            r"kunde|benutzer(?:name)?|nutzer(?:name)?|anwender|kontakt",
            r"client|utilisateur|nom d utilisateur|contact|identifiant",
            r"cliente|usuario|nombre de usuario|contacto",
            r"cliente|usuario|utilizador|nome de (?:usuario|utilizador)|contato",
            r"cliente|utente|nome utente|contatto",
            r"klant|gebruiker(?:snaam)?|contactpersoon",
        ),
        whole(
            r"(?:respondent|participant)(?: id)?",
            r"teilnehmer ?(?:nummer|nr|id)?|befragter",
            r"(?:id (?:du )?)?repondant(?: id)?",
            r"(?:id (?:del? )?)?encuestado|participante",
            r"(?:id (?:do )?)?(?:respondente|inquirido|participante)",
            r"(?:id (?:del )?)?(?:rispondente|intervistato|partecipante)",
            r"deelnemers? ?(?:nummer|id)?|respondent ?nummer",
        ),
    ),
    "response_id": (
        whole(
            r"(?:response|answer|submission)(?: id| key| uuid)",
            r"antwort ?(?:id|nummer|nr)|datensatz ?(?:id|nummer)",
            r"(?:id|identifiant|numero)(?: de)?(?: la)? reponse",
            r"(?:id|numero)(?: de)?(?: la)? respuesta",
            r"(?:id|numero)(?: da)? resposta",
            r"(?:id|numero)(?: della)? risposta",
            r"antwoord ?(?:id|nummer)",
        ),
        r"^id$",
    ),
    "comment": (
        whole(
            r"comments?|feedback|verbatim|qualitative response",
            r"kommentare?|ruckmeldung|anmerkung(?:en)?|begrundung|freitext",
            r"commentaires?|remarques?|verbatims?|avis",
            r"comentarios?|observacion(?:es)?|opinion",
            r"comentarios?|observac(?:ao|oes)|opiniao",
            r"comment[oi]|osservazion[ei]|opinione|motivazione",
            r"opmerking(?:en)?|toelichting|reactie|commentaar",
        ),
        within(
            r"comments?|feedback|verbatim|reason",
            r"\w*kommentare?|grund|hauptgrund|begrundung|anmerkung(?:en)?",
            r"commentaires?|raison(?! sociale)|remarques?",
            r"comentarios?|motivo|razon(?! social)",
            r"comentarios?|motivo|razao(?! social)",
            r"comment[oi]|motivo|ragione(?! sociale)|motivazione",
            r"opmerking(?:en)?|reden|toelichting",
        ),
        part(
            r"\bwhy\b|tell us|open ended|improve",
            r"\bwarum\b|\bweshalb\b|\bwieso\b|verbesser|besser machen",
            r"\bpourquoi\b|amelior|dites nous",
            r"\bpor que\b|mejorar|cuentenos|cuentanos|diganos",
            r"\bmelhorar\b|conte nos|diga nos",
            r"\bperche\b|migliora",
            r"\bwaarom\b|verbeter|vertel ons|beter doen",
        ),
    ),
    "survey": (
        whole(
            r"(?:survey|campaign|poll|questionnaire)(?: name| type| id| title)?",
            r"(?:umfrage|befragung|kampagne|fragebogen)(?: ?(?:name|id|titel)|n ?name)?",
            rf"(?:(?:nom|id|titre){DE_LA} )?(?:enquete|sondage|campagne|questionnaire)",
            rf"(?:(?:nombre|id|titulo){DE_LA} )?(?:encuesta|campana|cuestionario)",
            rf"(?:(?:nome|id|titulo){DE_LA} )?(?:pesquisa|inquerito|campanha|questionario)",
            rf"(?:(?:nome|id|titolo){DE_LA} )?(?:sondaggio|indagine|campagna|questionario)",
            r"(?:enquete|onderzoek|campagne|vragenlijst)(?:s? ?naam| id)?",
        ),
    ),
}
