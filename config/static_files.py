"""Which static files are served, and under what names. What the vendored ones are is decided by `make vendor`, not here."""

from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Passkeys need allauth's scripts. The browsable pages of the API framework are not used, so their old scripts stay out.
APPS_WITH_FILES = ("config", "allauth.account", "allauth.mfa")


class ChosenApps(AppDirectoriesFinder):
    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(app_names or APPS_WITH_FILES, *args, **kwargs)


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Names carry the hash of the content, so that browsers may keep the files; imports inside modules are rewritten too."""

    support_js_module_import_aggregation = True
