"""Every benchmark: `python -m benchmarks [--quick] [SUBJECT...]`."""

import argparse

from benchmarks import browser, counts, growth, report, rollup, sessions

SUBJECTS = {
    "counts": counts.rows,
    "rollup": rollup.rows,
    "browser": browser.rows,
    "sessions": sessions.rows,
    "growth": growth.rows,
}
SIZES = {False: (10_000, 100_000, 1_000_000), True: (10_000, 100_000)}


def main() -> None:
    """Run, print as it goes, write the report."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="up to 100,000 respondents, under 3 minutes")
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=", ".join(SUBJECTS))
    asked = parser.parse_args()
    about, found = report.machine(), []
    print(report.HEADER)
    try:
        for subject in asked.subjects or SUBJECTS:
            for row in SUBJECTS[subject](SIZES[asked.quick]):
                found.append(row)
                print(report.line(row, None), flush=True)
    finally:
        report.write(found, about)


if __name__ == "__main__":
    main()
