"""The pure parts of the holdings: sorting and comparing."""

from evidence import holdings


def holding(status="ACTIVE", **more):
    return {"status": status, "backing": "image", "how": "reached by requests", "quota": {"cores": 1}, **more}


def test_holdings_are_sorted_by_status():
    document = holdings.assemble("34.0.0", [holding("SHUTOFF"), holding("ACTIVE")])
    assert [one["status"] for one in document["holdings"]] == ["ACTIVE", "SHUTOFF"]


def test_differences_name_the_status_and_what_changed():
    known = holdings.assemble("34.0.0", [holding(), holding("SHUTOFF")])
    seen = holdings.assemble("34.0.0", [holding(quota={"cores": 0}), holding("PAUSED")])
    assert holdings.differences(known, seen) == [
        "ACTIVE (image, reached by requests): quota is now {'cores': 0}, was {'cores': 1}",
        "PAUSED (image, reached by requests): now observed",
        "SHUTOFF (image, reached by requests): no longer observed",
    ]
