"""The addresses of the screens; all but the door stand below their company."""

from __future__ import annotations

from django.urls import include, path

from acuse.flow import hints, hooks, public_pages
from acuse.web import callback
from acuse.web import hooks as provider_hooks
from acuse.web.shell import views as shell

urlpatterns = [
    path("", shell.home, name="home"),
    path(f"{hints.PATH}/<str:ticket>", callback.heard, name="callback"),
    path(f"{hooks.PATH}/<str:token>/", provider_hooks.heard, name="provider_hook"),
    path("vivo", shell.alive, name="alive"),
    path(f"{public_pages.PATH}/", include("acuse.web.public.urls")),
    path("e/<int:company_id>/facturas/", include("acuse.web.documents.urls")),
    path("e/<int:company_id>/actividad/", include("acuse.web.activity.urls")),
    path("e/<int:company_id>/resumenes/", include("acuse.web.batches.urls")),
    path("e/<int:company_id>/recibidos/", include("acuse.web.received.urls")),
    path("e/<int:company_id>/fallos/", include("acuse.web.failures.urls")),
    path("e/<int:company_id>/contactos/", include("acuse.web.customers.urls")),
    path("e/<int:company_id>/configuracion/", include("acuse.web.settings.urls")),
]
