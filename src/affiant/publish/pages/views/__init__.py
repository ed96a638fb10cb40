"""Everything that the published pages show, as frozen values.

A builder fills these from a case; nothing here knows a store. ``Words`` is what others
wrote, plain ``str`` is the product's own English.
"""

from affiant.publish.pages.views.check import CheckView, MemberView
from affiant.publish.pages.views.estimate import EstimateLeftOut, Estimates, EstimateView
from affiant.publish.pages.views.incident import (
    AccusedView,
    AggregateView,
    CellQuote,
    GradeView,
    IncidentView,
    MatrixCell,
    MatrixRow,
    MatrixView,
    OmissionView,
    OpposingItem,
    RangeBar,
    RangeView,
    TimelineItem,
    TimelineKind,
    VoiceView,
)
from affiant.publish.pages.views.number import NumberView, PassageView, QuotedSpan
from affiant.publish.pages.views.person import PersonClaimView, PersonView, SpellingView
from affiant.publish.pages.views.proof import (
    EntryProofView,
    LogProofView,
    MemberProofView,
    OpenedFieldView,
    ParagraphProofView,
    ProofView,
    QuoteProofView,
)
from affiant.publish.pages.views.site import (
    KeeperView,
    ReasonTally,
    RulePurpose,
    RuleView,
    SealView,
    SiteView,
    TallyView,
)
from affiant.publish.pages.views.words import Direction, Words, words_in

__all__ = [
    "AccusedView",
    "AggregateView",
    "CellQuote",
    "CheckView",
    "Direction",
    "EntryProofView",
    "EstimateLeftOut",
    "EstimateView",
    "Estimates",
    "GradeView",
    "IncidentView",
    "KeeperView",
    "LogProofView",
    "MatrixCell",
    "MatrixRow",
    "MatrixView",
    "MemberProofView",
    "MemberView",
    "NumberView",
    "OmissionView",
    "OpenedFieldView",
    "OpposingItem",
    "ParagraphProofView",
    "PassageView",
    "PersonClaimView",
    "PersonView",
    "ProofView",
    "QuoteProofView",
    "QuotedSpan",
    "RangeBar",
    "RangeView",
    "ReasonTally",
    "RulePurpose",
    "RuleView",
    "SealView",
    "SiteView",
    "SpellingView",
    "TallyView",
    "TimelineItem",
    "TimelineKind",
    "VoiceView",
    "Words",
    "words_in",
]
