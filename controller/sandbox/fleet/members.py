"""Who is in the fleet: one line for each service, with the way its containers log."""

from __future__ import annotations

from dataclasses import dataclass

CORE, PLATFORM = "prod-core", "prod-platform"  # Fargate, and EC2


@dataclass(frozen=True, slots=True)
class Member:
    """A service. ``app`` and ``beside`` name ways of fleet/logging.py; ``family`` defaults to name.

    ``special`` is what happens to it, in the words of fleet/seed.py.
    """

    cluster: str
    name: str
    app: str
    beside: tuple[tuple[str, str], ...] = ()
    desired: int = 2
    daemon: bool = False
    family: str = ""
    special: str = ""


MEMBERS: tuple[Member, ...] = (
    Member(CORE, "storefront-web", "well", (("nginx", "well"),), desired=4),
    Member(CORE, "storefront-api", "unset", (("envoy", "nothing"),), desired=4),
    Member(CORE, "checkout-api", "unset", desired=3, special="fails-and-returns"),
    Member(CORE, "checkout-worker", "blocking"),
    Member(CORE, "payments-gateway", "blocking", special="codedeploy"),
    Member(CORE, "payments-ledger", "well"),
    Member(CORE, "billing-invoices", "unset", special="cloudformation"),
    Member(CORE, "billing-dunning", "nothing", desired=1),
    Member(CORE, "orders-api", "unset", desired=4, special="behind-its-family"),
    Member(CORE, "orders-events", "firelens", (("log_router", "well"),)),
    Member(CORE, "inventory-sync", "create", desired=1),
    Member(CORE, "pricing-engine", "small", desired=3),
    Member(CORE, "catalog-search", "splunk", (("xray-daemon", "nothing"),), desired=3),
    Member(CORE, "catalog-indexer", "firelens", (("log_router", "nothing"),), desired=1),
    Member(CORE, "recommendations", "firelens-key", (("log_router", "unset"),)),
    Member(CORE, "identity-sso", "well", (("envoy", "well"), ("datadog-agent", "nothing"))),
    Member(CORE, "identity-sessions", "nothing", (("envoy", "nothing"),)),
    Member(CORE, "notifications-email", "unset", family="notifications"),
    Member(CORE, "notifications-sms", "unset", family="notifications"),
    Member(CORE, "notifications-push", "unset", family="notifications"),
    Member(CORE, "reviews-api", "lost"),
    Member(CORE, "loyalty-api", "unset", special="scaled-to-zero"),
    Member(CORE, "shipping-rates", "well"),
    Member(CORE, "shipping-labels", "unset", (("migrate", "nothing"),)),
    Member(CORE, "fraud-scoring", "blocking", (("datadog-agent", "well"),), desired=3),
    Member(CORE, "cms-gateway", "well", (("nginx", "nothing"),)),
    Member(PLATFORM, "clickstream-ingest", "json-file", desired=3),
    Member(PLATFORM, "clickstream-etl", "json-file", (("xray-daemon", "json-file"),)),
    Member(PLATFORM, "reports-nightly", "nothing", desired=1),
    Member(PLATFORM, "pdf-renderer", "prefixless"),
    Member(PLATFORM, "image-resizer", "unset", desired=3),
    Member(PLATFORM, "legacy-erp-bridge", "syslog", special="fails-for-ever"),
    Member(PLATFORM, "warehouse-scanner", "well", desired=1),
    Member(PLATFORM, "feature-flags", "blocking"),
    Member(PLATFORM, "internal-admin", "nothing", (("nginx", "nothing"),), desired=1),
    Member(PLATFORM, "partner-sftp", "lost", desired=1),
    Member(PLATFORM, "geo-tiles", "unset", special="inactive-base"),
    Member(PLATFORM, "metrics-agent", "json-file", daemon=True),
    Member(PLATFORM, "node-security-agent", "nothing", daemon=True),
    Member(PLATFORM, "cache-warmer", "well", daemon=True),
)
