"""What comments say: their words, the themes and features they name, and on which side. See docs/methods.md."""

from nps.comments.coding import Coding
from nps.comments.comments import Comments
from nps.comments.rules import Feature, Rules, Theme

__all__ = ["Coding", "Comments", "Feature", "Rules", "Theme"]
