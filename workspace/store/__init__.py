"""What is kept in one SQLite file: `database` opens it, `datasets` and `readings` say what stands in it."""
