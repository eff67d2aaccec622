"""Runs the contract's tests, tells how long each took, and ends with `N passed, N failed` (to --counts FILE as JSON too)."""

from __future__ import annotations

import argparse
import json
import sys
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent


class Told(unittest.TextTestResult):
    """Counts what passed, which unittest does not, and prints the seconds of each test."""

    def startTest(self, test):
        self.started = time.monotonic()
        super().startTest(test)

    def addSuccess(self, test):
        self.passed = getattr(self, "passed", 0) + 1
        unittest.TestResult.addSuccess(self, test)
        self.stream.writeln(f"ok ({time.monotonic() - self.started:.1f} s)")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--counts", type=Path)
    arguments.add_argument("--folder", type=Path, default=HERE, help="where the tests are")
    arguments.add_argument("names", nargs="*", help="modules, classes or tests; all without any")
    chosen = arguments.parse_args()
    sys.path[:0] = [str(chosen.folder), str(HERE)]
    loader = unittest.TestLoader()
    suite = loader.loadTestsFromNames(chosen.names) if chosen.names else loader.discover(str(chosen.folder))
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2, resultclass=Told).run(suite)
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    passed = getattr(result, "passed", 0)
    if chosen.counts:
        chosen.counts.write_text(json.dumps({"passed": passed, "failed": failed, "skipped": len(result.skipped)}))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


sys.exit(main())
