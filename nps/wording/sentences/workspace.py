"""What survives a restart."""

SENTENCES = {
    "answers.all_gone": "No answer is left: they were erased, or older than is kept.",
    "backup.there": "{path} is there already. Name a new file.",
    "dataset.busy": "Others change it at the moment. Try again in a while.",
    "dataset.changed_meanwhile": "Somebody changed “{name}” meanwhile. Look again, and repeat it if it is still right.",
    "dataset.days": "Keep them for one day at least.",
    "dataset.gone": "This data is not kept here any more.",
    "dataset.name": "Give the data a name of at most {most} characters.",
    "dataset.no_files": "Name the files to read: --responses, --usage, --people.",
    "dataset.no_schedule": "Only what comes from a database can be read anew by itself.",
    "dataset.nothing_to_undo": "There is no version before this one.",
    "dataset.other_ids": "The newer {table} are told apart by another id than before: of people, or of accounts.",
    "dataset.other_source": "What came from a database is read there again; what came as files takes newer files.",
    "dataset.taken": "Something else is kept as “{name}”. Choose another name.",
    "dataset.without_id": (
        "1 answer has no id of its own: if it stands in several files, it counts several times.",
        "{n} answers have no id of their own: those that stand in several files count several times.",
    ),
    "erase.nobody": "Nothing that is kept knows this id or e-mail.",
    "event.name": "Give the event a name of at most {most} characters.",
    "event.too_many": "At most {most} events are kept; remove one first.",
    "restore.busy": "Somebody reads the folder that is being restored. Try again.",
    "restore.damaged": "The backup is damaged, or is none. Nothing was restored.",
    "restore.no_marks": "{path} does not hold marks of erased people. Name a workspace, or the erased.json in it.",
    "restore.there": "{path} is there already. Name a new folder.",
    "workspace.full": "The disk is full. Delete what is not needed, and try again.",
    "workspace.little_room": "Too little room on the disk would be left to erase somebody. Delete what is not needed.",
    "workspace.on_network": "The workspace {path} lies on a network file system ({kind}), where a database can lose "
    "what is written. Have NPS_LENS_WORKSPACE name a folder on a disk of this machine.",
    "workspace.no_folder": "NPS_LENS_WORKSPACE is {path}, which is a file. Name a folder.",
}
