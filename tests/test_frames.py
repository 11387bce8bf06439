"""What frames do to each other that reach a running server close together."""

from conftest import wait_until
from streamlit.proto.BackMsg_pb2 import BackMsg
from visitors import Session, Visitor

from nps.notes import note
from nps.sources.budget import LIMITS


def pressed(session: Session, label: str) -> BackMsg:
    asked = BackMsg()
    asked.rerun_script.page_script_hash = session.pages["Data"]
    asked.rerun_script.widget_states.widgets.extend(session.widgets.values())
    asked.rerun_script.widget_states.widgets.add(id=session.buttons[label], trigger_value=True)
    return asked


def test_a_click_counts_though_another_frame_breaks_its_run_off(server):
    visitor = Visitor(server).opens()
    session = visitor.session().runs("Data")
    content = b"person_id,score,responded_at\n" + b"".join(b"p%d,9,2026-03-01\n" % n for n in range(12))
    assert visitor.upload(session.id, content, "file") == 204
    session.brings("Responses", "file")
    wait_until(lambda: "Use these files" in session.runs("Data").buttons, "the file was looked at")
    session.socket.send(pressed(session, "Use these files").SerializeToString())
    while session._hear().WhichOneof("type") != "new_session":
        pass
    wait_until(lambda: "Back to the sample" in session.runs("Data").buttons, "the file is used")


def test_who_brings_a_file_that_is_refused_is_told_why_in_a_sentence(server):
    visitor = Visitor(server).opens()
    session = visitor.session().runs("Data")
    assert {visitor.upload(session.id) for _ in range(LIMITS.session_files)} == {204}
    assert visitor.upload(session.id) == 429
    session.heard = []
    while session._hear().WhichOneof("type") != "script_finished":
        pass
    sentence = f"⚠  A file was not taken. {note('room.too_many_files', most=LIMITS.session_files)}"
    assert [said for said in session.shown if "not taken" in said] == [sentence]
    assert not [said for said in session.runs("Data").shown if "not taken" in said]
