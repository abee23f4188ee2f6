"""Addresses of the figures."""

from django.urls import path, re_path

from zicht.figures import views
from zicht.figures.estimates import views as estimates
from zicht.figures.protecting import views as protecting
from zicht.figures.register import views as register
from zicht.figures.yearly import views as yearly

app_name = "figures"
urlpatterns = [
    path("", views.show_page, name="page"),
    path("glotip/<slug:country>.csv", views.download_csv, name="glotip_csv"),
    path("glotip/<slug:country>.json", views.download_json, name="glotip_json"),
    path("estimates/", estimates.ask_table, name="estimates"),
    path("estimates/<uuid:job>/", estimates.show_estimate, name="estimate"),
    path("estimates/<uuid:job>.json", estimates.download_estimate, name="estimate_json"),
    path("estimates/<uuid:job>/take/", estimates.take_estimate, name="take_estimate"),
    path("protect/", protecting.protect, name="protect"),
    path("register/", register.show_register, name="register"),
    re_path(
        r"^register/(?P<year>[0-9]{1,4})/(?P<level>[a-z_]{1,40})\.(?P<ending>csv|json)$",
        register.download_register,
        name="register_file",
    ),
    path("reports/", yearly.list_reports, name="reports"),
    path("reports/make/", yearly.make_report, name="make_report"),
    path("reports/make/<uuid:job>/", yearly.show_making, name="making"),
    path("reports/commitments/", yearly.keep_commitments, name="commitments"),
    path("reports/commitments/<uuid:commitment_id>/", yearly.keep_commitments, name="commitment"),
    path("reports/breaks/", yearly.keep_breaks, name="breaks"),
    path("reports/<uuid:report_id>/", yearly.show_report, name="report"),
    path("reports/<uuid:report_id>/approve/", yearly.approve_report, name="approve_report"),
    path("reports/<uuid:report_id>/discard/", yearly.discard_report, name="discard_report"),
    path("reports/<uuid:report_id>/files/<path:name>", yearly.download_file, name="report_file"),
]
