"""What survives a restart."""

SENTENCES = {
    "event.name": "Give the event a name of at most {most} characters.",
    "event.too_many": "At most {most} events are kept; remove one first.",
    "workspace.on_network": "The workspace {path} lies on a network file system ({kind}), where a database can lose "
    "what is written. Have NPS_LENS_WORKSPACE name a folder on a disk of this machine.",
    "workspace.no_folder": "NPS_LENS_WORKSPACE is {path}, which is a file. Name a folder.",
}
