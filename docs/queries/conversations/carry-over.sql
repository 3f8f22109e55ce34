-- CarryOverRepository in libs/conversations/agenda/carry-over.repository.ts. Written by npm run schema.

-- carry
select app.carry_points($1::uuid, $2::uuid);

-- admit
select app.admit_points($1::uuid);

-- return
select app.return_points($1::uuid);

-- withdraw
select app.withdraw_conversation($1::uuid, $2::uuid);
