"""Databases: connections, what they answer, and the one SELECT that may be asked."""

SENTENCES = {
    "connection.no_engine": "Which database this is cannot be told. Set dialect to one of {engines}.",
    "connection.not_typed": "A connection to {engine:ours} is set up by the administrator, in secrets.toml.",
    "connection.no_driver": (
        "This server cannot speak to {engine:ours} yet. The administrator installs what its line in "
        "requirements-engines.txt names."
    ),
    "connection.second_cluster": (
        "This server already works with another Spark cluster, and can with one only. "
        "Use Spark Connect (sc://...) for both, or run a second server."
    ),
    "connection.no_host": "The host is a name like db.example.com or an address like 203.0.113.7, nothing more.",
    "connection.unknown_host": "There is no host called {host}. Check the spelling, or ask your administrator.",
    "connection.inside": (
        "{host} is inside this server's own network, where only an administrator may point it. Ask them to add "
        "the connection to secrets.toml, or the host to NPS_LENS_DATABASE_HOSTS."
    ),
    "connection.no_user": ("Give the user and the password: a connection entered here takes nothing of this server."),
    "connection.unseen_signs": (
        "The connection holds signs that cannot be seen, or a port that is none. Type it anew."
    ),
    "connection.no_file": "The file or folder of this connection is not there. Check `database` in secrets.toml.",
    "database.late": (
        "The database stopped because it took too long. Give a SELECT that covers less time, or ask for an index."
    ),
    "database.credentials": ("The database refused the user name or the password. Check both, or ask who runs it."),
    "database.rights": "This user may not read that. Ask who runs the database to grant it SELECT.",
    "database.changes": "Only reading is allowed, and this would change something.",
    "database.casts": (
        "A text in the column for dates or numbers is neither. Give a SELECT that turns it into a real date or number."
    ),
    "database.no_database": "The server has no database of that name. Check the spelling.",
    "database.absent": (
        "A table or column that is asked for is not there, or this user may not see it. Check the names."
    ),
    "database.nobody": "No database answers there. Check host and port, and whether this server may reach it.",
    "database.unproven": (
        "No database answers there over TLS, with a certificate for that name. Check host and port. A database that "
        "has no such certificate is connected by the administrator, in secrets.toml."
    ),
    "database.full": "The database takes no more connections now. Try again later, or ask who runs it.",
    "database.unknown": "The database answered with an error; its own log says which. Ask who runs it.",
    "select.too_long": "The SELECT is longer than {most} characters. Make a view, and pick that as a table.",
    "select.too_deep": "The SELECT is nested too deeply. Make a view in the database, and pick that as a table.",
    "select.no_sql": "This could not be read as SQL. Check it in your database's own tool first.",
    "select.ambiguous_text": (
        "The SELECT holds a text or a name that databases read in several ways: with a backslash, a line break or "
        "a sign that is none. Write it without, or make a view in the database and pick that as a table."
    ),
    "select.ambiguous": "What this SELECT means depends on who reads it. Make a view, and pick that as a table.",
    "select.not_one": "Give one SELECT, without a second statement after it.",
    "select.none": "Only a SELECT can be used here: it must begin with SELECT or WITH.",
    "select.function": (
        "The SELECT uses a function that may do more than compute ({function:.40}). "
        "If you need it, make a view in the database and pick that as a table."
    ),
    "select.node": (
        "Only reading is allowed: the SELECT may change, lock, create or set nothing, and use no parameters or hints "
        "({node})."
    ),
    "select.quotes": "Texts in the SELECT stand in plain quotes, with no letter or sign before them.",
    "select.clause": "The SELECT may only read, and uses no {clause}.",
    "select.no_table": "The SELECT may only read tables and views of the database, no files or addresses.",
    "select.dot": "A dot after brackets may call a function. Name the columns that the SELECT needs.",
    "select.sequence": "Only reading is allowed: the SELECT may not draw from a sequence.",
    "select.type": "The SELECT casts to a type that is not a plain one. Make a view, and pick that as a table.",
    "select.number": "A number in the SELECT is not written as plain digits.",
    "select.not_there": (
        "The SELECT asks {table:.40} for {column:.40}, which it does not have. Name the columns of a subquery with AS."
    ),
}
