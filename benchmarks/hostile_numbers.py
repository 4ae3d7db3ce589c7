"""Time of `mse.numbers.quantities` a character on text made to be slow, at 10 kB, 100 kB and 1 MB.

usage: python benchmarks/hostile_numbers.py

The microseconds a character must stay level from one size to the next; a column that grows is backtracking.
"""

from __future__ import annotations

import time

from mse.numbers import quantities

SIZES = (10_000, 100_000, 1_000_000)
SEEDS = {
    "prose": "各级各部门要认真贯彻落实决策部署，扎实推进高质量发展，",
    "report": "累计完成投资3.7亿元，同比增长7.4%，完成年度计划的23.1%；",
    "digits": "1234567890",
    "zeros": "零",
    "tens": "十一",
    "scales": "万",
    "brackets": "（(",
    "titles": "《",
    "quotes": "“",
    "dashes": "1-",
    "list": "1、",
    "slashes": "1/",
    "dots": "1.",
    "blanks": "1 ",
    "halves": "半",
    "fractions": "分之",
    "units": "元/",
    "persons": "每人",
    "mixed": "一2三.4%五,6分之7又-8～9",
}


def microseconds(seed: str, size: int) -> float:
    text = (seed * (size // len(seed) + 1))[:size]
    began = time.perf_counter()
    quantities(text)
    return (time.perf_counter() - began) / size * 1e6


def main() -> None:
    print(f"{'text':10s}" + "".join(f"{size:>12,d}" for size in SIZES) + "   µs a character")
    for name, seed in SEEDS.items():
        print(f"{name:10s}" + "".join(f"{microseconds(seed, size):12.2f}" for size in SIZES), flush=True)


if __name__ == "__main__":
    main()
