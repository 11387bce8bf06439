"""For viewers: NPS of who used a feature, and of everyone else."""

from pages.parts import merged, merged_features
from pages.session import data

found = data.merged()
merged_features.by_feature(found)
merged.how(found)
