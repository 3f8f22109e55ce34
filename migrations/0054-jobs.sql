-- Mails are sent by jobs of graphile-worker, which counts the attempts and keeps the time of the next one.
select graphile_worker.add_job('send_mail', json_build_object('id', id), max_attempts => 21) from outbox_mail order by created_at;

-- Its table is nearly empty.
-- squawk-ignore require-concurrent-index-deletion
drop index outbox_mail_due_idx;
-- The worker of the previous version stops sending until it is replaced; the mails wait.
-- squawk-ignore ban-drop-column
alter table outbox_mail drop column not_before;
-- squawk-ignore ban-drop-column
alter table outbox_mail drop column attempts;
-- squawk-ignore ban-drop-column
alter table outbox_mail drop column last_error;
