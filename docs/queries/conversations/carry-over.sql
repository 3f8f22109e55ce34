-- CarryOverRepository in libs/conversations/agenda/carry-over.repository.ts. Written by npm run schema.

-- carry
select app.carry_points($1::uuid);

-- admit
select app.admit_points($1::uuid);

-- postpone
select app.postpone_point($1::uuid);

-- returnPostponed
select app.return_postponed_point($1::uuid, $2::uuid) as returned;

-- return
select app.return_points($1::uuid);

-- withdraw
select app.withdraw_conversation($1::uuid, $2::uuid);
