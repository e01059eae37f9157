"""Below /e/<company>/fallos/."""

from django.urls import path

from acuse.web.failures import answering, doing, exporting, mending, views

urlpatterns = [
    path("", views.index, name="failures"),
    path("exportar.csv", exporting.export, name="export_failures"),
    path("respuestas/<int:key>/respuesta.eml", answering.answer_view, name="stranded_answer"),
    path("<str:cause>/", views.group, name="failures_of"),
    path("<str:cause>/hacer/", doing.all_view, name="do_all_failures"),
    path("<str:cause>/<int:key>/hacer/", doing.one_view, name="do_failure"),
    path("<str:cause>/<int:key>/correo/", mending.address_view, name="mend_address"),
]
