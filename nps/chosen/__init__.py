"""A panel that can be asked, and the answer: a selection and every measure of it."""

from nps.chosen.measured import Chosen
from nps.chosen.panel import Panel

__all__ = ["Chosen", "Panel"]
