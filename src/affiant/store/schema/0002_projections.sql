-- Projections: rebuilt from the entries at any time; 'position' is the entry a row came from.
create table admitted_key (
    public text primary key,
    name text not null,
    position integer not null
) strict;

create table policy (
    name text primary key,
    value text not null,
    position integer not null
) strict;

create table custody (
    position integer primary key,
    digest text not null,
    event text not null,
    name text not null,
    path text not null,
    obtained_from text,
    how text,
    at text not null,
    actor text not null
) strict;
create index custody_digest on custody (digest);

create table document (
    document_id text primary key,
    container text,
    member text,
    digest text not null,
    blake3 text,
    size integer not null,
    media_type text not null,
    name text not null,
    position integer not null
) strict;
create index document_container on document (container);

create table text (
    text_digest text not null,
    document_id text not null,
    length integer not null,
    encoding text,
    replaced integer not null,
    surrogates integer not null,
    tool text not null,
    version text not null,
    settings text not null,
    isolation text not null,
    paragraphs integer not null,
    root text not null,
    secret text not null,
    position integer not null,
    primary key (document_id, text_digest, position)
) strict;
create index text_digest on text (text_digest);

create table unread (
    document_id text not null,
    code text not null,
    isolation text not null,
    position integer not null,
    primary key (document_id, position)
) strict;

create table source (
    source_id text primary key,
    name text not null,
    kind text not null,
    interests text not null,
    reliability text,
    speaks_as text not null,
    position integer not null
) strict;

create table attribution (
    document_id text primary key,
    source_id text not null,
    author text,
    publisher text,
    published text,
    language text,
    generation text not null,
    position integer not null
) strict;

create table knower (
    knower_id text primary key,
    name text not null,
    basis text not null,
    note text,
    position integer not null
) strict;

create table claim_knower (
    claim_id text primary key,
    knower_id text not null,
    position integer not null
) strict;

create table dependence (
    left_id text not null,
    right_id text not null,
    verdict text not null,
    why text not null,
    position integer not null,
    primary key (left_id, right_id)
) strict;

create table edge (
    document_id text not null,
    of_document_id text not null,
    kind text not null,
    why text not null,
    position integer not null,
    primary key (document_id, of_document_id, kind)
) strict;

create table claim (
    claim_id text primary key,
    suggestion text,
    document_id text not null,
    text_digest text not null,
    act text not null,
    family text not null,
    start integer not null,
    body text not null,
    why text not null,
    commitment text not null,
    position integer not null
) strict;
create index claim_suggestion on claim (suggestion);
create index claim_document on claim (document_id);

create table decision (
    position integer primary key,
    claim_id text not null,
    reviewer text not null,
    verdict text not null,
    why text,
    at text not null
) strict;
create index decision_claim on decision (claim_id);

create table reported_decision (
    position integer primary key,
    claim_id text not null,
    reviewer_name text not null,
    verdict text not null,
    why text
) strict;

create table claim_end (
    claim_id text primary key,
    how text not null,
    by_claim_id text,
    why text,
    position integer not null
) strict;

create table read_through (
    document_id text not null,
    text_digest text not null,
    question text not null,
    reviewer text not null,
    position integer not null,
    primary key (document_id, text_digest, question, reviewer)
) strict;

create table incident (
    incident_id text primary key,
    label text not null,
    why text not null,
    position integer not null
) strict;

create table incident_claim (
    claim_id text primary key,
    incident_id text not null,
    position integer not null
) strict;
create index incident_claim_incident on incident_claim (incident_id);

create table person (
    person_id text primary key,
    name text not null,
    names text not null,
    fate text,
    notes text not null,
    position integer not null
) strict;

create table person_claim (
    person_id text not null,
    claim_id text not null,
    name text not null,
    position integer not null,
    primary key (person_id, claim_id, name)
) strict;

create table judgement (
    left_id text not null,
    right_id text not null,
    verdict text not null,
    why text not null,
    position integer not null,
    primary key (left_id, right_id)
) strict;

create table publication (
    item text primary key,
    verdict text not null,
    why text not null,
    position integer not null
) strict;

create table release (
    release_id text primary key,
    folder text not null,
    numbers text not null,
    files text not null,
    position integer not null
) strict;
