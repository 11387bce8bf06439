"""Write what there is to translate: `python -m nps.wording > nps/wording/languages/xx.po`, named by the language."""

import sys

from nps.wording.template import template

if __name__ == "__main__":
    sys.stdout.write(str(template()))
