"""Imports every module, so that Django finds the models; re-exports nothing (the firewall contract rests on it)."""

import intake.models.anonymous_signal
import intake.models.attachment
import intake.models.batch
import intake.models.change
import intake.models.contribution
import intake.models.decision
import intake.models.draft
import intake.models.dropped_file
import intake.models.ending
import intake.models.history
import intake.models.idempotency
import intake.models.identity
import intake.models.letter
import intake.models.matching
import intake.models.person_event
import intake.models.portion
import intake.models.provenance
import intake.models.restriction
import intake.models.retention
import intake.models.rights
import intake.models.stub
import intake.models.unlock
import intake.models.use
import intake.models.visitors  # noqa: F401
