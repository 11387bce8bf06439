"""Exports as a real spreadsheet opens them: LibreOffice, told to evaluate formulas, at three separators."""

import subprocess
from pathlib import Path
from xml.etree import ElementTree

import find_office
import pandas as pd
import pytest
from test_spreadsheets import BLANK, DISARMED, HARMLESS, UNSEEN

from nps.measures.spreadsheets import as_csv

pytestmark = [pytest.mark.office, pytest.mark.timeout(300)]
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
UTF8, QUOTE, EVALUATE = 76, ord('"'), "0,false,true,false,false,false,-1,true"
HIDDEN = [f"{hidden}{sign}1+1" for hidden in (*UNSEEN, *BLANK) for sign in "=+-@"]
CELLS = pd.DataFrame({"who": "p1", "said": [*DISARMED, *HARMLESS, *HIDDEN], "change": -5})
SEPARATORS = pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])


def cells(content: bytes, separator: str, folder: Path) -> list[ElementTree.Element]:
    """The cells of a CSV that LibreOffice has opened, splitting at this sign."""
    path = folder / "export.csv"
    path.write_bytes(content)
    program = find_office.find()
    assert program, "No LibreOffice: `make test-office` installs one"
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "fods"]
    filtered = f"--infilter=CSV:{ord(separator)},{QUOTE},{UTF8},1,,{EVALUATE}"
    subprocess.run([*command, filtered, "--outdir", folder, path], check=True, capture_output=True, timeout=240)
    return list(ElementTree.parse(folder / "export.fods").iter(f"{TABLE}table-cell"))


@SEPARATORS
def test_no_cell_of_an_export_is_a_formula(separator, tmp_path):
    opened = cells(as_csv(CELLS), separator, tmp_path)
    assert len(opened) >= len(CELLS)
    assert [cell.get(f"{TABLE}formula") for cell in opened if cell.get(f"{TABLE}formula")] == []


@SEPARATORS
def test_the_same_cells_as_they_came_hold_formulas(separator, tmp_path):
    raw = CELLS.to_csv(index=False, quoting=2).encode("utf-8-sig", errors="replace")
    assert any(cell.get(f"{TABLE}formula") for cell in cells(raw, separator, tmp_path))


def test_a_negative_number_stays_a_number(tmp_path):
    opened = cells(as_csv(CELLS), ",", tmp_path)
    numbers = [cell.get(f"{OFFICE}value") for cell in opened if cell.get(f"{OFFICE}value-type") == "float"]
    assert numbers.count("-5") == len(CELLS)
