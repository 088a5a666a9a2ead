"""How codes are chosen: long lists drawn once and kept, and reasons that exclude every other answer. They check nothing."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django import forms
from django.template.loader import render_to_string

MISSING = "missing:"
Options = tuple[tuple[str, str], ...]


class CodeSelect(forms.Select):
    """First what the field says of no answer, then the codes: drawn once for all who have not chosen one yet."""

    template_name = "intake/widgets/code_select.html"
    codes: Callable[[], Options] = tuple

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = forms.Widget.get_context(self, name, value, attrs)
        chosen, offered = str(value or ""), self.codes()
        known = {code for code, _ in offered}
        before = [choice for choice in self.choices if choice[0] not in known]
        context["widget"] |= {
            "chosen": chosen,
            "empty": [choice for choice in before if isinstance(choice[1], str) or not isinstance(choice[1], list)],
            "groups": [choice for choice in before if isinstance(choice[1], list)],
            "codes": offered if chosen in known else (),
            "drawn": "" if chosen in known else drawn(offered),
        }
        return context


class Radios(forms.RadioSelect):
    """Nothing is chosen until somebody chooses: an answer that is empty stands open as any other."""

    def format_value(self, value: Any) -> Any:
        return [] if value is None else super().format_value(value)


class CodeCheckboxes(forms.CheckboxSelectMultiple):
    """A reason why there is no answer takes the other answers out, and they it."""

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **options)
        if str(value).startswith(MISSING):
            option["attrs"]["data-behaviour"] = "exclusive"
        return option


@lru_cache(maxsize=64)
def drawn(offered: Options) -> str:
    """The options of a list of which none is chosen: codes and labels, the same for everybody."""
    return render_to_string("intake/widgets/options.html", {"codes": offered})
