"""Addresses under /staff/evidence/."""

from django.urls import path

from zicht.evidence.actors import views as actors
from zicht.evidence.releases import views as releases
from zicht.evidence.screening import views as screening
from zicht.evidence.search import views as search
from zicht.evidence.sources import anew
from zicht.evidence.sources import views as sources
from zicht.evidence.statements import views as statements

SOURCE = "<uuid:source_id>/"
STATEMENT = "statements/<uuid:statement_id>/"
ACTOR = "actors/<uuid:actor_id>/"
DOSSIER = "dossiers/<uuid:dossier_id>/"

app_name = "evidence"
urlpatterns = [
    path("", sources.list_sources, name="sources"),
    path("add/", sources.add_source, name="add"),
    path(SOURCE, statements.show_source, name="source"),
    path(f"{SOURCE}custody/", sources.show_custody, name="custody"),
    path(f"{SOURCE}picture/", sources.show_picture, name="picture"),
    path(f"{SOURCE}readers/", sources.change_reader, name="reader"),
    path(f"{SOURCE}relate/", sources.relate, name="relate"),
    path(f"{SOURCE}apart/", sources.read_apart, name="read_apart"),
    path(f"{SOURCE}agreement/", statements.show_agreement, name="agreement"),
    path(f"{SOURCE}anew/", anew.read_again, name="read_again"),
    path(f"{SOURCE}quotations/<uuid:anchor_id>/", anew.place_quotation, name="place_quotation"),
    path(f"{SOURCE}withdraw/", sources.withdraw, name="withdraw"),
    path(f"{SOURCE}suggestions/<uuid:suggestion_id>/", statements.decide, name="decide"),
    path(STATEMENT, statements.show_statement, name="statement"),
    path(f"{STATEMENT}assess/", statements.assess, name="assess"),
    path(f"{STATEMENT}correct/", statements.correct, name="correct"),
    path(f"{STATEMENT}curate/", statements.curate, name="curate"),
    path(f"{STATEMENT}claim/", statements.claim, name="make_claim"),
    path("claims/", statements.list_claims, name="claims"),
    path("claims/<uuid:claim_id>/", statements.show_claim, name="claim"),
    path("network/", actors.show_network, name="network"),
    path("network/<uuid:subject_id>/<uuid:object_id>/", actors.show_line, name="line"),
    path("timeline/", actors.show_timeline, name="timeline"),
    path("places/", actors.show_places, name="places"),
    path("places/<str:code>/", actors.show_place, name="place"),
    path("actors/", actors.list_actors, name="actors"),
    path(ACTOR, actors.show_actor, name="actor"),
    path(f"{ACTOR}judge/", actors.judge, name="judge"),
    path(f"{ACTOR}describe/", actors.describe, name="describe"),
    path(f"{ACTOR}protect/", actors.protect, name="protect"),
    path("dossiers/", releases.list_dossiers, name="dossiers"),
    path(DOSSIER, releases.show_dossier, name="dossier"),
    path(f"{DOSSIER}reply/", releases.reply, name="reply"),
    path(f"{DOSSIER}release/", releases.release, name="release"),
    path("export/", releases.export, name="export"),
    path("import/", releases.import_entities, name="import"),
    path("screening/", screening.show_screening, name="screening"),
    path("screening/names/", screening.screen_names, name="screen_names"),
    path("screening/again/", screening.screen_again, name="screen_again"),
    path("screening/<uuid:candidate_id>/", screening.show_candidate, name="candidate"),
    path("search/", search.show_search, name="search"),
    path("search/names/", search.search_names, name="search_names"),
]
