"""All topics of the harvest, in the order in which they are read."""

from __future__ import annotations

from . import drivers, guards, official_texts, options, policies, responses, states, support_matrix

TOPICS = (
    states.STATE_MAP,
    states.STATES,
    support_matrix.TOPIC,
    drivers.TOPIC,
    guards.TOPIC,
    responses.TOPIC,
    policies.TOPIC,
    options.TOPIC,
    official_texts.TOPIC,
)
