-- Projections: estimates that a person kept, each with its request, tables, lines and sentences.
create table kept_estimate (
    estimate_id text primary key,
    linkage text not null,
    body text not null,
    position integer not null
) strict;
