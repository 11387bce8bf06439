"""What survives a restart."""

SENTENCES = {
    "event.name": "Give the event a name of at most {most} characters.",
    "event.too_many": "At most {most} events are kept; remove one first.",
}
