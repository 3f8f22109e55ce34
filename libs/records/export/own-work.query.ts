import { sql, type Sql } from '#db';
import { day, instant } from './json.sql.js';

/** Mandates `m` that this condition selects, with the other person in this column. */
function mandates(where: Sql, other: Sql): Sql {
  return sql`(
    select coalesce(json_agg(json_build_object(
      'with', p.name, 'text', m.text, 'grantedAt', ${instant(sql`n.granted_at`)}, 'lastDay', ${day(sql`m.last_day`)},
      'published', m.published, 'endedAt', ${instant(sql`app.mandate_ended_at(m.ended_at, m.expires_at, m.line_id)`)})
      order by n.granted_at, m.id), '[]')
    from mandate m join mandate_own n on n.mandate_id = m.id left join person p on p.id = ${other}
    where ${where})`;
}

/** What else the person wrote, and what was granted to them, as one JSON object. */
export function ownWork(personId: Sql): Sql {
  return sql`json_build_object(
    'agendaTemplates', (
      select coalesce(json_agg(json_build_object('name', a.name, 'points', a.points) order by a.id), '[]')
      from agenda_template a where a.owner_id = ${personId}),
    'mandatesGrantedToMe', ${mandates(sql`m.to_id = ${personId}`, sql`m.granted_by_id`)},
    'mandatesGrantedByMe', ${mandates(sql`m.granted_by_id = ${personId}`, sql`m.to_id`)},
    'handovers', (
      select coalesce(json_agg(json_build_object(
        'openedOn', ${day(sql`h.opened_on`)}, 'completedAt', ${instant(sql`h.completed_at`)}, 'from', f.name, 'to', t.name,
        'offers', (
          select coalesce(json_agg(json_build_object('kind', o.kind, 'text', o.text, 'day', ${day(sql`o.day`)}) order by o.position), '[]')
          from handover_offer o where o.line_id = h.line_id)
      ) order by h.opened_on, h.line_id), '[]')
      from handover h left join person f on f.id = h.from_id left join person t on t.id = h.to_id
      where h.person_id = ${personId}),
    'barriers', (
      select coalesce(json_agg(json_build_object(
        'createdOn', ${day(sql`b.created_on`)}, 'title', b.title, 'description', b.description, 'proposedRemedy', b.proposed_remedy,
        'hindersCustomers', b.hinders_customers, 'status', b.status) order by b.created_on, b.id), '[]')
      from barrier b where b.raised_by_id = ${personId}),
    'barrierAnswers', (
      select coalesce(json_agg(json_build_object(
        'at', ${instant(sql`a.at`)}, 'barrier', b.title, 'status', a.status, 'text', a.text, 'gotItWrong', a.got_it_wrong,
        'lossLastHappened', a.loss_last_happened, 'lossesAYear', a.losses_a_year, 'costToOthers', a.cost_to_others,
        'requiredByLaw', a.required_by_law, 'trialUntil', ${day(sql`a.trial_until`)}) order by a.at, a.id), '[]')
      from barrier_answer a join barrier b on b.id = a.barrier_id where a.by_id = ${personId}),
    'barriersSupported', (
      select coalesce(json_agg(b.title order by b.created_on, b.id), '[]')
      from barrier_support s join barrier b on b.id = s.barrier_id where s.person_id = ${personId}),
    'stories', (
      select coalesce(json_agg(json_build_object(
        'createdOn', ${day(sql`s.created_on`)}, 'barrier', b.title, 'text', s.text, 'named', a.named) order by s.created_on, s.id), '[]')
      from story_author a join story s on s.id = a.story_id join barrier b on b.id = s.barrier_id where a.person_id = ${personId}),
    'storiesAdopted', (
      select coalesce(json_agg(s.text order by s.created_on, s.id), '[]')
      from story_adoption a join story s on s.id = a.story_id where a.person_id = ${personId}),
    'trendResponses', (
      select coalesce(json_agg(json_build_object(
        'period', r.period_key, 'metric', s.metric, 'text', s.text, 'dueOn', ${day(sql`s.due_on`)}, 'state', s.state, 'outcome', s.outcome)
        order by r.ends_on, s.id), '[]')
      from trend_response s join trend_release r on r.id = s.release_id where s.by_id = ${personId}),
    -- That they took part, never what they answered.
    'pulsesAnswered', (
      select coalesce(json_agg(e.key order by e.starts_at, e.id), '[]')
      from app.own_pulses() o join pulse u on u.id = o.pulse_id join engagement_period e on e.id = u.period_id where o.answered),
    'businessGoals', (
      select coalesce(json_agg(json_build_object(
        'title', b.title, 'description', b.description, 'cycle', c.name, 'state', b.state,
        'keyResults', (
          select coalesce(json_agg(json_build_object(
            'title', k.title, 'unit', k.unit, 'start', k.start_value, 'current', k.current_value, 'target', k.target_value)
            order by k.position, k.id), '[]')
          from key_result k where k.business_goal_id = b.id)
      ) order by b.listed_at, b.id), '[]')
      from business_goal b join cycle c on c.id = b.cycle_id where b.owner_id = ${personId}),
    'checkIns', (
      select coalesce(json_agg(json_build_object(
        'at', ${instant(sql`k.at`)}, 'businessGoal', b.title, 'text', k.text, 'confidence', k.confidence, 'health', k.health)
        order by k.at, k.id), '[]')
      from check_in k join business_goal b on b.id = k.business_goal_id where k.author_id = ${personId}),
    'proposals', (
      select coalesce(json_agg(json_build_object('to', p.name, 'businessGoal', b.title, 'how', a.how, 'state', a.state) order by a.id), '[]')
      from alignment a left join business_goal b on b.id = a.business_goal_id left join person p on p.id = a.owner_id
      where a.proposed_by_id = ${personId} and a.owner_id <> ${personId})
  )`;
}

/** The person's entry in the directory, their account and their devices, as one JSON object. */
export function ownAccount(personId: Sql): Sql {
  return sql`(
    select json_build_object(
      'name', p.name, 'email', p.email, 'title', p.title, 'department', d.name, 'location', l.name,
      'hiredOn', ${day(sql`p.hired_on`)},
      'lastDay', (select ${day(sql`e.ended_on`)} from employment_end e where e.person_id = p.id),
      'timeZone', (select z.time_zone from person_time_zone z where z.person_id = p.id),
      'signInAddress', a.sign_in_address,
      'accountCreatedAt', ${instant(sql`a.created_at`)},
      'remindersByMail', coalesce((select r.reminders_by_mail from person_preference r where r.person_id = p.id), true),
      'roles', (select coalesce(json_agg(r.role order by r.role), '[]') from role_grant r where r.person_id = p.id),
      'sessions', (
        select coalesce(json_agg(json_build_object(
          'label', s.label, 'createdAt', ${instant(sql`s.created_at`)}, 'lastSeenAt', ${instant(sql`s.last_seen_at`)},
          'expiresAt', ${instant(sql`s.expires_at`)}, 'revokedAt', ${instant(sql`s.revoked_at`)}) order by s.created_at, s.id), '[]')
        from session s where s.person_id = p.id)
    )
    from person p
    left join department d on d.id = p.department_id
    left join location l on l.id = p.location_id
    left join account a on a.person_id = p.id
    where p.id = ${personId}
  )`;
}
