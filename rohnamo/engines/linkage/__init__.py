"""Whether two records are one person: weigh the evidence, say why, leave doubts to people."""

from rohnamo.engines.linkage.birth import Birth, Precision
from rohnamo.engines.linkage.decide import Decision, Outcome, best
from rohnamo.engines.linkage.reasons import LinkReason
from rohnamo.engines.linkage.weigh import Record, Verdict, Weight, weigh

__all__ = [
    "Birth", "Decision", "LinkReason", "Outcome", "Precision", "Record", "Verdict", "Weight", "best", "weigh",
]  # fmt: skip
