-- Projections: more of custody, of parts, of texts; keys that ended; stamps.
alter table custody add column conditions text;
alter table custody add column held_at text;
alter table custody add column received text;
alter table custody add column detail text;
alter table document add column about text;
alter table text add column pages text not null default '[]';
alter table text add column regions text not null default '[]';
alter table text add column person text;
alter table text add column corrects text;

create table key_end (
    public text primary key,
    how text not null,
    successor text,
    in_doubt_since integer,
    why text,
    position integer not null
) strict;

create table stamp (
    position integer primary key,
    size integer not null,
    root text not null,
    authority text not null,
    address text not null,
    time text not null,
    folder text not null,
    files text not null,
    verified_by text not null
) strict;

-- Derived: what files say of themselves, how pictures look, which files belong together.
create table fact (
    document_id text not null,
    name text not null,
    value text not null,
    primary key (document_id, name)
) strict;

create table likeness (
    document_id text primary key,
    hash text not null
) strict;

create table companion (
    document_id text not null,
    of_document_id text not null,
    role text not null,
    name text not null,
    primary key (document_id, of_document_id, role)
) strict;

-- Derived: inner nodes of the tree over the entries, so that one proof needs few rows.
create table tree_node (
    level integer not null,
    at integer not null,
    hash blob not null,
    primary key (level, at)
) strict, without rowid;

-- Which authority still owes a stamp over which checkpoint, as while there is no network.
create table stamp_waiting (
    authority text not null,
    size integer not null,
    note text not null,
    since text not null,
    problem text,
    primary key (authority, size)
) strict;
