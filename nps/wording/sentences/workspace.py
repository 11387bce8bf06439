"""What survives a restart."""

SENTENCES = {
    "access.not_allowed": "Your role does not allow this; it takes that of {role}. Ask an administrator.",
    "event.name": "Give the event a name of at most {most} characters.",
    "event.too_many": "At most {most} events are kept; remove one first.",
    "workspace.no_folder": "NPS_LENS_WORKSPACE is {path}, which is a file. Name a folder.",
}
