"""Same incident, same person: proposals by machine, decisions by people."""

from affiant.link.incidents import (
    IncidentProposal,
    join_incident,
    leave_incident,
    open_incident,
    propose_incidents,
)
from affiant.link.persons import PersonForm, PersonProposal, judge, open_person, propose_persons

__all__ = [
    "IncidentProposal",
    "PersonForm",
    "PersonProposal",
    "join_incident",
    "judge",
    "leave_incident",
    "open_incident",
    "open_person",
    "propose_incidents",
    "propose_persons",
]
