"""An invented case file: Tarvand is not a country, and nobody here ever lived.

Five voices speak of workers taken from a bakery: an eyewitness, a list with names, a paper
that repeats the list, a hospital that is silent on the taking, a ministry that denies.
"""

from datetime import date

from affiant.publish.pages.views import (
    AccusedView,
    AggregateView,
    CellQuote,
    CheckView,
    GradeView,
    IncidentView,
    KeeperView,
    MatrixCell,
    MatrixRow,
    MatrixView,
    MemberProofView,
    MemberView,
    NumberView,
    OmissionView,
    OpposingItem,
    PassageView,
    PersonClaimView,
    PersonView,
    ProofView,
    QuotedSpan,
    RangeBar,
    RangeView,
    ReasonTally,
    RuleView,
    SealView,
    SiteView,
    SpellingView,
    TallyView,
    TimelineItem,
    VoiceView,
    Words,
    words_in,
)
from unit.publish.reference import Log, Text, key_of, public

WITNESS = Text(
    "witness",
    text=(
        "اظهارات شاهد و-۱۱\n"
        "من آن شب در نانوایی چنار در قارسان کار می‌کردم. حدود ساعت نه شب، شامگاه ۲۳ اسفند، "
        "دو کامیون آمد.\n"
        "نزدیک به بیست مرد با لباس خاکستری پیاده شدند و چهارده تا شانزده نفر از کارگران را "
        "بردند.\n"
        "یکی از آنان پریسا تلاور بود که پشت صندوق نشسته بود.\n"
        "دو هفته بعد همسایه‌ای گفت سه نفر از آنان مرده‌اند؛ من خودم ندیدم."
    ),
)
UNION = Text(
    "union",
    text=(
        "اتحادیهٔ نانوایان\n"
        "شب ۲۳ اسفند پاسگاه چهارم مرزبانی کارگران نانوایی چنار را برد. "
        "فهرست پانزده نام در پی می‌آید.\n"
        "دو تن از اعضا در بازداشت جان دادند.\n"
    ),
)
PAPER = Text(
    "paper",
    text=(
        "النهر، ١٨ آذار ٢٠٣١\n"
        "مساء السبت ١٥ آذار اقتاد مسلحون خمسة عشر عاملاً، بحسب النقابة، من مخبز في قارسان.\n"
    ),
)
HOSPITAL = Text("hospital", text="دفتر پذیرش\nدو جسد، ۹ فروردین، بی‌نام.\n")
MINISTRY = Text(
    "ministry",
    text=(
        "Ministry of Order, communiqué\n"
        "No incident took place in Qarsan on the date alleged. Nobody was detained. "
        "No operation was carried out by any service.\n"
        "Reports of deaths are false.\n"
    ),
)
YEARBOOK = Text(
    "yearbook", text="Across the province, some 210 people were taken in the spring of 2031.\n"
)

TEXTS = (WITNESS, UNION, PAPER, HOSPITAL, MINISTRY, YEARBOOK)
VOICES = (
    VoiceView(
        letter="A", name=words_in("en", text="Witness W‑11"), knower="saw it", language="Persian"
    ),
    VoiceView(
        letter="B",
        name=words_in("fa", text="اتحادیهٔ نانوایان"),
        knower="compiled list",
        language="Persian",
    ),
    VoiceView(
        letter="C", name=words_in("ar", text="صحيفة النهر"), knower="quotes B", language="Arabic"
    ),
    VoiceView(
        letter="D",
        name=words_in("en", text="Hospital log"),
        knower="own record",
        language="Persian",
    ),
    VoiceView(
        letter="E",
        name=words_in("en", text="Ministry of Order"),
        knower="not stated",
        language="English",
        interest=words_in("en", text="accused side; its services are said to have taken part"),
    ),
)
NAMES = {voice.letter: voice.name for voice in VOICES}
TITLES = {
    "A": words_in("en", text="Statement of Witness W‑11"),
    "B": words_in("fa", text="فهرست نانوایی چنار"),
    "C": words_in("ar", text="اختطاف عمال في قارسان"),
    "D": words_in("en", text="Admissions, spring 2031"),
    "E": words_in("en", text="Communiqué of 15 March 2031"),
}
LANGUAGES = {"A": "fa", "B": "fa", "C": "ar", "D": "fa", "E": "en"}
SOURCES = {"A": WITNESS, "B": UNION, "C": PAPER, "D": HOSPITAL, "E": MINISTRY}

# Claims: id, voice, what is counted, bounds, exact words by slot
CLAIMS = {
    "Q-0042-A-3": (
        "A",
        ("taken", 14, 16),
        {
            "count": "چهارده تا شانزده نفر",
            "act": "چهارده تا شانزده نفر از کارگران را بردند",
            "actor": "نزدیک به بیست مرد با لباس خاکستری",
            "when": "حدود ساعت نه شب، شامگاه ۲۳ اسفند",
        },
    ),
    "Q-0042-A-7": (
        "A",
        ("killed", 3, 3),
        {"count": "سه نفر از آنان مرده‌اند", "basis": "همسایه‌ای گفت"},
    ),
    "Q-0042-B-1": (
        "B",
        ("taken", 15, 15),
        {"count": "فهرست پانزده نام", "actor": "پاسگاه چهارم مرزبانی"},
    ),
    "Q-0042-B-2": ("B", ("killed", 2, 2), {"count": "دو تن از اعضا"}),
    "Q-0042-D-1": ("D", ("killed", 2, 2), {"count": "دو جسد، ۹ فروردین"}),
}
RULE = "range of independent counts 2"


def recorded(*, kind_of_first: str = "claim.accepted/1") -> tuple[Log, dict[str, int]]:
    """Record the texts and the claims, each with its first decision."""
    log = Log()
    log.append("case.opened/1", body={"name": "Qarsan"}, by="keeper")
    for text in TEXTS:
        log.read(text)
    places = {}
    for claim_id, (voice, (of, low, high), quotes) in CLAIMS.items():
        whole = {"of": of, "min": low, "max": high, "words": quotes["count"], "scope": "event"}
        province = {"of": of, "min": 210, "max": None, "words": "", "scope": "aggregate"}
        body = {
            "act": "abduction" if of == "taken" else "death_in_custody",
            "counts": [whole, province] if claim_id == "Q-0042-A-3" else [whole],
            "exact_words": [{"slot": slot, "exact": exact} for slot, exact in quotes.items()],
            "why": f"first reviewer, voice {voice}",
        }
        places[claim_id] = log.append(kind_of_first, body=body, by="first reviewer")
    log.append("publication.decided/1", body={"what": "Q-0042"}, by="keeper")
    return log, places


LOG, PLACES = recorded()


def _passage(claim_id: str, *, slots: tuple[str, ...], number_ids: tuple[str, ...]) -> PassageView:
    """The paragraph that holds these slots of a claim."""
    voice, _, quotes = CLAIMS[claim_id]
    text = SOURCES[voice]
    places = {slot: text.place(quotes[slot]) for slot in slots}
    index = places[slots[0]][0]
    spans = tuple(
        QuotedSpan(slot=slot, start=start, end=start + len(quotes[slot]))
        for slot, (_, start) in places.items()
    )
    return PassageView(
        passage_id=f"p-{claim_id}-{index}",
        text=text.paragraphs[index],
        spans=spans,
        language=LANGUAGES[voice],
        direction="ltr" if voice == "E" else "rtl",
        voice=voice,
        source=NAMES[voice],
        document=TITLES[voice],
        claim_ids=(claim_id,),
        paragraph=index,
        paragraphs=len(text.paragraphs),
        number_ids=number_ids,
    )


def _passages(claim_id: str, *, number_ids: tuple[str, ...]) -> tuple[PassageView, ...]:
    """All paragraphs that a claim quotes."""
    voice, _, quotes = CLAIMS[claim_id]
    by_paragraph: dict[int, list[str]] = {}
    for slot, exact in quotes.items():
        by_paragraph.setdefault(SOURCES[voice].place(exact)[0], []).append(slot)
    return tuple(
        _passage(claim_id, slots=tuple(slots), number_ids=number_ids)
        for slots in by_paragraph.values()
    )


def _denial() -> PassageView:
    text = MINISTRY.paragraphs[1]
    start = text.index("Nobody was detained.")
    return PassageView(
        passage_id="p-E",
        text=text,
        spans=(QuotedSpan(slot="act", start=start, end=start + len("Nobody was detained.")),),
        language="en",
        direction="ltr",
        voice="E",
        source=NAMES["E"],
        document=TITLES["E"],
        claim_ids=("Q-0042-E-1",),
        paragraph=1,
        paragraphs=3,
    )


def _check(number_id: str, *, of: str, claim_ids: tuple[str, ...], sentence: str) -> CheckView:
    counts = [CLAIMS[claim_id][1] for claim_id in claim_ids]
    low, high = min(count[1] for count in counts), max(count[2] for count in counts)
    members, proofs = [], []
    for claim_id in claim_ids:
        voice, (_, least, most), quotes = CLAIMS[claim_id]
        entry = LOG.entry(PLACES[claim_id], opened=("counts", "exact_words"))
        members.append(
            MemberView(
                claim_id=claim_id,
                commitment=_commitment(entry.header),
                voice=voice,
                source=NAMES[voice],
                says=str(least) if least == most else f"{least} to {most}",
                reviewed="two people, separately; both accepted",
                passages=_passages(claim_id, number_ids=()),
            )
        )
        found = [
            LOG.quote(slot, exact=exact, text=SOURCES[voice]) for slot, exact in quotes.items()
        ]
        proofs.append(MemberProofView(claim=claim_id, entry=entry, quotes=tuple(found)))
    return CheckView(
        number_id=number_id,
        incident_id="q-0042",
        number=NumberView(min=low, max=high),
        sentence=words_in("en", text=sentence),
        rule_id="count-2",
        members=tuple(members),
        proof=ProofView(
            counted=of, min=low, max=high, rule=RULE, log=LOG.proof(), members=tuple(proofs)
        ),
        recorded_at="3 May 2031, 10:11 UTC",
    )


def _commitment(header: str) -> str:
    return header.partition('"commitment":"')[2][:64]


def _cell(
    state: str, *, value: str = "", note: str = "", only_here: bool = False, **quote
) -> MatrixCell:
    """A cell; ``fa=…``, ``ar=…`` or ``en=…`` gives its exact words, ``at`` their passage."""
    at = quote.pop("at", None)
    quotes = tuple(
        CellQuote(words=words_in(language, text=text), passage_id=at)
        for language, text in quote.items()
    )
    return MatrixCell(
        state=state,
        value=words_in("en", text=value) if value else None,
        note=note,
        only_here=only_here,
        quotes=quotes,
    )


def _row(question: str, *, value: str, note: str, cells: tuple[MatrixCell, ...], number_id=None):
    return MatrixRow(
        question=question,
        value=words_in("en", text=value) if value else None,
        note=note,
        cells=cells,
        number_id=number_id,
    )


MATRIX = MatrixView(
    voices=VOICES,
    rows=(
        _row(
            "when",
            value="14 March 2031, about 21:00",
            note="2 independent sources agree; 1 differs by a day",
            cells=(
                _cell(
                    "agrees", value="14 March, about 21:00", fa="حدود ساعت نه شب، شامگاه ۲۳ اسفند"
                ),
                _cell("agrees", value="14 March, evening", fa="شب ۲۳ اسفند"),
                _cell("differs", value="15 March", ar="مساء السبت ١٥ آذار"),
                _cell("silent"),
                _cell(
                    "denies",
                    value="no such event",
                    en="No incident took place in Qarsan on the date alleged.",
                ),
            ),
        ),
        _row(
            "where",
            value="Chenar bakery, Qarsan",
            note="2 agree; 1 fits",
            cells=(
                _cell("agrees", value="Chenar bakery, Qarsan", fa="نانوایی چنار در قارسان"),
                _cell("agrees", value="Chenar bakery", fa="نانوایی چنار"),
                _cell("fits", value="a bakery in Qarsan", ar="مخبز في قارسان"),
                _cell("not_reviewed"),
                _cell("denies", value="no such event"),
            ),
        ),
        _row(
            "taken",
            value="14–16 people",
            note="2 agree; 15 are named; 1 repeats; 1 denies",
            number_id="n-taken",
            cells=(
                _cell("agrees", value="14–16", fa="چهارده تا شانزده نفر", at="p-Q-0042-A-3-2"),
                _cell("agrees", value="15, all named", fa="فهرست پانزده نام", at="p-Q-0042-B-1-1"),
                _cell("repeats", value="15", note="B", ar="خمسة عشر عاملاً، بحسب النقابة"),
                _cell("silent"),
                _cell("denies", value="0", en="Nobody was detained.", at="p-E"),
            ),
        ),
        _row(
            "by_whom",
            value="",
            note="1 source names a unit; 1 denies",
            cells=(
                _cell("fits", value="about 20 men in grey", fa="نزدیک به بیست مرد با لباس خاکستری"),
                _cell(
                    "fits", value="Border Guard, Post 4", only_here=True, fa="پاسگاه چهارم مرزبانی"
                ),
                _cell("fits", value="armed men", ar="مسلحون"),
                _cell("silent"),
                _cell(
                    "denies",
                    value="no service took part",
                    en="No operation was carried out by any service.",
                ),
            ),
        ),
        _row(
            "killed",
            value="2–3 people",
            note="2 agree on two; 1 says three, second hand",
            number_id="n-killed",
            cells=(
                _cell(
                    "differs",
                    value="3",
                    note="second hand",
                    fa="سه نفر از آنان مرده‌اند؛ من خودم ندیدم",
                ),
                _cell("agrees", value="2, named", fa="دو تن از اعضا"),
                _cell("silent"),
                _cell("agrees", value="2 bodies received, 29 March", fa="دو جسد، ۹ فروردین"),
                _cell("denies", value="no deaths", en="Reports of deaths are false."),
            ),
        ),
    ),
)

RANGES = (
    RangeView(
        question="taken",
        number=NumberView(min=14, max=16),
        number_id="n-taken",
        shown_independent=2,
        at_most=2,
        summary="One repeats another. One says nothing.",
        bars=(
            RangeBar(voice="A", state="agrees", number=NumberView(min=14, max=16)),
            RangeBar(voice="B", state="agrees", number=NumberView(min=15, max=15), note="15 named"),
            RangeBar(
                voice="C", state="repeats", number=NumberView(min=15, max=15), note="15, repeats B"
            ),
            RangeBar(voice="D", state="silent"),
            RangeBar(voice="E", state="denies", number=NumberView(min=0, max=0), note="0, denial"),
        ),
        aggregates=(
            AggregateView(
                source=words_in("en", text="Yearbook of the province"),
                number=NumberView(min=210, max=None),
                covers=words_in("en", text="the province, spring of 2031"),
                why="It counts several events together.",
            ),
        ),
    ),
    RangeView(
        question="killed",
        number=NumberView(min=2, max=3),
        number_id="n-killed",
        shown_independent=2,
        at_most=3,
        summary="One has not been read through for this.",
        bars=(
            RangeBar(voice="A", state="differs", number=NumberView(min=3, max=3)),
            RangeBar(voice="B", state="agrees", number=NumberView(min=2, max=2), note="2 named"),
            RangeBar(voice="C", state="not_reviewed"),
            RangeBar(voice="D", state="agrees", number=NumberView(min=2, max=None)),
            RangeBar(voice="E", state="denies"),
        ),
    ),
)

TIMELINE = (
    TimelineItem(
        kind="event",
        when="14 March, about 21:00",
        text=words_in("en", text="Workers taken from the bakery"),
        first=date(2031, 3, 14),
        last=date(2031, 3, 14),
        voices=("A", "B"),
        note="C says 15 March",
    ),
    TimelineItem(
        kind="denial",
        when="15 March",
        text=words_in("en", text="The ministry denies"),
        first=date(2031, 3, 15),
        last=date(2031, 3, 15),
        voices=("E",),
    ),
    TimelineItem(
        kind="document",
        when="18 March",
        text=words_in("ar", text="اختطاف عمال في قارسان"),
        first=date(2031, 3, 18),
        last=date(2031, 3, 18),
        voices=("C",),
    ),
    TimelineItem(
        kind="event",
        when="20 to 29 March",
        text=words_in("en", text="Two people die"),
        first=date(2031, 3, 20),
        last=date(2031, 3, 29),
        voices=("B", "D"),
    ),
    TimelineItem(
        kind="statement",
        when="2 April",
        text=words_in("en", text="Statement of W‑11 recorded"),
        first=date(2031, 4, 2),
        last=date(2031, 4, 2),
        voices=("A",),
    ),
    TimelineItem(kind="document", when="not dated", text=words_in("fa", text="فهرست نانوایی چنار")),
)

AGAINST = (
    OpposingItem(
        question="taken",
        held=words_in("en", text="14–16 people"),
        held_by=("A", "B"),
        voice="E",
        state="denies",
        said=words_in("en", text="nobody"),
        quotes=(CellQuote(words=words_in("en", text="Nobody was detained."), passage_id="p-E"),),
    ),
    OpposingItem(
        question="when",
        held=words_in("en", text="14 March 2031, about 21:00"),
        held_by=("A", "B"),
        voice="C",
        state="differs",
        said=words_in("en", text="15 March"),
        quotes=(CellQuote(words=words_in("ar", text="مساء السبت ١٥ آذار")),),
    ),
)

OMISSION = OmissionView(
    question="by_whom",
    claims=1,
    kind="denial",
    why="It would show who the witness is; recorded 3 May 2031.",
    incident_id="q-0042",
)

BAKERY = IncidentView(
    incident_id="q-0042",
    label=words_in("en", text="Workers taken from Chenar bakery"),
    place=words_in("en", text="Qarsan, Tarvand"),
    when="14 March 2031",
    ranges=RANGES,
    matrix=MATRIX,
    timeline=TIMELINE,
    passages=(
        *_passages("Q-0042-A-3", number_ids=("n-taken",)),
        *_passages("Q-0042-A-7", number_ids=("n-killed",)),
        *_passages("Q-0042-B-1", number_ids=("n-taken",)),
        *_passages("Q-0042-D-1", number_ids=("n-killed",)),
        _denial(),
    ),
    against=AGAINST,
    accused=(
        AccusedView(
            name=words_in("en", text="Border Guard, Post 4"),
            role="carried it out",
            attribution="a unit",
            alleged_by=("B",),
            denied_by=("E",),
        ),
        AccusedView(
            name=words_in("fa", text="مردان خاکستری‌پوش"),
            role="carried it out",
            attribution="a kind of people",
            alleged_by=("A",),
        ),
    ),
    grades=(
        GradeView(
            question="taken",
            grade="supported by two shown independent knowers",
            rule_id="grade-1",
            reasons=("an eyewitness and a list with names, neither from the other",),
            would_change=(
                "proof that the list was made from the witness’s account",
                "a third knower with another number",
            ),
        ),
    ),
    persons=("p-01", "p-06"),
    omissions=(OMISSION,),
)

BRIDGE = IncidentView(
    incident_id="q-0043",
    label=words_in("fa", text="پل سدره، فروردین ۱۴۱۰"),
    matrix=MatrixView(
        voices=VOICES[:1],
        rows=(
            _row("where", value="", note="", cells=(_cell("not_reviewed"),)),
            _row("killed", value="", note="nobody gives a number", cells=(_cell("silent"),)),
        ),
    ),
)


def _person(
    number: int, *, name: Words, latin: str = "", line: str, sources: int, **more
) -> PersonView:
    return PersonView(
        person_id=f"p-{number:02d}", name=name, latin=latin, line=line, sources=sources, **more
    )


PERSONS = (
    _person(
        1,
        name=words_in("fa", text="پریسا تلاور"),
        latin="Parisa Talavar",
        line="34 years old · Qarsan · missing since 14 March 2031",
        sources=3,
        also_written=(
            SpellingView(name=words_in("ar", text="بريسا تلاور"), where="in C"),
            SpellingView(name=words_in("en", text="Parissa Tallavar"), where="in a letter"),
        ),
        claims=(
            PersonClaimView(
                text=words_in("en", text="She was one of the workers taken from the bakery."),
                source=NAMES["A"],
                passages=_passages("Q-0042-A-3", number_ids=("n-taken",)),
            ),
            PersonClaimView(text=words_in("en", text="She kept the till."), source=NAMES["B"]),
        ),
        family=(words_in("en", text="Sister (name withheld)"),),
        not_known=("where she was taken", "whether she is alive"),
        withheld=("photograph and home address, at the family’s wish",),
        incidents=("q-0042",),
        last_changed="3 May 2031: year of birth corrected from 1996",
    ),
    _person(
        2,
        name=words_in("ar", text="أمينة السدراوي"),
        latin="Amina al‑Sidrawi",
        line="about 40 · Sedra · missing since 14 March 2031",
        sources=2,
    ),
    _person(
        3,
        name=words_in("fa", text="کاوه دریاگرد"),
        latin="Kaveh Daryagard",
        line="27 years old · Qarsan · died between 20 and 29 March 2031",
        sources=3,
    ),
    _person(
        4,
        name=words_in("ar", text="يوسف البيدراني"),
        latin="Yusuf al‑Baydarani",
        line="19 years old · Qarsan · missing since 14 March 2031",
        sources=2,
        also_written=(SpellingView(name=words_in("en", text="Youssef Albaydarani")),),
    ),
    _person(
        5,
        name=words_in("fa", text="نسترن نخل‌آوا"),
        latin="Nastaran Nakhlava",
        line="51 years old · Qarsan · died between 20 and 29 March 2031",
        sources=4,
    ),
    _person(
        6,
        name=words_in("en", text="A man, name not known"),
        named=False,
        line="about 40 · wore a blue apron · missing since 14 March 2031",
        sources=1,
        claims=(
            PersonClaimView(
                text=words_in("en", text="He told the men where the others hid."),
                source=NAMES["D"],
                alleged=True,
            ),
        ),
    ),
    _person(
        7,
        name=words_in("fa", text="به خواست خانواده نام برده نمی‌شود"),
        latin="Name withheld at the family’s wish",
        named=False,
        line="a girl, 16 · Qarsan",
        sources=2,
    ),
)

RULES = (
    RuleView(
        rule_id="count-2",
        purpose="counting",
        name="range of independent counts",
        version="2",
        text=(
            "The range covers every source that gives a count and is not shown to repeat another.",
            "Denials and silence do not move it; they are printed beside it.",
        ),
    ),
    RuleView(
        rule_id="grade-1",
        purpose="grading",
        name="support by knowers",
        version="1",
        text=("A number is supported by as many knowers as are shown independent.",),
    ),
    RuleView(
        rule_id="review-1",
        purpose="review",
        name="two reviewers",
        version="1",
        text=("Two people decide separately; the second does not see the first decision.",),
    ),
)

SITE = SiteView(
    title=words_in("en", text="Qarsan, March 2031"),
    release="r-1",
    seal=SealView(
        origin=LOG.proof().origin,
        size=LOG.proof().size,
        root=LOG.proof().root,
        key=public(key_of("keeper")),
        checkpoint=LOG.proof().checkpoint,
        signed_at="3 May 2031, 10:12 UTC",
    ),
    keeper=KeeperView(
        contact="register@qarsan.example", name=words_in("en", text="Friends of the Qarsan bakers")
    ),
    tally=TallyView(
        documents_found=18,
        documents_read=16,
        unread=(
            ReasonTally(reason="the file is broken", documents=1),
            ReasonTally(reason="the format is not read yet", documents=1),
        ),
        documents_read_through=6,
        read_through_by_question=(("how many were taken", 6), ("who did it (alleged)", 4)),
        claims_accepted=41,
        claims_rejected=7,
        claims_unsure=3,
        claims_waiting=12,
        claims_withdrawn=1,
    ),
    incidents=(BAKERY, BRIDGE),
    persons=PERSONS,
    checks=(
        _check(
            "n-taken",
            of="taken",
            claim_ids=("Q-0042-A-3", "Q-0042-B-1"),
            sentence="people taken from Chenar bakery on 14 March 2031",
        ),
        _check(
            "n-killed",
            of="killed",
            claim_ids=("Q-0042-A-7", "Q-0042-B-2", "Q-0042-D-1"),
            sentence="people who died after they were taken",
        ),
    ),
    rules=RULES,
    omissions=(OMISSION,),
    folding={
        **{"ي": "ی", "ى": "ی", "ك": "ک", "أ": "ا", "آ": "ا", "إ": "ا", "ة": "ه", "\u2011": "-"},
        "": "\u200c\u200d\u0640\u064b\u064e\u064f\u0650\u0651\u0652",
    },
    bundle="qarsan-r-1.zip",
    notice="Invented sample. Tarvand is not a country; nobody here ever lived.",
    tool="Affiant 0.1.0",
)
