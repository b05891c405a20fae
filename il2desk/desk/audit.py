"""The audit trail: everything that others may use of it, in one place."""

from __future__ import annotations

from il2desk.desk.audit_chain import ChainProgress, broken_words, chain_work, take_chain
from il2desk.desk.audit_export import Exported, audit_csv, export_audit, export_refusal
from il2desk.desk.audit_trail import (
    PAGE,
    AuditFilter,
    AuditLine,
    AuditPart,
    audit_filter,
    audit_in_parts,
)
from il2desk.desk.entry_fields import entry_fields
from il2desk.desk.entry_words import FAMILIES
from il2desk.records import ChainReport

__all__ = [
    "FAMILIES",
    "PAGE",
    "AuditFilter",
    "AuditLine",
    "AuditPart",
    "ChainProgress",
    "ChainReport",
    "Exported",
    "audit_csv",
    "audit_filter",
    "audit_in_parts",
    "broken_words",
    "chain_work",
    "entry_fields",
    "export_audit",
    "export_refusal",
    "take_chain",
]
