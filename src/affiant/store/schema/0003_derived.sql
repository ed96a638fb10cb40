-- Derived: a machine can make all of it again; deleting it changes nothing recorded.
create table hint (
    document_id text primary key,
    title text,
    author text,
    published text,
    site text,
    language text
) strict;

create table suggestion (
    digest text primary key,
    document_id text not null,
    text_digest text not null,
    start integer not null,
    body text not null,
    why text not null,
    score text not null
) strict;
create index suggestion_text on suggestion (text_digest);

create table suggested (
    text_digest text not null,
    tool text not null,
    version text not null,
    primary key (text_digest, tool, version)
) strict;

create table passage (
    passage_id integer primary key,
    text_digest text not null,
    start integer not null,
    stop integer not null
) strict;
create index passage_text on passage (text_digest);

create virtual table passage_index using fts5 (
    folded, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);
