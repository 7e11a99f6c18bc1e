"""The look of the drawings: shapes for DOT, colours for a drawing that stands alone, and its CSS.

A drawing inside a page has no colours of its own: ``docs/assets/graph.css`` gives them, with the same
`RULES` and the site's tokens. Kinds differ by shape and outline, not by colour alone.
"""

from __future__ import annotations

LIGHT = {
    "bg": "#ffffff",
    "ink": "#1d2730",
    "line": "#5a6875",
    "frame": "#c3ccd5",
    "frame-fill": "#f6f8fa",
    "stable": "#0b6b4f",
    "stable-fill": "#e3f4ee",
    "transitional": "#8a5300",
    "transitional-fill": "#fdf0db",
    "final": "#55606b",
    "final-fill": "#e9edf1",
    "fault": "#b3261e",
    "fault-fill": "#fce8e6",
    "unknown": "#6b3fa0",
    "unknown-fill": "#f0e8f9",
    "action": "#0a5fa8",
    "own": "#8a5300",
}
DARK = {
    "bg": "#10171e",
    "ink": "#e4eaf0",
    "line": "#93a1ae",
    "frame": "#3b4a58",
    "frame-fill": "#161f29",
    "stable": "#6fd6b0",
    "stable-fill": "#11332a",
    "transitional": "#f2bd62",
    "transitional-fill": "#3a2a0d",
    "final": "#b6c1cc",
    "final-fill": "#25303b",
    "fault": "#ff9d94",
    "fault-fill": "#45191a",
    "unknown": "#cfaaf5",
    "unknown-fill": "#2f1f45",
    "action": "#7cc0ff",
    "own": "#f2bd62",
}
KINDS = ("stable", "transitional", "final", "fault", "unknown")


def _shape(kind: str, **shape: str) -> dict[str, str]:
    colours = {"color": LIGHT[kind], "fontcolor": LIGHT[kind], "fillcolor": LIGHT[f"{kind}-fill"]}
    return {**shape, **colours}


DOT_SHAPES = {
    "stable": _shape("stable", shape="box", style="rounded,filled"),
    "transitional": _shape("transitional", shape="ellipse", style="dashed,filled"),
    "final": _shape("final", shape="box", style="filled", peripheries="2"),
    "fault": _shape("fault", shape="octagon", style="filled"),
    "unknown": _shape("unknown", shape="box", style="dotted,filled"),
    "spot": {"shape": "circle", "style": "filled", "color": LIGHT["line"], "fillcolor": LIGHT["line"]},
    "bar": {"shape": "box", "style": "filled", "color": LIGHT["line"], "fillcolor": LIGHT["line"]},
    "note": {"shape": "plaintext", "fontcolor": LIGHT["final"]},
}

RULES = """\
.sg {
  color: var(--sg-ink);
  display: block;
  font-family: var(--md-text-font, system-ui, sans-serif);
}

.sg a {
  color: inherit;
  text-decoration: none;
}

.sg-node {
  stroke-width: 1.5;
}

.sg-node text {
  fill: currentcolor;
  font-weight: 650;
  stroke: none;
}

.sg-stable {
  color: var(--sg-stable);
  fill: var(--sg-stable-fill);
  stroke: var(--sg-stable);
}

.sg-transitional {
  color: var(--sg-transitional);
  fill: var(--sg-transitional-fill);
  stroke: var(--sg-transitional);
}

.sg-final {
  color: var(--sg-final);
  fill: var(--sg-final-fill);
  stroke: var(--sg-final);
}

.sg-fault {
  color: var(--sg-fault);
  fill: var(--sg-fault-fill);
  stroke: var(--sg-fault);
}

.sg-unknown {
  color: var(--sg-unknown);
  fill: var(--sg-unknown-fill);
  stroke: var(--sg-unknown);
}

.sg-spot {
  fill: var(--sg-line);
  stroke: var(--sg-line);
}

.sg-rim {
  fill: none;
}

.sg-spine .sg-shape {
  fill: currentcolor;
  stroke: none;
}

.sg-item .sg-shape {
  fill: transparent;
  stroke: none;
}

.sg-note text {
  fill: var(--sg-muted);
  font-weight: 400;
}

.sg-transitional .sg-shape {
  stroke-dasharray: 5 3;
}

.sg-unknown .sg-shape {
  stroke-dasharray: 1.5 3;
  stroke-linecap: round;
}

.sg-heart .sg-shape {
  fill: currentcolor;
  stroke: var(--sg-stable-fill);
  stroke-dasharray: none;
  stroke-width: 6;
}

.sg-heart.sg-transitional .sg-shape {
  stroke: var(--sg-transitional-fill);
}

.sg-heart.sg-final .sg-shape {
  stroke: var(--sg-final-fill);
}

.sg-heart.sg-fault .sg-shape {
  stroke: var(--sg-fault-fill);
}

.sg-heart.sg-unknown .sg-shape {
  stroke: var(--sg-unknown-fill);
}

.sg-heart .sg-name {
  fill: var(--sg-bg);
  letter-spacing: 0.02em;
}

.sg-frame path {
  fill: var(--sg-frame-fill);
  stroke: var(--sg-frame);
  stroke-width: 1;
}

.sg-edge {
  fill: var(--sg-line);
  stroke: var(--sg-line);
  stroke-width: 1.4;
}

.sg-line {
  fill: none;
}

.sg-head {
  stroke: none;
}

.sg-on .sg-line {
  stroke-dasharray: 2 3;
}

.sg-failure .sg-line {
  stroke-dasharray: 7 4;
}

.sg-failure {
  fill: var(--sg-fault);
  stroke: var(--sg-fault);
}

.sg-edge text {
  fill: var(--sg-action);
  font-size: 12.5px;
  paint-order: stroke;
  stroke: var(--sg-bg);
  stroke-linejoin: round;
  stroke-width: 5px;
}

.sg-edge .sg-internal text,
.sg-edge .sg-periodic text {
  fill: var(--sg-own);
  font-style: italic;
}

.sg-hit {
  fill: transparent;
  stroke: none;
}

.sg-mark circle {
  fill: var(--sg-bg);
  stroke: var(--sg-fault);
  stroke-width: 1.5;
}

.sg-mark text {
  fill: var(--sg-fault);
  font-size: 11px;
  font-weight: 700;
}

.sg a:hover text,
.sg a:focus-visible text {
  text-decoration: underline;
}

.sg a:focus {
  outline: none;
}

.sg a:focus-visible .sg-hit,
.sg a:focus-visible .sg-shape {
  stroke: var(--sg-focus);
  stroke-dasharray: none;
  stroke-width: 3;
}
"""


def standalone() -> str:
    """CSS for a drawing that stands alone: its own colours, light, or dark where the reader prefers it."""
    return f".sg {{{_tokens(LIGHT)}}}\n@media (prefers-color-scheme: dark) {{ .sg {{{_tokens(DARK)}}} }}\n{RULES}"


def _tokens(palette: dict[str, str]) -> str:
    named = {**palette, "muted": palette["final"], "focus": palette["action"]}
    return (
        "background:"
        + palette["bg"]
        + ";"
        + ";".join(f"--sg-{name}:{value}" for name, value in named.items())
    )
