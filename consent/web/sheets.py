"""The text that people sign, in a language of their own, to read from a screen or to print; open to everybody.

A sheet is carried around: it has no mark of the site, and no word that says what it is about.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consent import texts


@login_not_required
@require_safe
def languages(request: HttpRequest) -> HttpResponse:
    known = [(texts.BY_LANGUAGE[code], texts.LANGUAGE_NAMES[code]) for code in texts.LANGUAGES]
    return render(request, "consent/sheets.html", {"languages": known})


@login_not_required
@require_safe
def sheet(request: HttpRequest, language: str) -> HttpResponse:
    found = texts.text(texts.CURRENT, language)
    if found is None:
        raise Http404
    *told, answer, questions = texts.sections_of(found.content)
    content = {
        "language": texts.BY_LANGUAGE[language],
        "text": found,
        "title": texts.title_of(found.content),
        "told": told,
        "answer": answer,
        "questions": questions,
    }
    return render(request, "consent/sheet.html", content)
