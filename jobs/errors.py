"""What can go wrong with durable work itself. Failures of a handler are stored on its job row, not raised."""


class JobsError(Exception):
    """A fault in how work was recorded or run; the sentence may be read by a person."""


class UnknownKindError(JobsError):
    def __init__(self, kind: str) -> None:
        super().__init__(f"No handler is registered for the kind of work '{kind}'; add one to a tasks.py.")


class OutsideTransactionError(JobsError):
    def __init__(self) -> None:
        super().__init__("Work is recorded inside the transaction of the change that asks for it: open transaction.atomic().")


class LeaseLostError(JobsError):
    def __init__(self) -> None:
        super().__init__("Another process has taken this job over; what was done here is rolled back.")
