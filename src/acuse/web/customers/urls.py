"""Below /e/<company>/contactos/."""

from django.urls import path

from acuse.web.customers import views

urlpatterns = [
    path("", views.index, name="customers"),
    path("nuevo/", views.edit, name="new_customer"),
    path("<int:customer_id>/", views.edit, name="customer"),
]
