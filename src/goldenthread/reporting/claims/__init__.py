"""The claim check: what a letter or narrative says of a plan, held against the plan itself."""

from goldenthread.reporting.claims.check import check_claims
from goldenthread.reporting.claims.model import Because, Claim, ClaimCheck, Unmentioned, Verdict

__all__ = ["Because", "Claim", "ClaimCheck", "Unmentioned", "Verdict", "check_claims"]
