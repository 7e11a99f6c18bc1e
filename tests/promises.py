"""What v1 of the machine contract has promised: every field with its type. Run it to promise new fields too."""

from __future__ import annotations

from typing import Any

from published import DATASET, ROOT, read

PROMISES = ROOT / "tests" / "data" / "contract-v1.txt"


def promised() -> set[str]:
    """The lines that were recorded."""
    return {*PROMISES.read_text("utf-8").splitlines()} if PROMISES.exists() else set()


def kept(dataset: dict[str, Any]) -> set[str]:
    """The lines that the schema keeps: ``Entry.field: type``, for fields that are always there."""
    return {
        f"{entry}.{field}: {_type(shape['properties'][field])}"
        for entry, shape in dataset["$defs"].items()
        for field in shape.get("required", [])
    }


def _type(part: dict[str, Any]) -> str:
    if "$ref" in part:
        return part["$ref"].removeprefix("#/$defs/")
    if "anyOf" in part:
        return " | ".join(sorted(map(_type, part["anyOf"])))
    if "const" in part:
        return repr(part["const"])
    if "enum" in part:
        return "/".join(map(str, part["enum"]))
    if part.get("type") == "array":
        return f"[{_type(part['items'])}]"
    if isinstance(part.get("additionalProperties"), dict):
        return f"{{{_type(part['additionalProperties'])}}}"
    return str(part.get("type", "anything"))


if __name__ == "__main__":
    PROMISES.write_text("".join(f"{line}\n" for line in sorted(promised() | kept(read(DATASET)))), "utf-8")
