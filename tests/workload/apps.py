from django.apps import AppConfig

from jobs import registry


class WorkloadConfig(AppConfig):
    name = "tests.workload"
    label = "workload"

    def ready(self) -> None:
        """Nothing recurs here, so that the rows of the job table can be counted."""
        registry._periodics.clear()
