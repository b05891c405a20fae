"""What the screen Settings shows and changes of the site, in one place."""

from __future__ import annotations

from il2desk.desk.active_protocols import ActiveProtocol, active_protocols
from il2desk.desk.change_site import (
    CHANGE_SITE_FIRST,
    CHANGE_SITE_SECOND,
    SiteDifference,
    SiteSetUp,
    change_site,
    site_differences,
    site_set_up,
)

__all__ = [
    "CHANGE_SITE_FIRST",
    "CHANGE_SITE_SECOND",
    "ActiveProtocol",
    "SiteDifference",
    "SiteSetUp",
    "active_protocols",
    "change_site",
    "site_differences",
    "site_set_up",
]
