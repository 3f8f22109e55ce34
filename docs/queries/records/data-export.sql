-- DataExportRepository in libs/records/export/data-export.repository.ts. Written by npm run schema.

-- collect
select json_build_object('organization', o.name, 'purpose', o.purpose, 'exportedAt', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'account', (
  select json_build_object('name', p.name, 'email', p.email, 'title', p.title, 'department', d.name, 'location', l.name, 'hiredOn', to_char(p.hired_on, 'YYYY-MM-DD'), 'lastDay', (
    select to_char(e.ended_on, 'YYYY-MM-DD')
    from employment_end e
    where e.person_id = p.id
  ), 'timeZone', (
    select z.time_zone
    from person_time_zone z
    where z.person_id = p.id
  ), 'signInAddress', a.sign_in_address, 'accountCreatedAt', to_char(a.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'remindersByMail', coalesce((
    select r.reminders_by_mail
    from person_preference r
    where r.person_id = p.id
  ), true), 'roles', (
    select coalesce(json_agg(r.role order by r.role), '[]')
    from role_grant r
    where r.person_id = p.id
  ), 'sessions', (
    select coalesce(json_agg(json_build_object('label', s.label, 'createdAt', to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'lastSeenAt', to_char(s.last_seen_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'expiresAt', to_char(s.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'revokedAt', to_char(s.revoked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by s.created_at, s.id), '[]')
    from session s
    where s.person_id = p.id
  ))
  from person p
  left join department d on d.id = p.department_id
  left join location l on l.id = p.location_id
  left join account a on a.person_id = p.id
  where p.id = $1::uuid
), 'goals', (
  select coalesce(json_agg(json_build_object('id', g.id, 'title', g.title, 'why', g.why, 'area', o.area, 'horizon', g.horizon, 'targetOn', to_char(g.target_on, 'YYYY-MM-DD'), 'status', g.status, 'measure', case when g.measure_unit is not null then json_build_object('unit', g.measure_unit, 'start', g.measure_start, 'current', g.measure_current, 'target', g.measure_target) end, 'version', o.version, 'createdAt', to_char(o.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'updatedAt', to_char(o.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'milestones', (
    select coalesce(json_agg(json_build_object('title', m.title, 'reachedOn', to_char(m.reached_on, 'YYYY-MM-DD')) order by m.position, m.id), '[]')
    from milestone m
    where m.goal_id = g.id
  ), 'updates', (
    select coalesce(json_agg(json_build_object('at', to_char(u.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'text', u.text, 'measuredValue', u.measured_value) order by u.at, u.id), '[]')
    from goal_update u
    where u.goal_id = g.id
  ), 'history', (
    select coalesce(json_agg(json_build_object('version', v.version, 'at', to_char(v.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'title', v.title, 'why', v.why) order by v.version), '[]')
    from personal_goal_version v
    where v.goal_id = g.id
  )) order by o.created_at, o.goal_id), '[]')
  from personal_goal_own o
  join personal_goal g on g.id = o.goal_id
  where o.owner_id = $2::uuid
), 'sharing', (
  select coalesce(json_agg(json_build_object('goalId', g.id, 'goal', g.title, 'visibility', g.visibility, 'openToProposals', g.open_to_proposals, 'shares', (
    select coalesce(json_agg(json_build_object('with', p.name, 'state', app.own_share_state(s.id), 'includesPast', s.includes_past, 'createdAt', to_char(t.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'activeSince', to_char(s.became_active_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'expiresAt', to_char(s.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'endedAt', to_char(s.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by t.created_at, s.id), '[]')
    from goal_share s
    join goal_share_own t on t.share_id = s.id
    left join person p on p.id = s.with_id
    where s.goal_id = g.id
      and s.owner_id = $3::uuid
  ), 'businessGoals', (
    select coalesce(json_agg(json_build_object('businessGoal', b.title, 'how', a.how, 'proposedBy', p.name, 'placedAt', to_char(n.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by n.created_at, a.id), '[]')
    from alignment a
    join alignment_own n on n.alignment_id = a.id
    left join business_goal b on b.id = a.business_goal_id
    left join person p on p.id = a.proposed_by_id
      and p.id <> $4::uuid
    where a.personal_goal_id = g.id
      and a.state = 'PLACED'
  )) order by o.created_at, o.goal_id), '[]')
  from personal_goal_own o
  join personal_goal g on g.id = o.goal_id
  where o.owner_id = $5::uuid
), 'accessLog', json_build_object('readsOfMyGoals', (
  select coalesce(json_agg(json_build_object('on', to_char(a.on_day, 'YYYY-MM-DD'), 'reader', p.name, 'kind', a.kind, 'goalId', a.goal_id, 'goal', g.title) order by a.on_day, a.reader_id, a.goal_id, a.kind), '[]')
  from goal_access a
  left join person p on p.id = a.reader_id
  left join personal_goal g on g.id = a.goal_id
    and g.owner_id = $6::uuid
  where a.owner_id = $7::uuid
), 'myReads', (
  select coalesce(json_agg(json_build_object('on', to_char(a.on_day, 'YYYY-MM-DD'), 'owner', p.name, 'kind', a.kind) order by a.on_day, a.owner_id, a.goal_id, a.kind), '[]')
  from goal_access a
  left join person p on p.id = a.owner_id
  where a.reader_id = $8::uuid
)), 'conversations', case when $9 then (
  select coalesce(json_agg(json_build_object('with', p.name, 'state', o.state, 'endedAt', to_char(o.ended_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'waitingPoints', (
    select coalesce(json_agg(json_build_object('text', t.text, 'draft', t.draft, 'standing', t.standing, 'discussed', t.discussed, 'fromCustomer', t.from_customer, 'timesCarried', t.times_carried, -- The title of another person's goal would be a read of it. 'about', coalesce(g.title, b.title), 'history', (
      select coalesce(json_agg(json_build_object('at', to_char(v.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'text', v.text) order by v.version), '[]')
      from talking_point_version v
      where v.point_id = t.id
    )) order by t.position, t.id), '[]')
    from talking_point t
    left join talking_point_subject s on s.point_id = t.id
    left join personal_goal g on g.id = s.personal_goal_id
      and g.owner_id = $10::uuid
    left join business_goal b on b.id = s.business_goal_id
    where t.author_id = $11::uuid
      and t.one_to_one_id = o.id
      and t.conversation_id is null
  ), 'conversations', (
    select coalesce(json_agg(json_build_object('scheduledAt', to_char(c.scheduled_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'heldAt', to_char(c.held_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'status', c.status, 'offTheRecord', c.off_the_record_by_id is not null, 'points', (
      select coalesce(json_agg(json_build_object('text', t.text, 'draft', t.draft, 'standing', t.standing, 'discussed', t.discussed, 'fromCustomer', t.from_customer, 'timesCarried', t.times_carried, -- The title of another person's goal would be a read of it. 'about', coalesce(g.title, b.title), 'history', (
        select coalesce(json_agg(json_build_object('at', to_char(v.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'text', v.text) order by v.version), '[]')
        from talking_point_version v
        where v.point_id = t.id
      )) order by t.position, t.id), '[]')
      from talking_point t
      left join talking_point_subject s on s.point_id = t.id
      left join personal_goal g on g.id = s.personal_goal_id
        and g.owner_id = $12::uuid
      left join business_goal b on b.id = s.business_goal_id
      where t.author_id = $13::uuid
        and t.conversation_id = c.id
    ), 'ownLinesOfSharedNotes', (
      select to_json(app.lines_of_author(n.id, $14::uuid))
      from shared_notes n
      where n.conversation_id = c.id
    ), 'privateNotes', (
      select n.text
      from private_notes n
      where n.conversation_id = c.id
        and n.author_id = $15::uuid
        and n.text <> ''
    ), 'feedback', (
      select json_build_object('better', f.better, 'worthIt', f.worth_it, 'offered', f.offered, 'at', to_char(app.feedback_at(f.id) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      from conversation_feedback f
      where f.conversation_id = c.id
        and f.author_id = $16::uuid
    )) order by c.scheduled_at, c.id), '[]')
    from conversation c
    where c.one_to_one_id = o.id
  ), 'actionItems', (
    select coalesce(json_agg(json_build_object('text', i.text, 'mine', i.owner_id = $17::uuid, 'writtenByMe', app.last_author_of_item(i.id, i.created_by_id) = $18::uuid, 'dueOn', to_char(i.due_on, 'YYYY-MM-DD'), 'state', i.state, 'createdAt', to_char(i.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'closedAt', to_char(i.closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'kept', i.kept, 'renegotiated', i.renegotiated, 'myHistory', (
      select coalesce(json_agg(json_build_object('at', to_char(v.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'text', v.text) order by v.version), '[]')
      from action_item_version v
      where v.item_id = i.id
        and v.author_id = $19::uuid
    )) order by i.created_at, i.id), '[]')
    from action_item i
    where i.one_to_one_id = o.id
      and ($20::uuid in (i.owner_id, i.created_by_id) or exists (
        select 1
        from action_item_version v
        where v.item_id = i.id
          and v.author_id = $21::uuid
      ))
  ), 'proposedImports', (
    select coalesce(json_agg(json_build_object('proposedAt', to_char(n.proposed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'sections', (
      select coalesce(json_agg(json_build_object('heldOn', to_char(x.held_on, 'YYYY-MM-DD'), 'text', x.text) order by x.held_on), '[]')
      from notes_import_section x
      where x.import_id = n.id
    )) order by n.proposed_at, n.id), '[]')
    from notes_import n
    where n.one_to_one_id = o.id
      and n.proposed_by_id = $22::uuid
      and n.accepted_at is null
  )) order by o.id), '[]')
  from one_to_one o
  left join person p on p.id = case when o.first_id = $23::uuid then o.second_id else o.first_id end
  where $24::uuid in (o.first_id, o.second_id)
) end, 'work', case when $25 then json_build_object('agendaTemplates', (
  select coalesce(json_agg(json_build_object('name', a.name, 'points', a.points) order by a.id), '[]')
  from agenda_template a
  where a.owner_id = $26::uuid
), 'mandatesGrantedToMe', (
  select coalesce(json_agg(json_build_object('with', p.name, 'text', m.text, 'grantedAt', to_char(n.granted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'lastDay', to_char(m.last_day, 'YYYY-MM-DD'), 'published', m.published, 'endedAt', to_char(app.mandate_ended_at(m.ended_at, m.expires_at, m.line_id) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by n.granted_at, m.id), '[]')
  from mandate m
  join mandate_own n on n.mandate_id = m.id
  left join person p on p.id = m.granted_by_id
  where m.to_id = $27::uuid
), 'mandatesGrantedByMe', (
  select coalesce(json_agg(json_build_object('with', p.name, 'text', m.text, 'grantedAt', to_char(n.granted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'lastDay', to_char(m.last_day, 'YYYY-MM-DD'), 'published', m.published, 'endedAt', to_char(app.mandate_ended_at(m.ended_at, m.expires_at, m.line_id) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by n.granted_at, m.id), '[]')
  from mandate m
  join mandate_own n on n.mandate_id = m.id
  left join person p on p.id = m.to_id
  where m.granted_by_id = $28::uuid
), 'handovers', (
  select coalesce(json_agg(json_build_object('openedOn', to_char(h.opened_on, 'YYYY-MM-DD'), 'completedAt', to_char(h.completed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'from', f.name, 'to', t.name, 'offers', (
    select coalesce(json_agg(json_build_object('kind', o.kind, 'text', o.text, 'day', to_char(o.day, 'YYYY-MM-DD')) order by o.position), '[]')
    from handover_offer o
    where o.line_id = h.line_id
  )) order by h.opened_on, h.line_id), '[]')
  from handover h
  left join person f on f.id = h.from_id
  left join person t on t.id = h.to_id
  where h.person_id = $29::uuid
), 'barriers', (
  select coalesce(json_agg(json_build_object('createdOn', to_char(b.created_on, 'YYYY-MM-DD'), 'title', b.title, 'description', b.description, 'proposedRemedy', b.proposed_remedy, 'hindersCustomers', b.hinders_customers, 'status', b.status) order by b.created_on, b.id), '[]')
  from barrier b
  where b.raised_by_id = $30::uuid
), 'barrierAnswers', (
  select coalesce(json_agg(json_build_object('at', to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'barrier', b.title, 'status', a.status, 'text', a.text, 'gotItWrong', a.got_it_wrong, 'lossLastHappened', a.loss_last_happened, 'lossesAYear', a.losses_a_year, 'costToOthers', a.cost_to_others, 'requiredByLaw', a.required_by_law, 'trialUntil', to_char(a.trial_until, 'YYYY-MM-DD')) order by a.at, a.id), '[]')
  from barrier_answer a
  join barrier b on b.id = a.barrier_id
  where a.by_id = $31::uuid
), 'barriersSupported', (
  select coalesce(json_agg(b.title order by b.created_on, b.id), '[]')
  from barrier_support s
  join barrier b on b.id = s.barrier_id
  where s.person_id = $32::uuid
), 'stories', (
  select coalesce(json_agg(json_build_object('createdOn', to_char(s.created_on, 'YYYY-MM-DD'), 'barrier', b.title, 'text', s.text, 'named', a.named) order by s.created_on, s.id), '[]')
  from story_author a
  join story s on s.id = a.story_id
  join barrier b on b.id = s.barrier_id
  where a.person_id = $33::uuid
), 'storiesAdopted', (
  select coalesce(json_agg(s.text order by s.created_on, s.id), '[]')
  from story_adoption a
  join story s on s.id = a.story_id
  where a.person_id = $34::uuid
), 'trendResponses', (
  select coalesce(json_agg(json_build_object('period', r.period_key, 'metric', s.metric, 'text', s.text, 'dueOn', to_char(s.due_on, 'YYYY-MM-DD'), 'state', s.state, 'outcome', s.outcome) order by r.ends_on, s.id), '[]')
  from trend_response s
  join trend_release r on r.id = s.release_id
  where s.by_id = $35::uuid
), -- That they took part, never what they answered. 'pulsesAnswered', (
  select coalesce(json_agg(e.key order by e.starts_at, e.id), '[]')
  from app.own_pulses() o
  join pulse u on u.id = o.pulse_id
  join engagement_period e on e.id = u.period_id
  where o.answered
), 'businessGoals', (
  select coalesce(json_agg(json_build_object('title', b.title, 'description', b.description, 'cycle', c.name, 'state', b.state, 'keyResults', (
    select coalesce(json_agg(json_build_object('title', k.title, 'unit', k.unit, 'start', k.start_value, 'current', k.current_value, 'target', k.target_value) order by k.position, k.id), '[]')
    from key_result k
    where k.business_goal_id = b.id
  )) order by b.listed_at, b.id), '[]')
  from business_goal b
  join cycle c on c.id = b.cycle_id
  where b.owner_id = $36::uuid
), 'checkIns', (
  select coalesce(json_agg(json_build_object('at', to_char(k.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'businessGoal', b.title, 'text', k.text, 'confidence', k.confidence, 'health', k.health) order by k.at, k.id), '[]')
  from check_in k
  join business_goal b on b.id = k.business_goal_id
  where k.author_id = $37::uuid
), 'proposals', (
  select coalesce(json_agg(json_build_object('to', p.name, 'businessGoal', b.title, 'how', a.how, 'state', a.state) order by a.id), '[]')
  from alignment a
  left join business_goal b on b.id = a.business_goal_id
  left join person p on p.id = a.owner_id
  where a.proposed_by_id = $38::uuid
    and a.owner_id <> $39::uuid
)) end) as data
from organization o
join person p on p.organization_id = o.id
where p.id = $40::uuid;

-- lock
select pg_advisory_xact_lock_shared(hashtextextended('export:' || $1::text, 0));

-- insert
with x as (
  insert into "data_export" ("organization_id", "person_id", "content")
  values ($1, $2, $3)
  returning *
)
select "x"."id" as "id",
  "x"."requested_at" as "requestedAt",
  "x"."ready_at" as "readyAt",
  "x"."expires_at" as "expiresAt",
  "x"."sha256" as "sha256"
from x;

-- findByIds
select "x"."id" as "id",
  "x"."requested_at" as "requestedAt",
  "x"."ready_at" as "readyAt",
  "x"."expires_at" as "expiresAt",
  "x"."sha256" as "sha256"
from data_export x
where x.id = any($1::uuid[]);

-- findByPerson
select "x"."id" as "id",
  "x"."requested_at" as "requestedAt",
  "x"."ready_at" as "readyAt",
  "x"."expires_at" as "expiresAt",
  "x"."sha256" as "sha256"
from data_export x
where x.person_id = $1::uuid
order by x.requested_at desc,
  x.id;

-- findFile
select x.requested_at as "requestedAt",
  x.content
from data_export x
where x.id = $1::uuid;
