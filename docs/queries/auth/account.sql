-- AccountRepository in libs/auth/account.repository.ts. Written by npm run schema.

-- parameters
select app.password_parameters($1) as parameters;

-- findOwn
select a.sign_in_address as address,
  app.own_password_context() as context,
  app.own_password_parameters() as parameters
from account a
where a.person_id = app.signed_in_person();

-- requestPasswordReset
select app.request_password_reset($1);

-- findResetLink
select address,
  context
from app.password_reset_link($1);

-- signIn
select app.sign_in($1, $2, $3, $4) as "endsAt";

-- changePassword
select app.change_password($1, $2, $3, $4) as "endsAt";

-- resetPassword
select app.reset_password($1, $2, $3, $4) as "endsAt";

-- deleteExpiredLinks
select app.delete_expired_links() as deleted;
