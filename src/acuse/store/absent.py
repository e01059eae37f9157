"""What a look-up raises for a row that the company does not have, or that is another's."""

from __future__ import annotations

from acuse.store import models

ABSENT = (
    models.Document.DoesNotExist,
    models.ContactImport.DoesNotExist,
    models.Customer.DoesNotExist,
    models.Received.DoesNotExist,
    models.Reception.DoesNotExist,
    models.Batch.DoesNotExist,
    models.IncomingMessage.DoesNotExist,
    models.PacketFile.DoesNotExist,
    models.Recipient.DoesNotExist,
)
