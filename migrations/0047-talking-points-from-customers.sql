-- A talking point can be marked as coming from a customer. The mark refers to no record of a customer.
alter table talking_point add column from_customer boolean not null default false;
