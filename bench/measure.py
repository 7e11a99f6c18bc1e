"""What the site costs a reader and a builder: Lighthouse scores, bytes over the wire, build time.

Prints a table; exit code 1 when a bar of DESIGN.md section 7 is missed.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import build_site
import export_site
import page_kinds
from find_chromium import FLAGS, chromium
from serve_static import serving
from set_up_node import NODE, environment

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LIGHTHOUSE = Path(__file__).parent / "node_modules" / "lighthouse" / "cli" / "index.js"
BYTES_AT_MOST = 100 * 1024
RATIO_AT_MOST = 1.3
RUNS = 3
PAIRS = 5
SLOW = 1000  # below this benchmarkIndex Lighthouse itself warns that the machine costs points
SITE = Path("site")


def lighthouse(address: str) -> dict:
    """Lighthouse's report on one page, as a phone on a slow line sees it (its own default)."""
    flags = f"--chrome-flags=--headless=new {' '.join(FLAGS)}"
    command = [NODE, LIGHTHOUSE, address, "--quiet", "--output=json", flags]
    env = {**environment(), "CHROME_PATH": chromium() or ""}
    return json.loads(subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout)


def median(reports: list[dict]) -> dict:
    """The report with the median performance: a single run moves by some points with what else the machine does."""
    return sorted(reports, key=lambda report: scores(report)[0])[len(reports) // 2]


def scores(report: dict) -> list[int]:
    """The scores of the four categories, 0 to 100."""
    return [round(100 * (report["categories"][name]["score"] or 0)) for name in CATEGORIES]


def wire_bytes(report: dict) -> int:
    """The bytes of all that the page fetched, as they went over the wire."""
    return sum(item["transferSize"] for item in report["audits"]["network-requests"]["details"]["items"])


def speed(report: dict) -> float:
    """How fast Lighthouse found this machine to be, its benchmarkIndex."""
    return report["environment"]["benchmarkIndex"]


def faults(report: dict) -> list[str]:
    """The audits that cost points."""
    weighty = {
        ref["id"] for name in CATEGORIES for ref in report["categories"][name]["auditRefs"] if ref["weight"]
    }
    audits = ((name, report["audits"][name]) for name in sorted(weighty))
    return [
        f"{name} {audit['score']:.2f} {audit.get('displayValue', '')}".strip()
        for name, audit in audits
        if audit["score"] is not None and audit["score"] < 1
    ]


def measure_pages() -> bool:
    """Print a line for each kind of page, the median of its runs; whether all bars are met."""
    good, speeds = True, []
    print(f"{'page':28} {'perf':>5} {'a11y':>5} {'best':>5} {'seo':>5} {'KB':>7}  perf of each run")
    addresses = [address for kind, address in page_kinds.kinds(SITE).items() if kind != "not found"]
    with serving(SITE) as origin:
        for address in addresses:
            reports = [lighthouse(origin + address) for _ in range(RUNS)]
            report = median(reports)
            found, size = scores(report), wire_bytes(report)
            every = ", ".join(str(scores(each)[0]) for each in reports)
            print(f"{address:28} {' '.join(f'{score:5}' for score in found)} {size / 1024:7.1f}  {every}")
            for fault in faults(report):
                print(f"    {fault}")
            good &= min(found) == 100 and size <= BYTES_AT_MOST
            speeds += map(speed, reports)
    slowest = min(speeds)
    print(f"benchmarkIndex of the runs: {slowest:.0f} to {max(speeds):.0f}")
    if slowest < SLOW:
        print(
            f"    below {SLOW}, Lighthouse warns, this machine costs points that the page has: ask again elsewhere"
        )
    return good


def seconds(command: list[str], folder: Path) -> float:
    """How long a command takes, with Python's modules kept compiled, as it does by itself."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begin = time.perf_counter()
    subprocess.run(command, cwd=folder, env=env, check=True, capture_output=True)
    return time.perf_counter() - begin


def measure_builds() -> bool:
    """Print how much longer our build takes than mkdocs-material's on the same Markdown; whether that is little."""
    with tempfile.TemporaryDirectory() as name:
        bare, out = Path(name) / "bare", str(Path(name) / "out")
        assert export_site.export(bare) == 0
        shutil.rmtree(bare / "overrides", ignore_errors=True)
        (bare / "mkdocs.yml").write_text("site_name: bare\ntheme: material\n" + extensions(), "utf-8")
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", out]
        pairs = [(seconds(mkdocs, Path.cwd()), seconds(mkdocs, bare)) for _ in range(PAIRS)]
    ratio = statistics.median(ours / theirs for ours, theirs in pairs)
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(
        f"build {ours:.1f} s, bare mkdocs-material {theirs:.1f} s, median ratio {ratio:.2f} of {PAIRS} pairs"
    )
    return ratio <= RATIO_AT_MOST


def extensions() -> str:
    """The Markdown extensions of ``mkdocs.yml``: without them it would not be the same Markdown."""
    text = Path("mkdocs.yml").read_text("utf-8")
    start = text.index("markdown_extensions:")
    return text[start : text.index("\n\n", start)] + "\n"


if __name__ == "__main__":
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    if build_site.build(SITE):
        sys.exit(1)
    sys.exit(0 if all([measure_pages(), measure_builds()]) else 1)
