"""What a server holds in each status, of one release, as a small document: assembling, comparing. Pure, no Nova.

Shape of holdings.json: {"nova", "method", "flavors", "not_observed", "holdings": [holding]}; a holding is what
scenarios.holding.observed gives, sorted by status, backing and how it was reached.
"""

from __future__ import annotations

METHOD = (
    "Real Nova in one process, as for the transitions, with the same additions to the fake virt driver. One server is "
    "built on one port, a second volume is attached, and the server is brought to each status by requests; where Nova "
    "is at work, the driver is held in the middle. Then placement's allocations, the project's quota usage, Neutron's "
    "and Cinder's stand-ins, the drivers' guests and the images are looked up, and each host's periodic resource task "
    "is run to see what it counts. `disks_removed` are the hosts whose driver Nova told to remove the local disks."
)
# The flavors of Nova's test fixtures that the scenarios use.
FLAVORS = {
    "before a resize": {"DISK_GB": 1, "MEMORY_MB": 512, "VCPU": 1},
    "after a resize": {"DISK_GB": 20, "MEMORY_MB": 2048, "VCPU": 1},
}
NOT_OBSERVED = [
    "UNKNOWN: the API shows it when the server's cell does not answer; what the server holds stays as it was"
]


def assemble(version: str, records: list[dict]) -> dict:
    """records: what scenarios.holding.collect gives."""
    return {
        "nova": version,
        "method": METHOD,
        "flavors": FLAVORS,
        "not_observed": NOT_OBSERVED,
        "holdings": sorted(records, key=lambda one: (one["status"], one["backing"], one["how"])),
    }


def differences(recorded: dict, seen: dict) -> list[str]:
    """Readable lines: "SHELVED (image, reached by requests): quota is now {...}, was {...}"."""
    before, now = ({_name(one): one for one in document["holdings"]} for document in (recorded, seen))
    lines = []
    for name in sorted(set(before) | set(now)):
        if name not in now or name not in before:
            lines.append(f"{name}: {'now' if name in now else 'no longer'} observed")
            continue
        for key in now[name]:
            if before[name].get(key) != now[name][key]:
                lines.append(f"{name}: {key} is now {now[name][key]}, was {before[name].get(key)}")
    return lines


def _name(one: dict) -> str:
    return f"{one['status']} ({one['backing']}, {one['how']})"
