-- AddressChangeRepository in libs/auth/address-change.repository.ts. Written by npm run schema.

-- request
select app.request_address_change($1, $2) as requested;

-- findOwn
select new_address as "newEmail",
  requested_at as "requestedAt",
  effective_at as "effectiveAt",
  old_confirmed as "oldConfirmed",
  new_confirmed as "newConfirmed"
from app.own_address_change();

-- confirm
select new_address as "newEmail",
  requested_at as "requestedAt",
  effective_at as "effectiveAt",
  old_confirmed as "oldConfirmed",
  new_confirmed as "newConfirmed"
from app.confirm_address_change($1);

-- cancel
select app.cancel_address_change($1) as cancelled;

-- applyAllDue
select app.apply_due_address_changes() as applied;

-- applyDue
select app.apply_address_changes($1) as applied;
