"""Every benchmark: `python -m benchmarks [--quick] [SUBJECT...]`."""

import argparse
from time import perf_counter

from benchmarks import browser, counts, crowd, growth, opening, people, reading, report, rollup, sessions, soak

SIZES, TIMES = (10_000, 100_000, 1_000_000), 7
SUBJECTS = {
    "counts": counts.rows,
    "growth": growth.rows,
    "opening": opening.rows,
    "rollup": rollup.rows,
    "wide": rollup.wide_rows,
    "browser": browser.rows,
    "sessions": sessions.rows,
    "crowd": crowd.many_rows,
    "soak": soak.rows,
    "reading": reading.rows,
    "people": people.rows,
}
QUICK_SIZES, QUICK_TIMES, QUICK = (10_000, 100_000), 3, ("counts", "rollup", "browser")


def main() -> None:
    """Run, print as it goes, write the report. What is quick is only told beside what it was before."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="up to 100,000 respondents, under 3 minutes, no targets")
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=", ".join(SUBJECTS))
    asked = parser.parse_args()
    sizes, times, subjects = (QUICK_SIZES, QUICK_TIMES, QUICK) if asked.quick else (SIZES, TIMES, SUBJECTS)
    about, before, found, spent = report.machine(), report.before(), [], {}
    print(report.HEADER)
    try:
        for subject in asked.subjects or subjects:
            begin = perf_counter()
            for row in SUBJECTS[subject](sizes, times):
                found.append(row._replace(target=None) if asked.quick else row)
                print(report.line(found[-1], before.get(report.key(row))), flush=True)
            spent[subject] = perf_counter() - begin
    finally:
        report.write(found, about | {"took": report.took(spent)}, quick=asked.quick)


if __name__ == "__main__":
    main()
