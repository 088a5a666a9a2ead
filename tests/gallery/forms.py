"""A form with every kind of field that pages use, for the tests of the field templates. It is no part of the site."""

from django import forms

CHOICES = [("a", "Eerste keuze"), ("b", "Tweede keuze")]


class EveryField(forms.Form):
    text = forms.CharField(label="Tekst", help_text="Een uitleg bij het veld", error_messages={"required": "Vul de tekst in"})
    email = forms.EmailField(label="E-mailadres", required=False)
    number = forms.IntegerField(label="Getal", widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}))
    password = forms.CharField(label="Wachtwoord", widget=forms.PasswordInput)
    date = forms.DateField(label="Datum", help_text="Bijvoorbeeld 1-2-2024")
    long_text = forms.CharField(label="Toelichting", widget=forms.Textarea)
    choice = forms.ChoiceField(label="Lijst", choices=[("", ""), ("Groep", CHOICES)])
    radio = forms.ChoiceField(label="Keuze", choices=CHOICES, widget=forms.RadioSelect, help_text="Kies er een")
    boxes = forms.MultipleChoiceField(label="Vinkjes", choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField(label="Ik heb dit gelezen", error_messages={"required": "Zet een vinkje"})
    file = forms.FileField(label="Bestand", help_text="CSV, hoogstens 5 MB")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        self.add_error(None, "Het formulier als geheel klopt niet")
