"""What the work amounts to: frameworks, indicators, counting by declared rules, approval."""
