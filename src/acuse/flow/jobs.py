"""The tasks: a job names a lane, and the lane's due rows are claimed and worked off."""

from __future__ import annotations

from acuse.flow import (
    collect,
    deliver,
    import_contacts,
    inquire,
    lanes,
    notify,
    outside,
    postbox,
    submit,
    track,
)
from acuse.gateways import queue

TURNS = 50  # a job gives way after so many batches; the sweep wakes the lane again


def run_lane(lane: str) -> None:
    """Work the lane off, batch by batch, until nothing is due."""
    for _ in range(TURNS):
        if not turn(lane):
            return


def turn(lane: str) -> int:
    """How many due rows of the lane were worked off in one batch."""
    if lane == lanes.DELIVER:
        return deliver.deliver_due(at=outside.now())
    if lane == lanes.COLLECT:
        at = outside.now()
        return collect.collect_due(at=at) or postbox.visit_due(at=at)
    if lane == lanes.NOTIFY:
        return notify.send_due(at=outside.now())
    if lane == lanes.TRACK:
        return track.track_due(at=outside.now())
    if lane == lanes.CONTACTS:
        return import_contacts.import_due(at=outside.now())
    stage, _, jurisdiction = lane.partition(":")
    if stage == "inquire":
        return inquire.fetch_due(jurisdiction, at=outside.now())
    assert stage == "submit", lane
    return submit.submit_due(jurisdiction, at=outside.now())


def work(*, threads: int, wait: bool = True) -> None:
    """Run jobs until told to stop; without `wait`, until none is left."""
    queue.work(run_lane, threads=threads, wait=wait)
