-- What people and the program decided. Never rebuilt: copied before every migration.
create table meta(key text primary key, value text not null) without rowid;

-- One growing sequence over everything that happens. Entries of the judge name the facts transaction
-- (epoch, facts_tx) that they rest on and the finding's row before, so that they can be taken back when
-- that transaction was lost.
create table journal(
    seq integer primary key autoincrement,
    at integer not null,
    site text not null default '',
    case_id text not null default '',
    finding_id text not null default '',
    action_id text not null default '',
    event text not null,
    person text not null default '',
    detail text not null default '',
    epoch text,
    facts_tx integer,
    before_state text);
create index journal_finding on journal(finding_id) where finding_id <> '';
create index journal_facts on journal(facts_tx) where facts_tx is not null;

-- A finding as last judged; everything a row of the queue shows stands in `content`.
create table finding_state(
    finding_id text primary key,
    site text not null,
    case_id text not null,
    type text not null,
    subject text not null,
    state text not null,
    first_seen integer not null,
    changed_at integer not null,
    closed_at integer,
    closed_by text not null default '',
    is_regressed integer not null default 0,
    is_inherited integer not null default 0,
    content text not null,
    content_hash text not null,
    seq integer not null) without rowid;
create index finding_case on finding_state(site, case_id);
create index finding_seq on finding_state(seq);
create index finding_live on finding_state(state) where state <> 'closed';

create table people_state(
    finding_id text primary key,
    is_claimed integer not null default 0,
    claimed_at integer,
    assignee text not null default '',
    waiting_for text not null default '',
    ticket text not null default '',
    snoozed_until integer,
    paused_ms integer not null default 0,
    paused_since integer,
    accepted_hash text not null default '') without rowid;

create table inspection(
    id integer primary key,
    site text not null,
    rma_id text not null,
    unit_id text not null,
    verdict integer not null,
    cause integer not null,
    share_percent integer,
    reason text not null,
    note text not null,
    person text not null,
    at integer not null);
create index inspection_rma on inspection(site, rma_id);

create table claim(
    id integer primary key,
    site text not null,
    case_id text not null,
    finding_id text not null,
    step text not null,
    person text not null,
    at integer not null,
    reason text not null);
create index claim_case on claim(site, case_id);

create table action(
    id text primary key,
    site text not null,
    case_id text not null,
    finding_id text not null,
    kind text not null,
    state text not null,
    natural_key text not null,
    plan_hash text not null,
    amount_minor integer not null,
    currency text not null,
    created_at integer not null,
    changed_at integer not null,
    sent_at integer,
    plan text not null,
    body text not null) without rowid;
create index action_case on action(site, case_id);
create index action_state on action(state);

create table action_unit(
    action_id text not null,
    site text not null,
    unit_id text not null,
    line_id text not null,
    book text not null,
    purpose text not null,
    amount_minor integer not null,
    value_minor_max integer not null,
    is_live integer not null,
    primary key(action_id, unit_id)) without rowid;
-- The promise of one credit per unit and book: two actions that both stand never share a unit.
create unique index action_unit_once on action_unit(site, unit_id, book, purpose) where is_live = 1;

create table approval(
    action_id text not null,
    person text not null,
    role text not null,
    plan_hash text not null,
    at integer not null,
    is_enforced integer not null,
    reason text not null,
    primary key(action_id, person, plan_hash)) without rowid;

create table attempt(
    action_id text not null,
    number integer not null,
    at integer not null,
    label text not null,
    body text not null,
    request_hash text not null,
    idempotency_key text not null,
    pre_text text not null,
    outcome text not null,
    detail text not null,
    request_id text not null,
    primary key(action_id, number)) without rowid;

create table proof(
    id integer primary key,
    site text not null,
    write_name text not null,
    at integer not null,
    api_version text not null,
    is_good integer not null,
    detail text not null,
    person text not null);
create index proof_write on proof(site, write_name);

create table call(
    id integer primary key,
    at integer not null,
    site text not null,
    platform text not null,
    call_class text not null,
    label text not null,
    status integer not null);
create index call_at on call(platform, at);

create table audit(
    seq integer primary key,
    at integer not null,
    person text not null,
    what text not null,
    object text not null,
    detail text not null,
    previous_hash text not null,
    hash text not null);

-- Document versions that an action rests on, and prices as they stood: kept when the facts are lost.
create table document_copy(
    site text not null,
    kind text not null,
    external_id text not null,
    digest blob not null,
    observed_at integer not null,
    action_id text not null,
    body blob not null,
    primary key(site, kind, external_id, digest)) without rowid;
create table price_snapshot(
    site text not null,
    external_id text not null,
    at integer not null,
    digest blob not null,
    body blob not null,
    primary key(site, external_id, at)) without rowid;
