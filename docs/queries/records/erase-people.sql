-- ErasePeopleRepository in libs/records/erasure/erase-people.repository.ts. Written by npm run schema.

-- findDue
select id
from app.people_to_erase($1) as id;

-- erase
select app.erase_person($1::uuid) as done;
