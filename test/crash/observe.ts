/** Reads the database as its owner, past every policy: facts as the ledger has them, and rules that hold for every database. */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';

/** Each gives rows (key, value). Texts are unique, so that a write that was not answered can be found. */
const FACTS = `
  select 'goal/' || g.title as key, concat_ws(' ', g.status, g.visibility, g.why) as value from personal_goal g
  union all
  select 'milestones/' || g.title, string_agg(m.title, ' ' order by m.position, m.id)
  from milestone m join personal_goal g on g.id = m.goal_id group by g.id
  union all
  select 'update/' || u.text, u.measured_value::text from goal_update u
  union all
  select 'measure/' || g.title, g.measure_current::text from personal_goal g where g.measure_current is not null
  union all
  select 'share/' || g.title, app.share_state(s) from goal_share s join personal_goal g on g.id = s.goal_id
  union all
  select 'point/' || p.text, concat_ws(' ', case when p.draft then 'draft' else 'shared' end, case when p.discussed then 'discussed' end)
  from talking_point p
  union all
  select 'carried/' || p.text, p.times_carried::text from talking_point p
  union all
  select 'conversation/' || c.id, c.status from conversation c
  union all
  select 'notes/' || n.conversation_id, n.text from shared_notes n where n.version > 0
  union all
  select 'private/' || n.conversation_id, n.text from private_notes n
  union all
  select 'item/' || i.text, concat_ws(' ', i.state, i.due_on, i.renegotiated) from action_item i
  union all
  select 'business/' || b.title, concat_ws(' ', b.state, b.health, (select string_agg(k.current_value::text, ' ' order by k.position)
    from key_result k where k.business_goal_id = b.id)) from business_goal b
  union all
  select 'parent/' || b.title, p.title from business_goal b join business_goal p on p.id = b.parent_id
  union all
  select 'check-in/' || c.text, c.health from check_in c where c.text is not null
  union all
  select 'part/' || g.title || '/' || b.title, a.how from alignment a
    join personal_goal g on g.id = a.personal_goal_id join business_goal b on b.id = a.business_goal_id
  union all
  select 'person/' || p.external_id, p.title from person p where p.external_id is not null
  union all
  select 'manager/' || p.external_id, m.external_id from person p
    join reporting_line l on l.report_id = p.id and l.ends_on is null join person m on m.id = l.manager_id
  where p.external_id is not null and m.external_id is not null
  union all
  select 'feedback/' || f.better, case when f.offered then 'offered' else 'kept' end from conversation_feedback f
  union all
  select 'mandate/' || m.text, case when m.ended_at is null then 'holds' else 'ended' end from mandate m
  union all
  select 'barrier/' || b.title, concat_ws(' ', b.status, b.raised_by_id) from barrier b
  union all
  select 'supported/' || b.title, count(*)::text from barrier_support s join barrier b on b.id = s.barrier_id group by b.id
  union all
  select 'invited/' || i.address, count(*)::text from invitation i where i.accepted_at is null group by i.address
`;

/** What must never occur, each with a query for the rows that break it. */
const NEVER: Readonly<Record<string, string>> = {
  'a goal without what is its owner’s alone': `
    select g.id from personal_goal g left join personal_goal_own o on o.goal_id = g.id where o.goal_id is null`,
  'a goal without its first version': `
    select g.id from personal_goal g
    where not exists (select 1 from personal_goal_version v where v.goal_id = g.id and v.version = 1)`,
  'words of a goal that are not its newest version': `
    select g.id from personal_goal g join lateral (
      select v.title, v.why from personal_goal_version v where v.goal_id = g.id order by v.version desc limit 1
    ) v on true where (v.title, v.why) is distinct from (g.title, g.why)`,
  'shared notes without their history': `
    select n.id from shared_notes n where n.version > 0 and not exists (
      select 1 from shared_notes_version v where v.notes_id = n.id and v.version = n.version and v.text = n.text)`,
  'a promise without its history': `
    select i.id from action_item i where (
      select v.text from action_item_version v where v.item_id = i.id order by v.version desc limit 1) is distinct from i.text`,
  'a point without its history': `
    select p.id from talking_point p where (
      select v.text from talking_point_version v where v.point_id = p.id order by v.version desc limit 1) is distinct from p.text`,
  'an undiscussed point left in a closed conversation': `
    select p.id from talking_point p join conversation c on c.id = p.conversation_id
    where c.status <> 'PLANNED' and not p.discussed`,
  'a point whose count is not that of its carries': `
    select p.id from talking_point p
    where p.times_carried <> (select count(*) from talking_point_carry y where y.point_id = p.id)`,
  'a carry from a conversation that is still planned': `
    select y.point_id from talking_point_carry y join conversation c on c.id = y.from_id where c.status = 'PLANNED'`,
  'an open pair with a rhythm and nothing planned': `
    select o.id from one_to_one o where o.state = 'OPEN' and o.recurrence is not null and not exists (
      select 1 from conversation c where c.one_to_one_id = o.id and c.status = 'PLANNED' and c.scheduled_at > now() - interval '1 hour')`,
  'a point that went on without a carry': `
    select p.id from talking_point p where p.conversation_id <> p.raised_in_id and not exists (
      select 1 from talking_point_carry y where y.point_id = p.id and y.from_id = p.raised_in_id)`,
  'a share that waits for a leader who has shared first': `
    select s.id from goal_share s where s.waiting and app.share_state(s) = 'PENDING' and app.has_shared_first(s.with_id, s.owner_id)`,
  'a live share of a private goal': `
    select s.id from goal_share s join personal_goal g on g.id = s.goal_id where s.ended_at is null and g.visibility = 'PRIVATE'`,
  'a measured goal that is not where its last measured update is': `
    select g.id from personal_goal g join lateral (
      select u.measured_value from goal_update u where u.goal_id = g.id and u.measured_value is not null order by u.at desc, u.id desc limit 1
    ) u on true where u.measured_value is distinct from g.measure_current`,
  'a business goal that is not as its last check-in says': `
    select b.id from business_goal b join lateral (
      select c.health from check_in c where c.business_goal_id = b.id order by c.at desc, c.id desc limit 1
    ) c on true where c.health is distinct from b.health`,
  'a business goal without its key results': `
    select b.id from business_goal b where (select count(*) from key_result k where k.business_goal_id = b.id) <> 2`,
  'a mandate without what is its two people’s alone': `
    select m.id from mandate m left join mandate_own o on o.mandate_id = m.id where o.mandate_id is null`,
  'feedback on a conversation that was not held': `
    select f.id from conversation_feedback f join conversation c on c.id = f.conversation_id where c.status <> 'HELD'`,
  'offered feedback without the time of the offer': `
    select f.id from conversation_feedback f where f.offered and f.offered_at is null`,
  'a proposal beside the placement of its pair': `
    select a.id from alignment a join alignment o using (personal_goal_id, business_goal_id) where a.state = 'PROPOSED' and o.state = 'PLACED'`,
  'an import by half': `
    select min(p.id::text) from person p where p.external_id is not null
    group by split_part(p.external_id, ':', 1) having count(*) <> 3 or count(distinct p.title) <> 1`,
  'an import without its report and its entry in the audit trail': `
    select r.id from import_report r where not r.dry_run and r.error_count = 0 and not exists (
      select 1 from audit_entry a where a.action = 'PEOPLE_IMPORTED' and a.subject like '%' || r.id)`,
  'an invitation that the audit trail does not know': `
    select i.id from invitation i where not exists (
      select 1 from audit_entry a where a.action = 'PERSON_INVITED' and a.subject like '%' || i.person_id || '%')`,
  'rows of an import left behind': `select r.import_id from import_row r`,
};

export async function observe(admin: Client): Promise<Map<string, string>> {
  const { rows } = await admin.query<{ key: string; value: string }>(FACTS);
  return new Map(rows.map(({ key, value }) => [key, value]));
}

/** A sentence for each rule that is broken. */
export async function brokenRules(admin: Client): Promise<string[]> {
  const found: string[] = [];
  for (const [what, query] of Object.entries(NEVER)) {
    const { rows } = await admin.query<Record<string, unknown>>(query);
    if (rows.length > 0) found.push(`${rows.length} × ${what}: ${String(Object.values(rows[0]!)[0])}`);
  }
  return found;
}

/** How many rules `brokenRules` checks. */
export const ruleCount = Object.keys(NEVER).length;

/** Addresses that were invited and to which no mail is waiting or was sent. */
export async function addressesWithoutMail(admin: Client, mailFolder: string): Promise<string[]> {
  const { rows } = await admin.query<{ address: string }>(
    'select i.address from invitation i where not exists (select 1 from outbox_mail m where m.recipient = i.address)',
  );
  // Read after the rows: a mail is a file before its row is deleted.
  const sent = new Set<string | undefined>();
  for (const name of await readdir(mailFolder)) {
    const text = await readFile(join(mailFolder, name), 'utf8');
    sent.add(/^To: (.*)$/m.exec(text)?.[1]?.trim());
  }
  return rows.map(({ address }) => address).filter((address) => !sent.has(address));
}

/** Whether no transaction of the service is in progress. */
export async function isQuiet(admin: Client): Promise<boolean> {
  const { rows } = await admin.query(
    `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
       and backend_type = 'client backend' and state <> 'idle' and usename like '%serving'`,
  );
  return rows.length === 0;
}
