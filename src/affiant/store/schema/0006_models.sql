-- Projections: the model servers that a person allowed for this case, or forbade again, and
-- the replies of models that a decision saw, whole.
create table model_server (
    address text not null,
    model text not null,
    verdict text not null,
    why text,
    position integer not null,
    primary key (address, model)
) strict;

create table model_reply (
    commitment text primary key,
    reply_digest text not null,
    document_id text not null,
    body text not null,
    position integer not null
) strict;
create index model_reply_digest on model_reply (reply_digest);

-- Derived: replies that suggestions came from; recorded only with a decision.
create table kept_reply (
    reply_digest text primary key,
    document_id text not null,
    body text not null
) strict;

create table suggestion_reply (
    digest text primary key,
    reply_digest text not null
) strict;
