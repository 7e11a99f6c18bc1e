"""What the templates show: plain tables worked out of the facts, so that no template has to think."""
