"""How long reading a plan takes: python benchmarks/reading.py [FILE]"""

from __future__ import annotations

import sys
from pathlib import Path

from timing import machine, measure

from goldenthread.documents import read_document
from goldenthread.examples import example_plan_path
from goldenthread.plan.canonical import canonical_json, plan_from_json
from goldenthread.reading import read_plan


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else example_plan_path()
    document = read_document(path)
    plan = read_plan(document)
    text = canonical_json(plan)
    print(machine())
    print(measure(f"open {path.name}", lambda: read_document(path)))
    print(measure("read the plan in it", lambda: read_plan(document)))
    print(measure("write canonical JSON", lambda: canonical_json(plan)))
    print(measure("read canonical JSON", lambda: plan_from_json(text)))


if __name__ == "__main__":
    main()
