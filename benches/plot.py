#!/usr/bin/env python3
"""Draws benches/plots/*.svg from what is in benches/plots/*.csv, and says how fast each line grows at its end: 1 is
linear. `cargo run --release --bin growth` prints growth.csv, and benches/rivals, with the argument `plots`, beside.csv."""

import csv
import math
from collections import defaultdict
from html import escape
from pathlib import Path

PLOTS = Path(__file__).resolve().parent / "plots"
WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 60, 52
# Told apart by everybody.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00")

# Title, what is along x, what is along y.
TITLES = {
    "encrypt": ("Make a backup", "keys", "milliseconds"),
    "verify": ("Verify a backup", "keys", "milliseconds"),
    "open": ("Open a backup", "keys", "milliseconds"),
    "size": ("Size of a backup", "keys", "kilobytes"),
    "decryption": ("Decryption shares of one statement, threshold above two thirds", "members", "milliseconds"),
    "dealing": ("Generation of two keys, threshold above two thirds", "members", "milliseconds"),
    "dealing-size": ("Size of a dealing of two keys", "members", "kilobytes"),
    "audit": ("Audit of a network, backups of 11 keys", "nodes", "milliseconds"),
    "beside-make": ("Encrypt key shares", "keys", "milliseconds"),
    "beside-verify": ("Verify encrypted key shares", "keys", "milliseconds"),
    "beside-recover": ("Combine seven decryption shares and open", "keys", "milliseconds"),
    "beside-size": ("Size of encrypted key shares", "keys", "kilobytes"),
    "beside-dealing-make": ("Deal one key", "recipients", "milliseconds"),
    "beside-dealing-verify": ("Verify a dealing of one key", "recipients", "milliseconds"),
    "beside-dealing-size": ("Size of a dealing of one key", "recipients", "kilobytes"),
}


def read(path: Path) -> dict[str, dict[str, list[tuple[float, float]]]]:
    """Plot, series, points."""
    plots = defaultdict(lambda: defaultdict(list))
    with path.open() as lines:
        for row in csv.reader(list(lines)[1:]):
            # A series may have commas in its name.
            plots[row[0]][",".join(row[1:-2])].append((float(row[-2]), float(row[-1])))
    return plots


def round_step(greatest: float) -> float:
    """A step of 1, 2 or 5 times a power of ten that divides an axis in at most ten."""
    power = 10 ** math.floor(math.log10(greatest / 10))
    return next(step for n in (1, 2, 5, 10) if greatest / (step := n * power) <= 10)


class Axis:
    """From zero to a round end, on so many pixels."""

    def __init__(self, values: list[float], start: float, length: float):
        self.step = round_step(max(values))
        self.count = math.ceil(max(values) / self.step)
        self.start, self.length = start, length

    def at(self, value: float) -> float:
        return self.start + self.length * value / (self.count * self.step)

    def ticks(self) -> list[tuple[float, str]]:
        return [(self.at(n * self.step), f"{n * self.step:g}") for n in range(self.count + 1)]


def text(x: float, y: float, words: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" {more}>{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, colour: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"/>'


def frame(x: Axis, y: Axis, labels: tuple[str, str, str]) -> list[str]:
    """The title, the grid and the axes with their labels."""
    title, along_x, along_y = labels
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    middle = TOP + (bottom - TOP) / 2
    parts = [text(LEFT, 24, title, 'font-size="16"')]
    for at, label in x.ticks():
        parts += [line(at, bottom, at, TOP, "#ddd"), text(at, bottom + 18, label, 'text-anchor="middle"')]
    for at, label in y.ticks():
        parts += [line(LEFT, at, right, at, "#ddd"), text(LEFT - 8, at + 4, label, 'text-anchor="end"')]
    parts += [line(LEFT, bottom, right, bottom, "#333"), line(LEFT, bottom, LEFT, TOP, "#333")]
    parts.append(text(LEFT + (right - LEFT) / 2, HEIGHT - 12, along_x, 'text-anchor="middle"'))
    parts.append(text(18, middle, along_y, f'text-anchor="middle" transform="rotate(-90 18 {middle:.1f})"'))
    return parts


def curve(points: list[tuple[float, float]], x: Axis, y: Axis, colour: str) -> list[str]:
    places = [(x.at(a), y.at(b)) for a, b in points]
    joined = " ".join(f"{a:.1f},{b:.1f}" for a, b in places)
    dots = [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in places]
    return [f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2"/>', *dots]


def legend(names: list[str]) -> list[str]:
    parts = []
    for column, (name, colour) in enumerate(zip(names, COLOURS)):
        at = LEFT + 150 * column
        parts += [f'<rect x="{at}" y="36" width="12" height="10" fill="{colour}"/>', text(at + 18, 46, name)]
    return parts


def draw(series: dict[str, list[tuple[float, float]]], labels: tuple[str, str, str]) -> str:
    everything = [point for points in series.values() for point in points]
    x = Axis([a for a, _ in everything], LEFT, WIDTH - RIGHT - LEFT)
    y = Axis([b for _, b in everything], HEIGHT - BOTTOM, TOP + BOTTOM - HEIGHT)
    lines = [part for points, colour in zip(series.values(), COLOURS) for part in curve(points, x, y, colour)]
    parts = [*frame(x, y, labels), *lines, *legend(list(series))]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
    return "\n".join([f'{head} font-size="13">', '<rect width="100%" height="100%" fill="white"/>', *parts, "</svg>\n"])


def growth(points: list[tuple[float, float]]) -> float:
    """The exponent of growth between the middle and the end."""
    (x1, y1), (x2, y2) = points[len(points) // 2], points[-1]
    return math.log(y2 / y1) / math.log(x2 / x1)


for name, series in (read(PLOTS / "growth.csv") | read(PLOTS / "beside.csv")).items():
    (PLOTS / f"{name}.svg").write_text(draw(series, TITLES[name]))
    for label, points in series.items():
        print(f"{name:22} {label:24} grows with the power {growth(points):.2f}")
