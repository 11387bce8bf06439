"""Memory that this server does not need any more goes back to the machine: others run there, too."""

import ctypes
import gc
from contextlib import suppress

import pyarrow as pa


def be_thrifty() -> None:
    """Arrow's own allocators keep what was freed; the system's can give it back."""
    pa.set_memory_pool(pa.system_memory_pool())


def give_back() -> None:
    """What only refers to itself goes, and free pages between what is in use, where the C library knows how."""
    gc.collect()
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
