-- Projections: what was confirmed one by one, disagreements settled, two ids of one claim,
-- passages read blind, seeded errors decided on, codings from elsewhere.
alter table claim add column sense text not null default '';
alter table decision add column confirmed text not null default '[]';
alter table decision add column reason text;
create index decision_reviewer on decision (reviewer, claim_id);

create table claim_alias (
    claim_id text primary key,
    of_claim_id text not null,
    position integer not null
) strict;

create table settlement (
    claim_id text primary key,
    reviewer text not null,
    verdict text not null,
    why text not null,
    position integer not null
) strict;

create table blind_reading (
    position integer primary key,
    document_id text not null,
    text_digest text not null,
    start integer not null,
    stop integer not null,
    claim_ids text not null,
    reviewer text not null
) strict;
create index blind_reading_document on blind_reading (document_id, reviewer);

create table seed_decision (
    position integer primary key,
    suggestion text not null,
    document_id text not null,
    how text not null,
    verdict text not null,
    caught integer not null,
    reviewer text not null
) strict;
create index seed_decision_reviewer on seed_decision (reviewer, suggestion);

create table coding (
    digest text primary key,
    document_id text not null,
    text_digest text not null,
    start integer not null,
    body text not null,
    why text not null,
    sense text not null,
    coded_by text not null,
    position integer not null
) strict;
create index coding_document on coding (document_id, start);

-- Derived: what a suggestion says apart from its words, so that a reprint need not say it again.
alter table suggestion add column sense text not null default '';
create index suggestion_document on suggestion (document_id, start);
