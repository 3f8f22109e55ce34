-- AccountAccessRepository in libs/people/accounts/account-access.repository.ts. Written by npm run schema.

-- setDisabled
select app.set_account_disabled($1::uuid, $2) as changed;

-- signInAddress
select sign_in_address as address
from account
where person_id = $1;
