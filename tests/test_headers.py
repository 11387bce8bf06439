"""What headers say, in seven languages."""

import builders
import pandas as pd

from nps import columns
from nps.columns import names
from nps.fields import FIELDS

RESPONSES = {
    "English": {
        "How likely is it that you would recommend us to a friend or colleague?": "score",
        "NPS Score": "score",
        "Rate us from 0 to 10": "score",
        "Response Date": "responded_at",
        "Timestamp": "responded_at",
        "Customer ID": "person_id",
        "userId": "person_id",
        "What is the main reason for your answer?": "comment",
        "Survey name": "survey",
        "Email Address": "email",
        "Company": "account",
        "Job title": "role",
    },
    "German": {
        "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?": "score",
        "Würden Sie uns einem Freund empfehlen? (0 bis 10)": "score",
        "Weiterempfehlungsbereitschaft": "score",
        "Bewertung": "score",
        "Antwortdatum": "responded_at",
        "Zeitstempel": "responded_at",
        "Datum": "responded_at",
        "Kundennummer": "person_id",
        "Benutzer-ID": "person_id",
        "Teilnehmer-Nr.": "person_id",
        "Antwort-ID": "response_id",
        "Kommentar": "comment",
        "Begründung": "comment",
        "Warum haben Sie sich so entschieden?": "comment",
        "Umfrage": "survey",
        "E-Mail-Adresse": "email",
        "Vor- und Nachname": "name",
        "Firma": "account",
        "Rolle": "role",
        "Tarif": "plan",
        "Jahresumsatz": "revenue",
        "Kunde seit": "joined_at",
        "Nicht kontaktieren": "opted_out",
    },
    "French": {
        "Quelle est la probabilité que vous recommandiez notre produit ?": "score",
        "Recommanderiez-vous notre service à un ami ?": "score",
        "Note": "score",
        "Horodateur": "responded_at",
        "Date de réponse": "responded_at",
        "Date": "responded_at",
        "Numéro client": "person_id",
        "Identifiant utilisateur": "person_id",
        "Identifiant": "person_id",
        "Commentaire": "comment",
        "Pourquoi cette note ?": "comment",
        "Raison principale": "comment",
        "Enquête": "survey",
        "Adresse e-mail": "email",
        "Courriel": "email",
        "Nom et prénom": "name",
        "Raison sociale": "account",
        "Nom de l'entreprise": "account",
        "Fonction": "role",
        "Forfait": "plan",
        "Chiffre d'affaires": "revenue",
        "Date d'inscription": "joined_at",
        "Désabonné": "opted_out",
    },
    "Spanish": {
        "¿Qué tan probable es que nos recomiende a un amigo?": "score",
        "¿Recomendaría nuestro producto?": "score",
        "Puntuación": "score",
        "Fecha de respuesta": "responded_at",
        "Marca temporal": "responded_at",
        "Fecha": "responded_at",
        "ID de cliente": "person_id",
        "Código de usuario": "person_id",
        "Comentarios": "comment",
        "¿Por qué?": "comment",
        "Encuesta": "survey",
        "Correo electrónico": "email",
        "Dirección de correo electrónico": "email",
        "Nombre completo": "name",
        "Razón social": "account",
        "Empresa": "account",
        "Cargo": "role",
        "Suscripción": "plan",
        "Ingresos anuales": "revenue",
        "Fecha de alta": "joined_at",
        "Dado de baja": "opted_out",
    },
    "Portuguese": {
        "Qual a probabilidade de você nos recomendar a um amigo?": "score",
        "Você indicaria nossa empresa?": "score",
        "Nota": "score",
        "Carimbo de data/hora": "responded_at",
        "Data da resposta": "responded_at",
        "Data": "responded_at",
        "ID do cliente": "person_id",
        "Utilizador": "person_id",
        "Comentário": "comment",
        "O que podemos melhorar?": "comment",
        "Pesquisa": "survey",
        "Endereço de e-mail": "email",
        "Nome completo": "name",
        "Empresa": "account",
        "Função": "role",
        "Plano": "plan",
        "Faturamento anual": "revenue",
        "Data de cadastro": "joined_at",
        "Não contatar": "opted_out",
    },
    "Italian": {
        "Quanto è probabile che ci consigli a un amico?": "score",
        "Raccomanderebbe il nostro servizio?": "score",
        "Voto": "score",
        "Informazioni cronologiche": "responded_at",
        "Data della risposta": "responded_at",
        "Codice cliente": "person_id",
        "Utente": "person_id",
        "Commento": "comment",
        "Perché?": "comment",
        "Sondaggio": "survey",
        "Indirizzo email": "email",
        "Nome e cognome": "name",
        "Ragione sociale": "account",
        "Azienda": "account",
        "Ruolo": "role",
        "Abbonamento": "plan",
        "Fatturato annuo": "revenue",
        "Data di iscrizione": "joined_at",
        "Non contattare": "opted_out",
    },
    "Dutch": {
        "Hoe waarschijnlijk is het dat u ons aanbeveelt?": "score",
        "Zou u ons aanraden bij een vriend?": "score",
        "Cijfer": "score",
        "Tijdstempel": "responded_at",
        "Ingevuld op": "responded_at",
        "Datum": "responded_at",
        "Klantnummer": "person_id",
        "Gebruikers-ID": "person_id",
        "Opmerkingen": "comment",
        "Waarom geeft u dit antwoord?": "comment",
        "Toelichting": "comment",
        "Enquête": "survey",
        "E-mailadres": "email",
        "Volledige naam": "name",
        "Bedrijfsnaam": "account",
        "Functie": "role",
        "Abonnement": "plan",
        "Jaaromzet": "revenue",
        "Klant sinds": "joined_at",
        "Uitgeschreven": "opted_out",
    },
}
USAGE = {
    "German": {
        "Kundennummer": "person_id",
        "Funktion": "feature",
        "Datum": "at",
        "Anzahl": "uses",
        "Minuten": "minutes",
    },
    "French": {"Utilisateur": "person_id", "Fonctionnalité": "feature", "Jour": "at", "Nombre d'utilisations": "uses"},
    "Spanish": {"Usuario": "person_id", "Evento": "feature", "Fecha": "at", "Cantidad": "uses", "Minutos": "minutes"},
    "Portuguese": {"Usuário": "person_id", "Funcionalidade": "feature", "Data": "at", "Quantidade": "uses"},
    "Italian": {
        "Utente": "person_id",
        "Funzionalità": "feature",
        "Giorno": "at",
        "Quantità": "uses",
        "Minuti": "minutes",
    },
    "Dutch": {"Gebruiker": "person_id", "Functie": "feature", "Dag": "at", "Aantal keer": "uses", "Minuten": "minutes"},
}
PEOPLE = {
    "German": {"Kündigungsdatum": "churned_at", "Ansprechpartner": "name", "Firmen-ID": "account_id"},
    "French": {"Date de résiliation": "churned_at", "Nom": "name", "ID de l'entreprise": "account_id"},
    "Spanish": {"Fecha de baja": "churned_at", "Nombre": "name", "ID de la empresa": "account_id"},
    "Portuguese": {"Data de cancelamento": "churned_at", "Nome": "name", "ID da empresa": "account_id"},
    "Italian": {"Data di disdetta": "churned_at", "Nominativo": "name", "Codice azienda": "account_id"},
    "Dutch": {"Opzegdatum": "churned_at", "Naam": "name", "Bedrijfsnummer": "account_id"},
}
FALSE_FRIENDS = ["Birthday", "Altersgruppe", "Ort", "Land", "Team size", "Nationality", "Sprache", "Ville", "Ciudad"]
FALSE_FRIENDS += ["Updates wanted?", "Candidate", "Username policy", "Browser", "Grundpreis", "Donation", "Datenschutz"]


def field_of(header: str, table: str) -> str | None:
    """The field that names this header best."""
    ranks = {name: rank for name in FIELDS[table] if (rank := names.rank(name, header)) is not None}
    return min(ranks, key=ranks.get, default=None)


def test_a_header_names_its_field():
    tables = {"responses": RESPONSES, "usage": USAGE, "people": PEOPLE}
    wrong = {
        (table, language, header): field_of(header, table)
        for table, languages in tables.items()
        for language, headers in languages.items()
        for header, field in headers.items()
        if field_of(header, table) != field
    }
    assert wrong == {}


def test_a_header_that_only_resembles_one_names_nothing():
    assert [(header, table) for header in FALSE_FRIENDS for table in FIELDS if field_of(header, table)] == []


def test_a_german_file_is_read_whole():
    frame = pd.DataFrame(
        {
            "Kundennummer": ["000123", "000124"],
            "Datum": ["27.05.2023", "03.06.2023"],
            "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?": ["9", "3"],
            "Begründung": ["Schnell", None],
            "Registrierungsdatum": ["01.02.2020", "13.02.2020"],
        }
    )
    reading = builders.uploaded(frame, lambda source, _: columns.read(source, "responses"))
    assert reading.columns == {
        "score": "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?",
        "responded_at": "Datum",
        "person_id": "Kundennummer",
        "comment": "Begründung",
        "joined_at": "Registrierungsdatum",
    }


def test_what_the_words_leave_open_the_cells_decide():
    frame = pd.DataFrame({"Note": ["9", "3"], "Pourquoi cette note ?": ["Rapide", "Trop lent"]})
    reading = builders.uploaded(frame, lambda source, _: columns.read(source, "responses"))
    assert reading.columns == {"score": "Note", "comment": "Pourquoi cette note ?"}
