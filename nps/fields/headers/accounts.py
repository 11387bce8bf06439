"""The headers of what is known of an account alone."""

from nps.fields.headers.phrases import WHEN, whole

NAMES = {
    "seats": (
        whole(
            r"(?:number of |paid |contracted )?(?:seats|licen[cs]es|user licen[cs]es)(?: count)?|seat count",
            r"(?:anzahl )?(?:lizenzen|platze|arbeitsplatze|benutzerlizenzen)|lizenzanzahl",
            r"(?:nombre de )?(?:licences|sieges|postes)",
            r"(?:numero de )?(?:licencias|asientos|puestos)",
            r"(?:numero de )?(?:licencas|assentos|lugares)",
            r"(?:numero di )?(?:licenze|postazioni|posti)",
            r"(?:aantal )?(?:licenties|plaatsen|werkplekken)",
        ),
    ),
    "tickets": (
        whole(
            r"(?:number of )?(?:open|unresolved|unsolved) (?:support )?(?:tickets|cases)(?: count)?|tickets open",
            r"(?:anzahl )?(?:offene[nr]?|ungeloste[nr]?) (?:support ?)?(?:tickets|anfragen|falle)",
            r"(?:nombre de )?(?:tickets|demandes)(?: de support)? (?:ouvert[e]?s|en cours)",
            r"(?:numero de )?(?:tickets|casos)(?: de soporte)? abiertos",
            r"(?:numero de )?(?:tickets|chamados)(?: de suporte)? abertos",
            r"(?:numero di )?ticket(?: di supporto)? aperti",
            r"(?:aantal )?open(?:staande)? (?:support)?tickets",
        ),
    ),
    "owner": (
        whole(
            r"(?:account |customer |company )?owner(?: name| email)?|csm|account manager|customer success manager",
            r"(?:kunden|account)betreuer(?:in)?|betreuer(?:in)?|kundenverantwortliche[r]?|verantwortliche[r]?",
            r"(?:charge|responsable)(?: de compte| client| du compte)",
            r"(?:responsable|gestor|ejecutivo)(?: de (?:la )?cuenta)",
            r"(?:responsavel|gestor|gerente)(?: d[ae] conta)",
            r"(?:responsabile|referente)(?: (?:dell )?account| cliente)",
            r"accountbeheerder|relatiebeheerder|klantverantwoordelijke",
        ),
    ),
    "renewal_at": (
        whole(
            rf"(?:contract |subscription )?(?:renewal|renews){WHEN}|contract end(?: date)?",
            r"(?:vertrags)?verlangerung(?:sdatum)?|verlangert sich am|vertragsende",
            r"(?:date de )?renouvellement|(?:date de )?fin de contrat",
            r"(?:fecha de )?renovacion|(?:fecha de )?fin de contrato",
            r"(?:data de )?renovacao|(?:data de )?fim do contrato",
            r"(?:data di )?rinnovo|(?:data di )?fine contratto",
            r"verlengingsdatum|verlenging|einde contract|contracteinde",
        ),
    ),
    "expanded_at": (
        whole(
            rf"(?:expanded|expansion|upgraded|upgrade|upsell){WHEN}",
            r"erweitert(?: am)?|erweiterung(?:sdatum)?|upgrade am",
            r"(?:date d )?(?:extension|expansion)|etendu le",
            r"(?:fecha de )?(?:ampliacion|expansion)|ampliado el",
            r"(?:data de )?(?:ampliacao|expansao)|ampliado em",
            r"(?:data di )?(?:espansione|ampliamento)|ampliato il",
            r"uitgebreid(?: op)?|uitbreiding(?:sdatum)?",
        ),
    ),
}
