"""The door: where a person lands after log-in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from acuse.store import models


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The only company's documents, or the choice among several."""
    mine = models.Company.objects.filter(membership__user_id=request.user.pk or 0).order_by("id")
    ids = list(mine.values_list("id", flat=True)[:2])
    if len(ids) == 1:
        return redirect("documents", company_id=ids[0])
    return render(request, "shell/home.html")


def alive(request: HttpRequest) -> HttpResponse:
    """Whether the process answers: for a supervisor or a balancer."""
    return HttpResponse("ok", content_type="text/plain")
