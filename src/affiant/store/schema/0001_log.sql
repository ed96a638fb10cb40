-- Recorded: one row an entry; canonical are header, signature and body as stored.
create table entry (
    position integer primary key,
    kind text not null,
    actor text not null,
    commitment text not null unique,
    header blob not null,
    signature blob not null,
    body blob,
    salt blob,
    opening blob
) strict;

-- The newest signed checkpoint and what is needed to append to the tree.
create table log (
    only integer primary key check (only = 1),
    case_id text not null,
    size integer not null,
    root text not null,
    peaks blob not null,
    note text not null
) strict;

-- Files whose entries were erased; unlinked after the transaction, at the next opening at the latest.
create table condemned (
    path text primary key
) strict;
