"""A drawing of how long answers take as more people work, for docs/performance.md (pure)."""

from collections.abc import Mapping, Sequence

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 300, 60, 250, 30
TONES = ("#1d70b8", "#912b88", "#00703c", "#d4351c")


def growth(title: str, lines: Mapping[str, Sequence[tuple[int, float]]]) -> str:
    """An SVG of lines by name, each of (people, milliseconds)."""
    most = max(took for line in lines.values() for _, took in line)
    people = sorted({count for line in lines.values() for count, _ in line})
    across = (WIDTH - LEFT - 150) / max(people)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif"'
        f' font-size="12"><title>{title}</title><rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
        f'<text x="{LEFT}" y="18" font-weight="bold">{title}</text>'
    ]
    for share in (0, 0.25, 0.5, 0.75, 1):
        y = BOTTOM - share * (BOTTOM - TOP)
        parts.append(f'<path d="M{LEFT} {y:.0f}H{WIDTH - 150}" stroke="#cecece"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y + 4:.0f}" text-anchor="end">{most * share:,.0f}</text>')
    for count in people:
        parts.append(f'<text x="{LEFT + count * across:.0f}" y="{BOTTOM + 18}" text-anchor="middle">{count}</text>')
    parts.append(f'<text x="{LEFT}" y="{BOTTOM + 36}">people at once; milliseconds</text>')
    for number, (name, line) in enumerate(lines.items()):
        tone = TONES[number % len(TONES)]
        points = [(LEFT + count * across, BOTTOM - took / most * (BOTTOM - TOP)) for count, took in line]
        drawn = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        parts.append(f'<polyline points="{drawn}" fill="none" stroke="{tone}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="{tone}"/>' for x, y in points]
        parts.append(f'<text x="{WIDTH - 140}" y="{TOP + 20 + 18 * number}" fill="{tone}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
