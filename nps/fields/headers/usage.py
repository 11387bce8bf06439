"""The headers of usage: what was used, when, and how much."""

from nps.fields.headers.phrases import whole, within

NAMES = {
    "feature": (
        whole(
            r"(?:feature|event|page|action|screen|tool|module)(?: name| type)?",
            r"funktion|ereignis|seite|aktion|modul|bildschirm|(?:funktions|ereignis|seiten)name",
            r"fonctionnalite|evenement|action|ecran|(?:nom d[eu] l )?evenement",
            r"funcion|funcionalidad|evento|pagina|accion|pantalla|nombre del evento",
            r"funcionalidade|recurso|evento|acao|tela|nome do evento",
            r"funzione|funzionalita|evento|azione|schermata|nome (?:dell )?evento",
            r"functie|functionaliteit|gebeurtenis|actie|scherm",
        ),
        whole(
            r"(?:feature|page|screen|tool|module|service|product|component|function)(?: id| key| code| name)?",
            r"(?:funktions|seiten|modul|produkt|dienst|leistungs|service) ?(?:id|nr|nummer|code|name)|produkt|dienst"
            r"|leistung",
            r"(?:id|code|nom) (?:d[eu] )?(?:la |l )?(?:fonctionnalite|page|module|ecran|service|produit)|service"
            r"|produit|module",
            r"(?:id|codigo|nombre) (?:de )?(?:la |el )?(?:funcion|funcionalidad|pagina|modulo|pantalla|servicio"
            r"|producto)|servicio|modulo|producto",
            r"(?:id|codigo|nome) (?:d[aeo] )?(?:funcionalidade|funcao|pagina|modulo|tela|recurso|servico|produto)"
            r"|servico|modulo|produto",
            r"(?:id|codice|nome) (?:del |della |di )?(?:funzione|funzionalita|pagina|modulo|servizio|prodotto)|servizio"
            r"|modulo|prodotto",
            r"(?:functie|pagina|module|dienst|product) ?(?:id|code|nummer|naam)|dienst|module",
        ),
        whole("name", "nom", "nombre", "nome", "naam"),
        whole(r"event(?: id| key)", r"ereignis ?id"),  # most often tells each event from every other
    ),
    "kind": (whole("kind|type|category", "typ|kategorie", "categorie", "tipo|categoria", "soort"),),
    "at": (
        whole(
            r"at|used at|day|date|timestamp|ts|time|date time|datetime|event time",
            r"tag|datum|zeitstempel|zeitpunkt|genutzt am|nutzungsdatum",
            r"jour|horodat(?:eur|age)|date d utilisation|date(?: et)? heure",
            r"dia|fecha|marca temporal|fecha de uso|fecha(?: y)? hora",
            r"data|data de (?:uso|utilizacao)|data(?: e)? hora",
            r"giorno|data di utilizzo|data(?: e)? ora",
            r"dag|tijdstip|tijdstempel|gebruikt op|datum(?: en)? tijd",
        ),
        within(r"date|day|time|timestamp", r"\w*datum|tag", "jour", "fecha|dia", "data", "giorno", r"dag|tijdstip"),
    ),
    "uses": (
        whole(
            r"uses|count|num events|event count|events|clicks|hits|times|views|visits|quantity",
            r"anzahl|nutzungen|aufrufe|klicks|ereignisse|besuche|haufigkeit",
            r"nombre(?: d (?:evenements|utilisations))?|nombre de (?:clics|visites|vues)|utilisations|clics|vues"
            r"|visites|quantite",
            r"cantidad|(?:numero|n) de (?:eventos|usos|clics|visitas)|usos|clics|visitas|veces",
            r"quantidade|(?:numero|n) de (?:eventos|usos|cliques|visitas)|cliques|vezes|contagem",
            r"quantita|numero (?:di )?(?:eventi|utilizzi|clic|visite)|utilizzi|clic|visite|volte|conteggio",
            r"aantal(?: (?:keer|events|gebeurtenissen|klikken|bezoeken))?|klikken|weergaven|bezoeken|keer",
        ),
        within("count", "anzahl", "aantal"),
    ),
    "minutes": (
        r"^(?:num |active |total )?minutes$",
        within(r"minutes|mins?", r"minuten|min", r"minutos", r"minuti|minuut"),
    ),
}
