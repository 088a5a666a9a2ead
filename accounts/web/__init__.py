"""Pages of accounts, and what the pages of all packages use: who makes the request, and which permission a page needs."""

from accounts.web.actors import current_actor
from accounts.web.guards import needs

__all__ = ["current_actor", "needs"]
