"""The programming interface under /api/v1/; its description is openapi.json."""

from django.urls import path
from ninja import NinjaAPI

from zicht.cases.api import bulk, cases, exports, persons
from zicht.cases.api.refusals import answer_refusals

VERSION = "1"

api = NinjaAPI(
    title="Zicht",
    version=VERSION,
    description="The register, for programs: what an account may do on the pages, with a key of that account.",
    # A page that draws the description would fetch its scripts from elsewhere.
    docs_url=None,
    urls_namespace="api",
)
answer_refusals(api)
api.add_router("/cases", bulk.router)
api.add_router("/cases", cases.router)
api.add_router("/cases", persons.router)
api.add_router("/exports", exports.router)

urlpatterns = [path("v1/", api.urls)]
