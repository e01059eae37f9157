"""Below /e/<company>/actividad/."""

from django.urls import path

from acuse.web.activity import views

urlpatterns = [path("<int:document_id>/", views.timeline, name="activity")]
