"""The tables. What must never be false is a constraint or a trigger here, code second."""

from acuse.store.models.activity import Event
from acuse.store.models.alarm import Alarm, Notice
from acuse.store.models.api import ApiToken, KeyedAnswer
from acuse.store.models.batch import Batch, BatchMember
from acuse.store.models.catalogue import CatalogueEdition, CatalogueEntry
from acuse.store.models.company import (
    Certificate,
    Channel,
    ChannelNote,
    Company,
    Endpoint,
    FileCounter,
    Membership,
    NumberingRange,
    Secret,
)
from acuse.store.models.contact_import import ContactImport
from acuse.store.models.copies import CopyAddress
from acuse.store.models.customer import Customer
from acuse.store.models.delivery import Attempt, Delivery, PacketFile, Recipient
from acuse.store.models.document import Artifact, Document, Sealing
from acuse.store.models.mail_template import MailTemplate
from acuse.store.models.mailbox import IncomingMessage, Mailbox
from acuse.store.models.public_page import PublicCaller, PublicPage, PublicUse
from acuse.store.models.received import BuyerEvent, Inquiry, Received, Reception
from acuse.store.models.report import AddressState, News, Report, ReturnMailbox, ReturnMessage
from acuse.store.models.route import MailRoute
from acuse.store.models.submission import Acceptance, Exchange, Submission, Verdict

__all__ = [
    "Acceptance",
    "AddressState",
    "Alarm",
    "ApiToken",
    "Artifact",
    "Attempt",
    "Batch",
    "BatchMember",
    "BuyerEvent",
    "CatalogueEdition",
    "CatalogueEntry",
    "Certificate",
    "Channel",
    "ChannelNote",
    "Company",
    "ContactImport",
    "CopyAddress",
    "Customer",
    "Delivery",
    "Document",
    "Endpoint",
    "Event",
    "Exchange",
    "FileCounter",
    "IncomingMessage",
    "Inquiry",
    "KeyedAnswer",
    "MailRoute",
    "MailTemplate",
    "Mailbox",
    "Membership",
    "News",
    "Notice",
    "NumberingRange",
    "PacketFile",
    "PublicCaller",
    "PublicPage",
    "PublicUse",
    "Received",
    "Reception",
    "Recipient",
    "Report",
    "ReturnMailbox",
    "ReturnMessage",
    "Sealing",
    "Secret",
    "Submission",
    "Verdict",
]
