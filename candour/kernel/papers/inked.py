"""A chart of a page as the figure of a paper (pure): what the page’s style sheet colours is written into the drawing."""

import re

from candour.kernel.papers.words import INK, QUIET, RULE

FONT = "Arial, Helvetica, sans-serif"
LINE = 'fill="none" stroke'
BRAND, RED, PLUM = "#0b5c78", "#a8241c", "#47245f"
STYLES = {
    "gr": f'{LINE}="{RULE}" stroke-width="0.6"',
    "ax": f'{LINE}="{QUIET}" stroke-width="1"',
    "mean": f'{LINE}="{QUIET}" stroke-width="1.25"',
    "lim": f'{LINE}="{QUIET}" stroke-width="1.25" stroke-dasharray="6 4"',
    "tgt": f'{LINE}="{PLUM}" stroke-width="1.5" stroke-dasharray="2 3"',
    "base": f'{LINE}="{QUIET}" stroke-width="1" stroke-dasharray="3 3"',
    "ln-thin": f'{LINE}="{BRAND}" stroke-width="1.5" stroke-linejoin="round"',
    "ghost": f'{LINE}="{BRAND}" stroke-width="1.25" stroke-dasharray="4 3"',
    "pt": f'fill="{BRAND}"',
    "pt-sig": f'fill="{RED}" stroke="#ffffff" stroke-width="1.5"',
    "pt-prov": f'fill="#ffffff" stroke="{BRAND}" stroke-width="2"',
    "pt-sig-prov": f'fill="#ffffff" stroke="{RED}" stroke-width="2.5"',
    "a1": 'fill="#b9d3d6"',
    "bar-plan": f'fill="{RULE}"',
    "bar-act": f'fill="{BRAND}"',
    "bar-late": f'fill="{RED}"',
    "t-l": 'font-style="normal"',
    "t-red": 'font-weight="bold"',
    "s-high": 'fill="#e59c94"',
    "s-med": 'fill="#f0c36d"',
    "s-low": 'fill="#a9d3ad"',
    "s-done": 'fill="#97c1d2"',
    "t-w": 'font-weight="bold"',  # on paper the bars are pale, so that all words on them are dark
    "t-e": 'text-anchor="end"',
    "t-m": 'text-anchor="middle"',
    "t-b": 'font-weight="bold"',
}
_CLASS = re.compile(r' class="([^"]*)"')
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def inked(svg: str) -> str:
    """The same drawing, with attributes in place of classes. Raises KeyError for a class that no paper knows."""

    def attributes(found: re.Match[str]) -> str:
        return "".join(f" {STYLES[name]}" for name in found[1].split())

    drawn = _CLASS.sub(attributes, svg)
    drawn = drawn.replace("<text", f'<text font-family="{FONT}" font-size="12" fill="{INK}"')
    drawn = re.sub(r' (?:role|aria-labelledby|focusable)="[^"]*"', "", drawn, count=3)
    drawn = re.sub(r"<(title|desc)[^>]*>.*?</\1>", "", drawn)  # the figure of the paper says both itself
    return _SIZE.sub(r'xmlns="http://www.w3.org/2000/svg" width="\1" height="\2" viewBox="0 0 \1 \2"', drawn, count=1)
