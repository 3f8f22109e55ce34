-- A standing point is on every agenda until it is taken off.
alter table talking_point add column standing boolean not null default false;

-- discussed: a standing point that was discussed in the conversation that closed; it goes on undiscussed, and that is not counted.
-- postponed: it left a planned conversation because somebody put it off, not because the conversation closed.
alter table talking_point_carry
  add column discussed boolean not null default false,
  add column postponed boolean not null default false;
