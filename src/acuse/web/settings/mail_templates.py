"""Configuración > Correo > Plantillas: what the customer reads, and how it will look."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from acuse import jurisdictions
from acuse.domain.kinds import DocumentKind
from acuse.domain.problem import Blocked
from acuse.domain.traits import KindTraits
from acuse.flow import letter_preview, outside
from acuse.flow import mail_templates as flow
from acuse.flow.mail_templates import Template
from acuse.mail.placeholders import BY_PATH, LONGEST_BODY, LONGEST_SUBJECT, VARIABLES, Variable
from acuse.web.access import CompanyRequest, for_company
from acuse.web.settings.framed import framed
from acuse.web.states import Chip

OWN = Chip("process", "pencil", "Con tus palabras")
HOUSE = Chip("quiet", "mail-check", "Texto de la casa")
VIEWS = (("desktop", "Escritorio"), ("phone", "Teléfono"), ("text", "Solo texto"))


@for_company
def index(request: CompanyRequest) -> HttpResponse:
    """The words in force of each kind of document."""
    rows = [
        (kind, template, OWN if template.own else HOUSE)
        for kind, template in flow.all_in_force(request.company)
    ]
    context = {"section": "settings", "rows": rows}
    return render(request, "settings/mail_templates.html", context)


@for_company
def edit(request: CompanyRequest, kind: str) -> HttpResponse:
    """The editor; a posted variable is added to the message, a posted text is saved."""
    served = _served(request, kind)
    template = flow.in_force(request.company, served.kind)
    values = {"subject": template.subject, "body": template.body, "seen": str(template.version)}
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        values |= {name: request.POST.get(name, "") for name in values}
        inserted = BY_PATH.get(request.POST.get("insert", ""))
        if inserted:
            values["body"] = f"{values['body'].rstrip()} {{{{{inserted.path}}}}}"
        else:
            errors = _save(request, served, values)
            if not errors:
                return redirect("mail_template", request.company.id, kind)
    context = _context(request, served, template) | {"values": values, "errors": errors}
    return render(request, "settings/mail_template.html", context, status=422 if errors else 200)


@for_company
@require_POST
def restore(request: CompanyRequest, kind: str) -> HttpResponse:
    """A person's "Restaurar"."""
    served = _served(request, kind)
    if flow.restore(request.company.id, served.kind, by=request.by, at=outside.now()):
        messages.success(request, "Restaurado: los próximos correos llevan el texto de la casa.")
    return redirect("mail_template", request.company.id, kind)


@for_company
@xframe_options_sameorigin
@framed
def preview(request: CompanyRequest, kind: str) -> HttpResponse:
    """The mail as its reader gets it, with what stands in the form; nothing is saved."""
    served = _served(request, kind)
    template = flow.in_force(request.company, served.kind)
    told = request.POST if request.method == "POST" else {}
    subject, body = told.get("subject", template.subject), told.get("body", template.body)
    context: dict[str, object] = {"view": told.get("view", "desktop")}
    try:
        context["shown"] = letter_preview.show(
            request.company, served.kind, subject, body, at=outside.now()
        )
    except Blocked as blocked:
        context["problems"] = blocked.problems
    return render(request, "settings/mail_shown.html", context)


def _save(
    request: CompanyRequest, served: KindTraits, values: dict[str, str]
) -> dict[str, list[str]]:
    """What is wrong by field, nothing where it was saved."""
    seen = values["seen"]
    try:
        changed = flow.save(
            request.company.id,
            served.kind,
            values["subject"],
            values["body"],
            seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else -1,
            by=request.by,
            at=outside.now(),
        )
    except Blocked as blocked:
        errors: dict[str, list[str]] = {}
        for problem in blocked.problems:
            errors.setdefault(problem.field or "form", []).append(problem.text)
        return errors
    if changed:
        messages.success(request, "Guardado. Los correos que ya están armados no cambian.")
    else:
        messages.success(request, "No había nada que cambiar.")
    return {}


def _context(request: CompanyRequest, served: KindTraits, template: Template) -> dict[str, object]:
    return {
        "section": "settings",
        "kind": served,
        "slug": served.kind.value.lower(),
        "template": template,
        "state": OWN if template.own else HOUSE,
        "locked": not flow.default(request.company, served.kind).subject,
        "variables": [(one, _label(request, one)) for one in VARIABLES],
        "views": VIEWS,
        "longest_subject": LONGEST_SUBJECT,
        "longest_body": LONGEST_BODY,
    }


def _label(request: CompanyRequest, variable: Variable) -> str:
    """What the variable is called here: the fiscal id has the country's own name."""
    if variable.path != "documento.identificador":
        return variable.label
    return jurisdictions.find(request.company.jurisdiction).traits.words.fiscal_id


def _served(request: CompanyRequest, kind: str) -> KindTraits:
    """The kind that the address names; 404 for what the country does not have."""
    try:
        return flow.served(request.company, DocumentKind(kind.upper()))
    except (ValueError, Blocked) as error:
        raise Http404 from error
