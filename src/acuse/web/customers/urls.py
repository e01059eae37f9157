"""Below /e/<company>/contactos/."""

from django.urls import path

from acuse.web.customers import addresses, suggesting, views

urlpatterns = [
    path("", views.index, name="customers"),
    path("nuevo/", views.edit, name="new_customer"),
    path("buscar/", suggesting.suggest, name="suggest_contact"),
    path("<int:customer_id>/", views.edit, name="customer"),
    path("<int:customer_id>/reintentar/", addresses.try_again, name="try_address_again"),
]
