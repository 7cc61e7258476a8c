"""What Lighthouse finds of every page, on a phone as it imagines one: speed, access, good practice, what search engines need.

    PYTHONPATH=tests python tests/lighthouse_scores.py STORE

Prints the scores of each page, of 100, and what costs points; nothing here fails. A page that is the answer to a form is
left out: Lighthouse can only go to an address.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from browsing import CHROMIUM
from live_service import serving
from processes import ROOT
from shown_pages import PAGES

PROGRAM = ROOT / "build" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new" + (" --no-sandbox" if os.geteuid() == 0 else "")
_FULL = 0.9


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    arguments = parser.parse_args()
    print(f"| page | {' | '.join(CATEGORIES)} | what costs points |")
    print(f"|---|{'---:|' * len(CATEGORIES)}---|")
    with serving(arguments.store) as live:
        for shown in PAGES:
            if not shown.draft and shown.status == 200:
                print(_row(shown, _report(f"http://127.0.0.1:{live.port}{shown.path}")), flush=True)


def _report(address):
    command = ["node", PROGRAM, address, "--quiet", "--output=json", f"--only-categories={','.join(CATEGORIES)}"]
    command += ["--output-path=stdout", f"--chrome-flags={FLAGS}"]
    environment = {**os.environ, "CHROME_PATH": str(CHROMIUM)}
    ended = subprocess.run(command, capture_output=True, env=environment, check=False, timeout=180)
    if ended.returncode:
        sys.exit(f"{address}: {ended.stderr.decode(errors='replace')[-500:]}")
    return json.loads(ended.stdout)


def _row(shown, report):
    scores = [f"{report['categories'][name]['score'] * 100:.0f}" for name in CATEGORIES]
    weighty = {
        reference["id"]
        for category in report["categories"].values()
        for reference in category["auditRefs"]
        if reference["weight"]
    }
    faults = [
        f"{name} {audit.get('displayValue', '')}".strip()
        for name, audit in report["audits"].items()
        if name in weighty and audit["score"] is not None and audit["score"] < _FULL
    ]
    return f"| {shown} | {' | '.join(scores)} | {'; '.join(faults)} |"


if __name__ == "__main__":
    main()
