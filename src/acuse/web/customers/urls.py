"""Below /e/<company>/contactos/."""

from django.urls import path

from acuse.web.customers import addresses, import_rows, importing, suggesting, views

urlpatterns = [
    path("", views.index, name="customers"),
    path("nuevo/", views.edit, name="new_customer"),
    path("buscar/", suggesting.suggest, name="suggest_contact"),
    path("importar/", importing.begin, name="import_contacts"),
    path("importar/plantilla.csv", importing.template, name="import_template"),
    path("importar/<int:import_id>/", import_rows.look, name="import_rows"),
    path("importar/<int:import_id>/columnas/", importing.columns, name="import_columns"),
    path("importar/<int:import_id>/problemas.csv", importing.failed, name="import_failed"),
    path("importar/<int:import_id>/descartar/", importing.forget, name="forget_import"),
    path("<int:customer_id>/", views.edit, name="customer"),
    path("<int:customer_id>/reintentar/", addresses.try_again, name="try_address_again"),
]
