"""The models of this package by their names; which module holds one is nobody's business but Django's."""

from reports.models.aggregates import AggregateDecision, AggregateDelivery, AggregateNote, AggregateValue
from reports.models.deliveries import FigureDelivery
from reports.models.estimates import EstimateRun
from reports.models.extracts import Extract, ExtractFile, ExtractLink, ExtractStep, ExtractTold
from reports.models.figures import Edition, EditionAudit, EditionStep, ExactCell, Freeze, FrozenInput, PersonYear, Progress
from reports.models.releases import LedgerEntry

__all__ = [
    "AggregateDecision",
    "AggregateDelivery",
    "AggregateNote",
    "AggregateValue",
    "Edition",
    "EditionAudit",
    "EditionStep",
    "EstimateRun",
    "ExactCell",
    "Extract",
    "ExtractFile",
    "ExtractLink",
    "ExtractStep",
    "ExtractTold",
    "FigureDelivery",
    "Freeze",
    "FrozenInput",
    "LedgerEntry",
    "PersonYear",
    "Progress",
]
