"""Twenty people on one dataset against one: the server's memory, and how long a brush takes while all brush.

Each is a websocket that speaks Streamlit's protocol, as a browser does, and tells what the mouse drew on the map; what
a browser then paints is its own computer's work.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import perf_counter

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

from benchmarks import data
from benchmarks.serving import Served, memory, server
from benchmarks.timing import Row

SESSIONS, PATIENCE = 20, 600
PACE = 2.0  # seconds from one brush of a person to the next


class Visitor:
    """Somebody on the usage map."""

    def __init__(self, served: Served) -> None:
        address = served.address.replace("http", "ws") + "/_stcore/stream"
        self.socket: ClientConnection = connect(
            address, subprotocols=["streamlit"], origin=served.address, max_size=None, open_timeout=PATIENCE
        )
        self.page, self.chart, self.sliders = "", "", {}
        self._run()

    def brush(self, low: int, high: int) -> float:
        """Milliseconds from the release until the server has answered."""
        begin = perf_counter()
        self._run(json.dumps({"selection": {"brush": {"x": [low, high], "y": [-0.5, 10.5]}}}))
        return 1000 * (perf_counter() - begin)

    def _run(self, drawn: str = "") -> None:
        """One run of the page; a browser tells where everything stands each time."""
        asked = BackMsg()
        asked.rerun_script.page_name = "map"
        asked.rerun_script.page_script_hash = self.page
        widgets = asked.rerun_script.widget_states.widgets
        if drawn:
            widgets.add(id=self.chart, string_value=drawn)
        for slider, ends in self.sliders.items():
            widgets.add(id=slider).double_array_value.data.extend(ends)
        self.socket.send(asked.SerializeToString())
        told, self.chart = ForwardMsg(), ""
        while told.WhichOneof("type") != "script_finished":
            told.ParseFromString(self.socket.recv(timeout=PATIENCE))
            self._look(told)
        if told.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY or not self.chart:
            raise RuntimeError("the page broke")

    def _look(self, told: ForwardMsg) -> None:
        if told.WhichOneof("type") == "navigation":
            self.page = told.navigation.page_script_hash
        element = told.delta.new_element
        self.chart = element.vega_lite_chart.id or self.chart
        if slider := element.slider.id:
            self.sliders[slider] = [*(element.slider.value if element.slider.set_value else element.slider.default)]


def brushes(visitors: list[Visitor], times: int) -> np.ndarray:
    """Milliseconds of so many brushes each, one every two seconds, as people do; one before them does not count."""

    def brushing(number: int) -> list[float]:
        pause, spent = Event(), []
        pause.wait(PACE * number / len(visitors))
        for step in range(times + 1):
            low = 5 * (step % 8)
            spent.append(visitors[number].brush(low, low + 60))
            pause.wait(max(0, PACE - spent[-1] / 1000))
        return spent

    with ThreadPoolExecutor(len(visitors)) as pool:
        return np.array([*pool.map(brushing, range(len(visitors)))])[:, 1:].ravel()


def rows(sizes: tuple[int, ...], times: int) -> Iterator[Row]:
    """Memory and the 95th percentile of a brush, twenty against one."""
    people = sizes[-1]
    with server(str(data.files(people).responses.parent)) as served:
        visitors = [Visitor(served)]
        alone, held = brushes(visitors, 2 * times), memory(served)
        visitors += [Visitor(served) for _ in range(SESSIONS - 1)]
        together, holds = brushes(visitors, times), memory(served)
        for visitor in visitors:
            visitor.socket.close()
    yield Row(f"memory of the server with {SESSIONS} sessions", "one session", people, holds, held, 1.5, "MB")
    ours, theirs = (float(np.percentile(spent, 95)) for spent in (together, alone))
    yield Row(
        f"brush while {SESSIONS} brush, each every {PACE:g} s: 95th percentile",
        "one session",
        people,
        ours,
        theirs,
        4.0,
    )
