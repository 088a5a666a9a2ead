"""Addresses of intake: reporters' pages and interface, and the desk where links are reviewed; each where its role serves it."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from intake.web import (
    batches,
    confirmations,
    corrections,
    drafts,
    duties,
    grants,
    letters,
    notifications,
    public_links,
    rectifications,
    reports,
    retention,
    review,
    review_links,
    review_person,
    review_quality,
    rights,
    rights_search,
    sections,
    slips,
    unlocks,
)
from intake.web.links import also_by_link
from intake.web.public_urls import VISITORS

app_name = "intake"

# The form of a report, for members of an organisation and for the holder of a link by mail.
FORM: list[URLPattern | URLResolver] = [
    path("notifications/new", also_by_link(drafts.notification_new, instead=public_links.begin), name="notification-new"),
    path("notifications/new/<uuid:draft>", also_by_link(drafts.draft), name="draft"),
    path("notifications/new/<uuid:draft>/check", also_by_link(sections.check), name="draft-check"),
    path("notifications/new/<uuid:draft>/delete", also_by_link(drafts.draft_delete), name="draft-delete"),
    path("notifications/new/<uuid:draft>/persons", also_by_link(drafts.person_add), name="draft-person-add"),
    path("notifications/new/<uuid:draft>/<uuid:part>/remove", also_by_link(drafts.person_remove), name="draft-person-remove"),
    path(
        "notifications/new/<uuid:draft>/<uuid:part>/files/<uuid:file>",
        also_by_link(sections.file_remove),
        name="draft-file-remove",
    ),
    path("notifications/new/<uuid:draft>/<uuid:part>/<slug:name>", also_by_link(sections.section), name="draft-section"),
    path(
        "notifications/new/<uuid:draft>/<uuid:part>/<slug:name>/save",
        also_by_link(sections.section_save),
        name="draft-section-save",
    ),
    path("notifications/<str:reference>/slip", also_by_link(slips.slips), name="slips"),
    path("notifications/<str:reference>", also_by_link(notifications.receipt, instead=public_links.received), name="receipt"),
]

# What reporters and feeds use; its process can seal and cannot open.
REPORTERS: list[URLPattern | URLResolver] = [
    path("notifications", reports.own_reports_list, name="own-reports"),
    path("notifications/<str:reference>/report", reports.report, name="report"),
    path("notifications/<str:reference>/correct", corrections.correct, name="report-correct"),
    path("notifications/<str:reference>/correct/codes", corrections.correct_codes, name="report-correct-codes"),
    path("notifications/<str:reference>/correct/person", corrections.correct_person, name="report-correct-person"),
    path("notifications/<str:reference>/supplement", corrections.supplement, name="report-supplement"),
    path("notifications/<str:reference>/confirm", confirmations.confirm, name="report-confirm"),
    path("notifications/<str:reference>/reply", reports.reply, name="report-reply"),
    path("notifications/<str:reference>/withdraw", reports.withdraw, name="report-withdraw"),
    path("batches", batches.batches, name="batches"),
    path("batches/new", batches.batch_new, name="batch-new"),
    path("batches/template", batches.batch_template, name="batch-template"),
    path("batches/template/workbook", batches.batch_template_workbook, name="batch-template-workbook"),
    path("batches/columns", batches.batch_columns, name="batch-columns"),
    path("batches/<uuid:batch>", batches.batch, name="batch"),
    path("batches/<uuid:batch>/progress", batches.batch_progress, name="batch-progress"),
    path("batches/<uuid:batch>/errors", batches.batch_errors, name="batch-errors"),
    path("batches/<uuid:batch>/report", batches.batch_report, name="batch-report"),
    path("batches/<uuid:batch>/pause", batches.batch_pause, name="batch-pause"),
    path("batches/<uuid:batch>/resume", batches.batch_resume, name="batch-resume"),
    path("batches/<uuid:batch>/confirm", batches.batch_confirm, name="batch-confirm"),
    path("batches/<uuid:batch>/cancel", batches.batch_cancel, name="batch-cancel"),
    path("api/v1/", include("intake.api.urls")),
]

# What the registry uses; its process can open.
DESK: list[URLPattern | URLResolver] = [
    path("retention", retention.preview, name="retention"),
    path("duties", duties.work_list, name="duties"),
    path("duties/<uuid:duty>/told", duties.tell, name="duty-tell"),
    path("letters", letters.work_list, name="letters"),
    path("letters/<uuid:letter>/settle", letters.settle, name="letter-settle"),
    path("rights", rights.cases, name="rights"),
    path("rights/new", rights.new, name="rights-new"),
    path("rights/<uuid:case>", rights.case, name="rights-case"),
    path("rights/<uuid:case>/copy", rights.copy, name="rights-copy"),
    path("rights/<uuid:case>/lift", rights.lift, name="rights-lift"),
    path("rights/<uuid:case>/ask-removal", rights.ask_removal, name="rights-ask-removal"),
    path("rights/<uuid:case>/search", rights_search.search, name="rights-search"),
    path("rights/<uuid:case>/search/<uuid:search>", rights_search.hits, name="rights-hits"),
    path("rights/<uuid:case>/search/<uuid:search>/keep", rights_search.keep, name="rights-keep"),
    path("rights/<uuid:case>/search/<uuid:search>/<uuid:report>/look", rights_search.look, name="rights-look"),
    path("rights/<uuid:case>/reports/<uuid:report>/leave-out", rights.leave_out, name="rights-leave-out"),
    path("rights/<uuid:case>/reports/<uuid:report>/ask", rights.ask, name="rights-ask"),
    path("rights/<uuid:case>/reports/<uuid:report>/person", rectifications.person, name="rights-person"),
    path("rights/<uuid:case>/reports/<uuid:report>/circumstances", rectifications.circumstances, name="rights-circumstances"),
    path("rights/<uuid:case>/<slug:name>", rights.step, name="rights-step"),
    path("grants", grants.waiting, name="grants"),
    path("grants/<uuid:search>/grant", grants.grant_search, name="grant-search"),
    path("grants/removals/<uuid:case>/grant", grants.grant_removal, name="grant-removal"),
    path("grants/removals/<uuid:case>/refuse", grants.refuse_removal, name="refuse-removal"),
    path("grants/<uuid:search>/refuse", grants.refuse_search, name="refuse-search"),
    path("unlock", unlocks.overview, name="unlock"),
    path("unlock/<uuid:granted>", unlocks.identity, name="unlock-identity"),
    path("unlock/<uuid:granted>/files/<uuid:attachment>", unlocks.file, name="unlock-file"),
    path("unlock/<uuid:asked>/grant", unlocks.grant, name="unlock-grant"),
    path("unlock/review/<uuid:contribution>", unlocks.review, name="unlock-review"),
    path("unlock/review/<uuid:granted>/files/<uuid:attachment>", unlocks.file_for_review, name="unlock-review-file"),
    path("review", review.queue, name="review-queue"),
    path("review/quality", review_quality.quality, name="review-quality"),
    path("review/links", review_links.links, name="review-links"),
    path("review/persons/<uuid:person>", review_person.person, name="review-person"),
    path("review/<uuid:pair>", review.pair, name="review-pair"),
    path("review/<uuid:pair>/following", review.following, name="review-following"),
    path("review/<uuid:pair>/unlock", review.unlock, name="review-unlock"),
    path("review/<uuid:pair>/decide", review.decide, name="review-decide"),
    path("review/<uuid:pair>/undo", review.undo, name="review-undo"),
    path("review/<uuid:pair>/contest", review.contest, name="review-contest"),
]

_BY_ROLE = {"intake": [*FORM, *REPORTERS, *VISITORS], "backoffice": DESK, "all": [*FORM, *REPORTERS, *VISITORS, *DESK]}

urlpatterns = _BY_ROLE.get(settings.BAKEN_ROLE, [])
