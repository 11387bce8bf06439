"""Headers of columns that are added to exports: names in the data, as those of the files are."""

EVENT, FEATURE, KIND = "Event or page", "Feature or page", "Kind"
