-- What the platforms say and what follows from it. Can be read again; history of versions then is lost.
create table meta(key text primary key, value text not null) without rowid;

-- One row a document, with the keys it is found by. `digest` is that of its newest version.
create table document(
    id integer primary key,
    site text not null,
    kind text not null,
    external_id text not null,
    version integer not null,
    digest blob not null,
    observed_at integer not null,
    source_time integer,
    order_id text not null default '',
    customer_id text not null default '',
    rma_id text not null default '',
    order_name text not null default '',
    status text not null default '',
    sku text not null default '',
    has_po integer not null default 0,
    has_return integer not null default 0,
    rank integer not null default 0,
    unique(site, kind, external_id));
create index document_order on document(site, order_id) where order_id <> '';
create index document_customer on document(site, customer_id, kind, rank) where customer_id <> '';
create index document_rma on document(site, rma_id) where rma_id <> '';
create index document_name on document(site, order_name) where order_name <> '';

-- Every version, exact bytes under zstd. id = document id * 2^20 + version, so that the versions of a
-- document lie together. observed_at is when a superseded version was last seen unchanged.
create table document_version(
    id integer primary key,
    digest blob not null,
    first_observed integer not null,
    observed_at integer,
    source_time integer,
    status text not null default '',
    unknowns text,
    size integer not null,
    body blob not null);

create table document_unit(
    site text not null,
    unit_id text not null,
    document_id integer not null,
    primary key(site, unit_id, document_id)) without rowid;
create index document_unit_document on document_unit(document_id);

create table set_aside(
    site text not null,
    platform text not null,
    kind text not null,
    external_id text not null,
    reason text not null,
    loop text not null,
    at integer not null,
    body blob not null,
    primary key(site, kind, external_id, reason)) without rowid;

create table watermark(
    site text not null,
    loop text not null,
    platform text not null,
    mark text not null default '',
    last_success integer,
    previous_success integer,
    failing_since integer,
    last_error text not null default '',
    last_request_id text not null default '',
    primary key(site, loop)) without rowid;

create table cases(
    site text not null,
    case_id text not null,
    rma_id text not null default '',
    order_id text not null default '',
    order_name text not null default '',
    customer_id text not null default '',
    changed_at integer not null default 0,
    judged_at integer,
    judge_again_at integer,
    is_history integer not null default 0,
    policy_hash text not null default '',
    primary key(site, case_id)) without rowid;
create index case_order on cases(site, order_id) where order_id <> '';
create index case_name on cases(site, order_name) where order_name <> '';
create index case_customer on cases(site, customer_id) where customer_id <> '';
create index case_changed on cases(site, changed_at);
create index case_due on cases(judge_again_at) where judge_again_at is not null;

-- Stock items and SKUs whose levels a case rests on.
create table case_key(
    site text not null,
    key text not null,
    case_id text not null,
    primary key(site, key, case_id)) without rowid;
create index case_key_case on case_key(site, case_id);

-- Findings and refusals to judge of a case as judged now.
create table judgement(
    site text not null,
    case_id text not null,
    body text not null,
    primary key(site, case_id)) without rowid;
-- Key columns first: SQLite 3.40 calls a sound WITHOUT ROWID table of another order damaged (tests/unit/schema).
create table not_judged(
    site text not null,
    case_id text not null,
    ord integer not null,
    type text not null,
    rma_id text not null,
    reason text not null,
    primary key(site, case_id, ord)) without rowid;
