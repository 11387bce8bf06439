"""What is kept beside the tables of a reading: all of it or a refusal, in codes, and nobody's password."""

import json
from pathlib import Path

import builders
import pandas as pd
import pytest

import nps
from nps import intake, lens, sources
from nps.engines import Connection, Stored
from nps.intake.manifest import Manifest, Origin, mark, of_files, of_stored
from nps.notes import note

A = Manifest(
    pd.Timestamp("2026-03-01 12:00:00.000001"),
    "normalised",
    (note("scores.out_of_range", n=2, low=1, high=10), note("quoted", name="Größe")),
    {"usage": {"feature": "Event", "minutes": None}, "keys": "normalised"},
    {"responses": {"person_id": "user", "score": "Q1", "comment": None}},
    {"responses": [Origin("märz.csv", "ab12")], "usage": [Origin("a.csv", "1"), Origin("b.csv", "2")]},
    30,
)


def landed(folder: Path, answers: str = "person,score\na,9\nb,3\n", **mapping) -> Path:
    given = {"responses": builders.write(folder, answers, "answers.csv")}
    given["usage"] = builders.write(
        folder, "person,feature,at\nz,Search,2026-02-01\na,Search,2026-02-01\n", "usage.csv"
    )
    with sources.connect() as (con, scratch):
        intake.land(given, {"responses": mapping}, con, scratch).write(folder / "landed")
    return folder / "landed"


def changed(folder: Path, **values: object) -> None:
    """Its manifest, with other values."""
    place = folder / "manifest.json"
    place.write_text(json.dumps(json.loads(place.read_text()) | values))


def test_a_manifest_comes_back_as_it_was_written(tmp_path):
    A.write(tmp_path)
    assert Manifest.read(tmp_path) == A


def test_what_is_written_is_codes(tmp_path):
    folder = landed(tmp_path)
    told = (folder / "manifest.json").read_text()
    panel = lens.panel_of_folder(folder)
    assert panel.notes
    assert not [each for each in panel.notes if str(each) in told]
    assert [each.code for each in panel.notes if each.code not in told] == []


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_another_version_is_refused(version, tmp_path):
    folder = landed(tmp_path)
    changed(folder, version=version)
    with pytest.raises(nps.InputError) as refused:
        lens.panel_of_folder(folder)
    assert refused.value.code == "reading.other_version"


def test_tables_of_before_there_were_manifests_are_refused(tmp_path):
    folder = landed(tmp_path)
    (folder / "manifest.json").rename(folder / "notes.json")
    with pytest.raises(nps.InputError) as refused:
        lens.panel_of_folder(folder)
    assert refused.value.code == "reading.damaged"


@pytest.mark.parametrize("name", ["manifest.json", "responses.parquet", "rejected.parquet", "report.parquet"])
def test_a_file_that_is_cut_off_or_gone_is_refused(name, tmp_path):
    folder = landed(tmp_path)
    for damage in (lambda path: path.write_bytes(path.read_bytes()[:-9]), Path.unlink):
        damage(folder / name)
        with pytest.raises(nps.InputError) as refused:
            lens.panel_of_folder(folder)
        assert refused.value.code == "reading.damaged"


def test_how_files_were_read_can_be_said_again(tmp_path):
    """What was recognised goes in as a mapping, and the same comes out."""
    folder = landed(tmp_path, "who,answer\na,9\nb,3\n", person_id="who", score="answer")
    again = nps.load(tmp_path / "answers.csv", mapping=Manifest.read(folder).readings)
    assert again.answers["score"].tolist() == lens.panel_of_folder(folder).answers["score"].tolist() == [9, 3]


def test_files_are_known_by_their_bytes(tmp_path):
    files = [builders.write(tmp_path, text, name) for name, text in (("a.csv", "abc"), ("b.csv", ""))]
    told = sources.Named(files[0], "march.csv", "known")
    abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2, appendix B.1
    assert of_files(files[0]) == [Origin("a.csv", abc)]
    assert of_files([told, files[1]])[0] == Origin("march.csv", "known")
    assert of_files(tmp_path) == of_files(files)


def test_a_mark_tells_bytes_and_ways_of_reading_apart_and_nothing_else():
    one, same, other = Origin("a.csv", "1"), Origin("b.csv", "1"), Origin("c.csv", "2")
    alone = mark({"responses": [one]}, {})
    assert mark({"responses": [same]}, {}) == alone
    assert mark({"responses": [one, other]}, {}) == mark({"responses": [other, one]}, {})
    apart = [
        mark({"responses": [other]}, {}),
        mark({"usage": [one]}, {}),
        mark({"responses": [one]}, {"responses": {"score": "Q1"}}),
        mark({"responses": [one, other]}, {}),
        mark({"responses": [same, other]}, {}),
    ]
    assert len({alone, *apart}) == 6
    assert (
        alone == "0938618cdf7eea395c8342554cbafdacd536445be8e5a07e6af0900d5e45819b"
    )  # links to uploads hold its beginning


def test_a_database_is_known_by_its_place_and_never_by_its_password():
    where = {"engine": "postgres", "host": "db.example.com", "username": "nps"}
    (one,), (same,), (other,) = (
        of_stored(Stored(Connection(**where, password=password, options=(("token", password),)), table))
        for password, table in (("s3cret", "answers"), ("changed", "answers"), ("s3cret", "uses"))
    )
    assert one == same
    assert one.sha256 != other.sha256
    assert one.name == "answers"
