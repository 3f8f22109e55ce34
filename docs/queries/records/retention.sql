-- RetentionRepository in libs/records/retention/retention.repository.ts. Written by npm run schema.

-- deleteConversations
select app.delete_expired_conversations($1) as count;

-- deleteActionItems
select app.delete_expired_action_items($1) as count;

-- deleteLapsedNotesImports
select app.delete_lapsed_notes_imports($1) as count;

-- deleteAccessLog
select app.delete_expired_access_log($1) as count;

-- deleteExports
select app.delete_expired_exports($1) as count;

-- deleteErasures
select app.delete_finished_erasures($1) as count;

-- remindLeavers
select app.remind_leavers() as mails;
