"""What stands at the top of a page about what happened before it."""

SENTENCES = {
    "link.other_files": "These are not the files of the link, or their columns are read in another way. Its filters "
    "are left out.",
    "database.tables": "{names}",
    "database.select": "a SELECT",
    "filters.different_kinds": "These surveys are of different kinds, so they are not counted in one number. The "
    "sidebar says which are counted now; there you can choose others, or all together.",
    "filters.left_out": "Some filters do not occur in this data; they are left out.",
    "filters.nobody_like_promoters": "Nobody can be told to use the product like promoters do. {why}",
}
