-- Whom an exception was handed to; '' leaves it with the owner of its type.
alter table people_state add column handed_to text not null default '';
