"""The validators of the standards: their own schemas, and their own libraries where they are installed.

The schemas are no part of this repository: STANDARDS names the folder that holds them; without it a folder "schemas" is
looked for in the folders beside the checkout.
"""

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

BESIDE = sorted(Path(__file__).resolve().parents[3].glob("*/schemas/ocds-1.1.5"))
FOLDER = Path(os.environ.get("STANDARDS") or (BESIDE[0].parent if BESIDE else "schemas"))
OCDS, GIVING = FOLDER / "ocds-1.1.5" / "schema", FOLDER / "360giving"
SECTIONS = ("releases", "records", "grants")


def _need(folder: Path) -> None:
    if not folder.is_dir():
        pytest.skip(f"the schemas of the standard are not in {folder}: set STANDARDS to the folder that holds them")
    pytest.importorskip("jsonschema", reason="jsonschema is not installed: it comes with the development requirements")


def _read(path: Path) -> Any:
    return json.loads(path.read_text())


def ocds_errors(package: dict[str, Any]) -> list[str]:
    """What the schema of the package finds wrong, each with its place. Closed codelists are looked at too."""
    _need(OCDS)
    import jsonschema
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT4

    kind = "record" if "records" in package else "release"
    schemas = {name: _read(OCDS / f"{name}.json") for name in ("release-schema", f"{kind}-package-schema")}
    at = "https://standard.open-contracting.org/schema/1__1__5/release-schema.json"
    versioned = "https://standard.open-contracting.org/schema/1__1__5/versioned-release-validation-schema.json"
    held = {
        at: schemas["release-schema"],
        versioned: _read(OCDS / "versioned-release-validation-schema.json"),
    }
    registry: Any = Registry().with_resources(
        (name, Resource(contents=schema, specification=DRAFT4)) for name, schema in held.items()
    )
    checker = jsonschema.FormatChecker(formats=("date-time", "uri"))
    validator = jsonschema.Draft4Validator(schemas[f"{kind}-package-schema"], registry=registry, format_checker=checker)
    return sorted(
        f"{'/'.join(map(str, one.absolute_path))}: {one.message[:200]}" for one in validator.iter_errors(package)
    )


def giving_errors(package: dict[str, Any]) -> list[str]:
    """What the 360Giving package schema finds wrong, each with its place."""
    _need(GIVING)
    import jsonschema
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012

    grant, whole = (_read(GIVING / "schema" / f"360-giving-{name}.json") for name in ("schema", "package-schema"))
    names = {grant["$id"], whole["properties"]["grants"]["items"]["$ref"]}
    registry: Any = Registry().with_resources(
        (name, Resource(contents=grant, specification=DRAFT202012)) for name in names
    )
    validator = jsonschema.Draft202012Validator(whole, registry=registry, format_checker=jsonschema.FormatChecker())
    return sorted(
        f"{'/'.join(map(str, one.absolute_path))}: {one.message[:200]}" for one in validator.iter_errors(package)
    )


def giving_titles() -> dict[str, str]:
    """Title of a column by its place in a grant, as the schema names its fields."""
    _need(GIVING)
    schema = _read(GIVING / "schema" / "360-giving-schema.json")
    found = {}
    for name, field in schema["properties"].items():
        found[name] = field.get("title", name)
        inner = field.get("items", {}).get("$ref", "").rpartition("/")[2]
        for each, one in schema["$defs"].get(inner, {}).get("properties", {}).items():
            found[f"{name}/{each}"] = f"{found[name]}:{one.get('title', each)}"
    return found


def reviewed(package: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What libcoveocds finds in a package: its schema, its codelists and its own checks, without the network."""
    _need(OCDS)
    pytest.importorskip(
        "libcoveocds", reason="libcoveocds is not installed: it comes with the development requirements"
    )
    from libcoveocds.api import ocds_json_output
    from libcoveocds.config import LibCoveOCDSConfig

    held = folder / "standard.zip"
    with zipfile.ZipFile(held, "w") as out:
        out.writestr("standard-1__1__5/", "")
        for path in sorted(OCDS.rglob("*")):
            if path.is_file():
                text = path.read_text()
                if (
                    path.name == "record-package-schema.json"
                ):  # no record here has versions: their schema is on the network
                    schema = json.loads(text)
                    schema["definitions"]["record"]["properties"]["versionedRelease"] = {"type": "object"}
                    text = json.dumps(schema)
                out.writestr(f"standard-1__1__5/schema/{path.relative_to(OCDS)}", text)
    config = LibCoveOCDSConfig({"standard_zip": held.as_uri(), "context": "api"})
    return dict(ocds_json_output(json_data=package, lib_cove_ocds_config=config, record_pkg="records" in package))
