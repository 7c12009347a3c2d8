"""Every address of the pages."""

from __future__ import annotations

from django.urls import include, path

from goldenthread.web.views import (
    answering,
    conflicts,
    editing,
    exports,
    findings,
    general,
    history,
    imports,
    mapping,
    matrix_forms,
    overviews,
    people,
    person_forms,
    post_forms,
    questions,
    reading,
    updates,
)

PLAN = [
    path("", reading.home, name="home"),
    path("plan/", reading.plan, name="plan"),
    path("themes/<int:number>/", reading.theme, name="theme"),
    path("themes/<int:number>/workstreams/<path:key>/", reading.workstream, name="workstream"),
    path("actions/<path:handle>/", reading.action, name="action"),
    path("milestones/", reading.milestones, name="milestones"),
    path("milestones/<path:handle>/", reading.milestone, name="milestone"),
    path("change/<path:handle>/", editing.edit, name="edit"),
    path("timeline/", overviews.timeline, name="timeline"),
    path("recommendations/", overviews.recommendations, name="recommendations"),
    path("recommendations/<slug:review>/", overviews.review, name="review"),
    path("leads/", overviews.leads, name="leads"),
    path("leads/<slug:lead>/", overviews.lead, name="lead"),
    path("posts/", people.posts, name="posts"),
    path("posts/<slug:post>/", people.post, name="post"),
    path("posts/<slug:post>/appoint/", post_forms.appoint, name="appoint"),
    path("posts/<slug:post>/change/", post_forms.post_change, name="post-change"),
    path("new-post/", post_forms.post_new, name="post-new"),
    path("bodies/<slug:body>/", people.body, name="body"),
    path("bodies/<slug:body>/name-a-post/", post_forms.seat, name="seat"),
    path("entries/<slug:sort>/<uuid:entry>/", post_forms.entry, name="entry"),
    path("matrix/", people.matrix, name="matrix"),
    path("matrix/own/", matrix_forms.own, name="own"),
    path("matrix/<uuid:cell>/challenge/", matrix_forms.challenge, name="challenge"),
    path("people/", person_forms.persons, name="persons"),
    path("people/new/", person_forms.person_new, name="person-new"),
    path("people/<uuid:person>/", person_forms.person, name="person"),
    path("updates/", updates.updates, name="updates"),
    path("updates/conflicts/", conflicts.conflicts, name="conflicts"),
    path("updates/conflicts/<str:handle>/", conflicts.conflict, name="conflict"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<path:key>/", questions.question, name="question"),
    path("accept/<slug:kind>/", questions.accept, name="accept"),
    path("changes/", history.revisions, name="revisions"),
    path("changes/<int:number>/", history.revision, name="revision"),
    path("search/", overviews.find, name="search"),
    path("findings/", findings.findings, name="findings"),
    path("as-at/", overviews.as_at, name="as-at"),
    path("file/<slug:ending>/", exports.export, name="export"),
]

IMPORT = [
    path("", imports.upload, name="import"),
    path("<uuid:import_id>/", imports.read, name="import-read"),
    path("<uuid:import_id>/mapping/", mapping.mapping, name="import-mapping"),
    path("<uuid:import_id>/questions/", imports.questions, name="import-questions"),
    path("<uuid:import_id>/questions/<path:key>/", imports.question, name="import-question"),
    path("<uuid:import_id>/accept/<slug:kind>/", imports.accept, name="import-accept"),
    path("<uuid:import_id>/changes/", imports.changes, name="import-changes"),
    path("<uuid:import_id>/discard/", imports.discard, name="import-discard"),
]

urlpatterns = [
    path("", reading.start, name="start"),
    path("plans/<slug:slug>/", include(PLAN)),
    path("import/", include(IMPORT)),
    path("answer/<str:token>/", answering.answer, name="answer"),
    path("about/", general.about, name="about"),
    path("accessibility/", general.accessibility, name="accessibility"),
    path("council.css", general.style, name="council-style"),
    path("healthz", general.health, name="health"),
    path("accounts/", include("allauth.urls")),
]

handler400 = general.bad_request
handler403 = general.refused
handler404 = general.not_found
handler500 = general.broken
