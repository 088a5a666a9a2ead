"""The settings of the tests, with the workload installed and static files left alone; the database and Redis are given."""

from config.settings import test
from config.settings.test import *

INSTALLED_APPS = [*test.INSTALLED_APPS, "tests.workload"]
