"""How anything leaves: files in the layouts of others, mail, webhooks, CRMs; and the outbox, which loses nothing."""
