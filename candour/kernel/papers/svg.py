"""What an SVG in a paper may hold. Pure Python: an issued paper is kept for years and must never run anything."""

from xml.etree import ElementTree  # entities are refused first  # nosec B405

SHAPES = ("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "clipPath", "defs")
ELEMENTS = frozenset((*SHAPES, "text", "tspan", "title", "desc"))
NAMESPACE = "{http://www.w3.org/2000/svg}"


def check_svg(svg: str) -> None:
    """Raise ValueError unless the SVG is well formed and made of shapes and words alone."""
    if "<!" in svg or "<?" in svg:
        raise ValueError("an SVG in a paper holds no declarations")
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314  # nosec B314
    except ElementTree.ParseError as error:
        raise ValueError(f"the SVG of a figure does not read: {error}") from error
    for element in root.iter():
        name = str(element.tag)
        if not name.startswith(NAMESPACE) or name.removeprefix(NAMESPACE) not in ELEMENTS:
            raise ValueError(f"an SVG in a paper may not hold <{name.removeprefix(NAMESPACE)}>")
        for attribute, value in element.attrib.items():
            local = attribute.rsplit("}", 1)[-1].lower()
            if local.startswith("on") or local in {"href", "style", "src"} or "url(" in value.replace("url(#", ""):
                raise ValueError(f"an SVG in a paper may not hold the attribute {local}")
    if root.tag != NAMESPACE + "svg":
        raise ValueError("a figure is an <svg>")
