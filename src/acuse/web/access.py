"""Who may see what: a company is seen by its members, and to all others it does not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from acuse.domain.party import Company
from acuse.store import companies, models
from acuse.store.absent import ABSENT

View = Callable[..., HttpResponseBase]


class CompanyRequest(HttpRequest):
    """A request of a member of `company`."""

    company: Company
    by: str


def for_company(view: View) -> View:
    """The view with `request.company` set; 404, as for what is absent, to anybody else."""

    @never_cache
    @login_required
    @wraps(view)
    def guarded(request: CompanyRequest, company_id: int, **kwargs: Any) -> HttpResponseBase:
        mine = models.Membership.objects.filter(company_id=company_id, user_id=request.user.pk or 0)
        if not mine.exists():
            raise Http404
        request.company = companies.load(company_id)
        request.by = request.user.get_username()
        return view(request, **kwargs)

    return guarded


def found_or_404(load: Callable[..., Any], *arguments: Any) -> Any:
    """What `load` finds; 404 where there is no such row in this company."""
    try:
        return load(*arguments)
    except ABSENT as error:
        raise Http404 from error
