"""How every form is drawn: own field and widget templates instead of Django's.

The markup is in config/templates/_forms and config/templates/django/forms/widgets; no HTML is made here.
"""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    form_template_name = "_forms/form.html"
    field_template_name = "_forms/field.html"
