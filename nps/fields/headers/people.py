"""The headers of what is known of a person."""

from nps.fields.headers.phrases import DE_LA, WHEN, whole, within

NAMES = {
    "name": (
        whole(
            r"(?:full |display |person |customer |user |contact |agent full )?name",
            r"(?:vollstandiger |kunden|benutzer|ansprech)?name|vor und nachname|name vorname|vorname nachname"
            r"|ansprechpartner",
            r"nom(?: complet| et prenom| prenom| du (?:client|contact)| de la personne)?|prenom(?: et)? nom",
            r"nombre(?: completo| y apellidos?| del? (?:cliente|contacto|usuario))?",
            r"nome(?: completo| e sobrenome| e apelido| do (?:cliente|contato|contacto|usuario|utilizador))?",
            r"nome(?: completo)?(?: e)? cognome|cognome(?: e)? nome|nominativo|nome del? (?:cliente|contatto)",
            r"(?:volledige |klant|contact)?naam|voor en achternaam|naam (?:klant|contactpersoon)",
        ),
    ),
    "email": (
        whole(
            r"(?:recipient |user |customer |work |contact |agent )?e ?mail(?: address)?",
            r"(?:e ?)?mail ?adresse|(?:e )?mail(?: des kunden)?|kunden e ?mail",
            r"(?:adresse (?:e ?mail|mail|de messagerie|(?:de )?courriel|electronique)|courriel|mail)"
            r"(?: du (?:client|contact))?",
            r"(?:direccion (?:de )?)?(?:correo(?: electronico)?|e ?mail)(?: del cliente)?",
            r"(?:endereco (?:de )?)?(?:e ?mail|correio eletronico)(?: do cliente)?",
            r"(?:indirizzo )?(?:(?:di )?posta elettronica|e ?mail|mail)(?: del cliente)?",
            r"(?:e ?)?mail ?adres|e ?mail klant",
        ),
    ),
    "account_id": (
        whole(
            r"(?:account|company|organi[sz]ation|org|workspace|tenant)(?: (?:id|key|number|no|nr|code|uuid|guid|ref))",
            r"(?:firmen|unternehmens|organisations|mandanten|account|konto) ?(?:id|nummer|nr|kennung)",
            rf"(?:id|identifiant|numero){DE_LA} (?:entreprise|societe|compte|organisation)",
            rf"(?:id|numero|codigo){DE_LA} (?:empresa|cuenta|organizacion|compania)",
            rf"(?:id|numero|codigo){DE_LA} (?:empresa|conta|organizacao)",
            rf"(?:id|numero|codice){DE_LA} (?:azienda|societa|account|organizzazione)",
            r"(?:bedrijfs?|organisatie|account) ?(?:id|nummer|code)",
        ),
    ),
    "account": (
        whole(
            r"(?:account|company|organi[sz]ation|org|workspace|tenant)(?: name)?",
            r"firma|firmenname|unternehmen|unternehmensname|organisation|mandant|kundenfirma|konto|kontoname",
            rf"(?:nom{DE_LA} )?(?:entreprise|societe|compte|organisation)|raison sociale",
            rf"(?:nombre{DE_LA} )?(?:empresa|cuenta|compania|organizacion)|razon social",
            rf"(?:nome{DE_LA} )?(?:empresa|conta|organizacao)|razao social",
            rf"(?:nome{DE_LA} )?(?:azienda|societa|organizzazione)|ragione sociale",
            r"bedrijf|bedrijfsnaam|organisatie|organisatienaam|naam bedrijf",
        ),
    ),
    "role": (
        whole(
            r"role|persona|job(?: role| title| function)?|title|position",
            r"rolle|benutzerrolle|funktion|stelle|tatigkeit|jobtitel|berufsbezeichnung",
            r"fonction|poste|metier|intitule (?:du|de) poste",
            r"rol|puesto(?: de trabajo)?|cargo|funcion",
            r"funcao|cargo|papel|perfil",
            r"ruolo|funzione|mansione|posizione",
            r"rol|functie|functietitel",
        ),
        within("role|persona", "rolle", "fonction", "rol", "funcao", "ruolo", "functie"),
    ),
    "plan": (
        whole(
            r"(?:plan|tier|subscription|licen[cs]e|package|edition)(?: name| type| level)?",
            r"tarif|paket|abo|abonnement|vertragsart|lizenz|lizenztyp|produktplan",
            r"forfait|offre|abonnement|formule|licence|type d abonnement",
            r"suscripcion|tarifa|licencia|paquete|tipo de (?:plan|suscripcion)",
            r"plano|assinatura|licenca|pacote|tipo de plano",
            r"piano|abbonamento|tariffa|licenza|pacchetto|tipo di (?:piano|abbonamento)",
            r"pakket|licentie|abonnementsvorm|soort abonnement",
        ),
    ),
    "revenue": (
        whole(
            r"(?:annual |yearly )?(?:revenue|arr|acv|contract value)",
            r"(?:jahres)?umsatz|erlos|(?:jahres)?vertragswert|umsatz pro jahr",
            r"chiffre d affaires(?: annuel)?|ca annuel|revenus?(?: annuels?)?",
            r"ingresos?(?: anual(?:es)?)?|facturacion(?: anual)?|valor del contrato",
            r"receita(?: anual)?|faturamento(?: anual)?|faturacao|volume de negocios|valor do contrato",
            r"fatturato(?: annuo)?|ricav[oi](?: annu[oi])?|valore del contratto",
            r"(?:jaar)?omzet|contractwaarde",
        ),
        within(
            r"revenue|arr", r"\w*umsatz", "chiffre d affaires", "facturacion", "faturamento", "fatturato", r"\w*omzet"
        ),
    ),
    "joined_at": (
        whole(
            rf"(?:joined|sign(?:ed)? ?up|registered|registration|first (?:visit|seen)|(?:customer|member) since){WHEN}",
            r"(?:kunde|mitglied) seit|registrier(?:t(?: am)?|ungsdatum)|anmeldedatum|angemeldet am|beitrittsdatum"
            r"|eintritt(?:sdatum)?",
            r"(?:client|membre|inscrit) depuis|date d (?:inscription|adhesion|entree)|inscrit le",
            r"(?:cliente|miembro) desde|fecha de (?:alta|registro|inscripcion)|registrado el|alta",
            r"(?:cliente|membro) desde|data de (?:registr?o|cadastro|adesao|inscricao)|cadastrado em|registado em",
            r"cliente da[l]?|data di (?:iscrizione|registrazione|adesione)|(?:registrato|iscritto) il",
            r"(?:klant|lid) sinds|registratiedatum|inschrijfdatum|aanmelddatum|geregistreerd op|lid geworden op",
        ),
    ),
    "churned_at": (
        whole(
            rf"(?:churned|churn|cancell?ed|cancellation|left|deactivated|ended){WHEN}",
            r"gekundigt(?: am)?|kundigungsdatum|austritt(?:sdatum)?|kundigung",
            r"(?:date de )?(?:resiliation|depart)|resilie le|parti le",
            r"fecha de (?:baja|cancelacion)|cancelado el",
            r"data d[eo] (?:cancelamento|saida)|cancelado em",
            r"data di (?:disdetta|cancellazione|recesso)|disdetta|disdetto il",
            r"opzegdatum|opgezegd(?: op)?|vertrokken op|uitschrijfdatum",
        ),
    ),
    "opted_out": (
        whole(
            r"opt(?:ed)? ?out|unsubscribed?|do not (?:contact|email)|no contact",
            r"abgemeldet|kein kontakt|nicht (?:kontaktieren|anschreiben)|keine (?:e ?mails?|werbung)|werbesperre"
            r"|kontaktsperre"
            r"|werbewiderspruch|widerspruch|abbestellt",
            r"desabonnee?|desinscrite?|ne pas contacter|refus de contact|opposition|desinscription",
            r"no contactar|(?:dado de )?baja|no desea (?:contacto|ser contactado)|no molestar|suscripcion cancelada",
            r"nao conta(?:c)?tar|descadastrado|cancelou (?:a )?subscricao|nao deseja contat?c?to",
            r"non contattare|disiscritt[oa]|cancellat[oa]|opposizione",
            r"niet (?:benaderen|contacteren|mailen)|uitgeschreven|afgemeld|geen contact",
        ),
        r"\bopt(?:ed)? ?out\b|\bunsubscribed?\b|\bdo not (?:contact|e ?mail|mail|call)\b",
    ),
}
