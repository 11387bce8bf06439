"""How wide the page is, and what is read out to those who do not see it."""

from nps.wording import language
from pages.session import keys
from web import screen


def step() -> str:
    """One of `screen.STEPS`: what the browser told, else what it was the last time, else a guess."""
    told = getattr(keys.SCREEN.get(), "step", None)
    if told in screen.STEPS:
        return keys.WIDTH.put(told)
    return keys.WIDTH.get() or keys.WIDTH.put(screen.guessed())


def narrow() -> bool:
    """Whether what stands side by side on a desk stands one below the other."""
    return step() in ("S", "XS")


def say(sentence: str) -> None:
    """Have this read out when it changes."""
    keys.SAID.put(sentence)


def new_here() -> bool:
    """Whether whoever looks has not said yet that they need no introduction."""
    return not (keys.SEEN.get() or screen.seen())


def introduced() -> None:
    """They need none any more, in this browser."""
    keys.SEEN.put(True)


def begin() -> None:
    """The component does not stand on the page yet."""
    keys.STANDS.take()


def stand() -> None:
    """The component that tells and says, once in a run; below everything, as it takes no room there."""
    if not keys.STANDS.get():
        keys.STANDS.put(True)
        screen.ask(step(), keys.SAID.get(), language(), seen=keys.SEEN.get())
