import { sql, type Sql } from '#db';
import { day, instant } from './json.sql.js';

/** Earlier wordings of the person's own point. */
const pointHistory = sql`(
  select coalesce(json_agg(json_build_object('at', ${instant(sql`v.at`)}, 'text', v.text) order by v.version), '[]')
  from talking_point_version v where v.point_id = t.id)`;

/** The person's own points `t`, drafts too, that this condition selects. */
function ownPoints(personId: Sql, where: Sql): Sql {
  return sql`(
    select coalesce(json_agg(json_build_object(
      'text', t.text, 'draft', t.draft, 'standing', t.standing, 'discussed', t.discussed, 'fromCustomer', t.from_customer,
      'timesCarried', t.times_carried,
      -- The title of another person's goal would be a read of it.
      'about', coalesce(g.title, b.title),
      'history', ${pointHistory}) order by t.position, t.id), '[]')
    from talking_point t
    left join talking_point_subject s on s.point_id = t.id
    left join personal_goal g on g.id = s.personal_goal_id and g.owner_id = ${personId}
    left join business_goal b on b.id = s.business_goal_id
    where t.author_id = ${personId} and ${where})`;
}

/** What the person wrote in each of their one-to-ones, oldest first, as one JSON array. Of shared notes, their own lines. */
export function ownConversations(personId: Sql): Sql {
  return sql`(
    select coalesce(json_agg(json_build_object(
      'with', p.name,
      'state', o.state,
      'endedAt', ${instant(sql`o.ended_at`)},
      'waitingPoints', ${ownPoints(personId, sql`t.one_to_one_id = o.id and t.conversation_id is null`)},
      'conversations', (
        select coalesce(json_agg(json_build_object(
          'scheduledAt', ${instant(sql`c.scheduled_at`)},
          'heldAt', ${instant(sql`c.held_at`)},
          'status', c.status,
          'offTheRecord', c.off_the_record_by_id is not null,
          'points', ${ownPoints(personId, sql`t.conversation_id = c.id`)},
          'ownLinesOfSharedNotes', (
            select to_json(app.lines_of_author(n.id, ${personId})) from shared_notes n where n.conversation_id = c.id),
          'privateNotes', (
            select n.text from private_notes n where n.conversation_id = c.id and n.author_id = ${personId} and n.text <> ''),
          'feedback', (
            select json_build_object('better', f.better, 'worthIt', f.worth_it, 'offered', f.offered, 'at', ${instant(sql`app.feedback_at(f.id)`)})
            from conversation_feedback f where f.conversation_id = c.id and f.author_id = ${personId})
        ) order by c.scheduled_at, c.id), '[]')
        from conversation c where c.one_to_one_id = o.id),
      'actionItems', (
        select coalesce(json_agg(json_build_object(
          'text', i.text, 'mine', i.owner_id = ${personId}, 'writtenByMe', app.last_author_of_item(i.id, i.created_by_id) = ${personId},
          'dueOn', ${day(sql`i.due_on`)}, 'state', i.state, 'createdAt', ${instant(sql`i.created_at`)},
          'closedAt', ${instant(sql`i.closed_at`)}, 'kept', i.kept, 'renegotiated', i.renegotiated,
          'myHistory', (
            select coalesce(json_agg(json_build_object('at', ${instant(sql`v.at`)}, 'text', v.text) order by v.version), '[]')
            from action_item_version v where v.item_id = i.id and v.author_id = ${personId})
        ) order by i.created_at, i.id), '[]')
        from action_item i
        where i.one_to_one_id = o.id and (
          ${personId} in (i.owner_id, i.created_by_id)
          or exists (select 1 from action_item_version v where v.item_id = i.id and v.author_id = ${personId}))),
      'proposedImports', (
        select coalesce(json_agg(json_build_object(
          'proposedAt', ${instant(sql`n.proposed_at`)},
          'sections', (
            select coalesce(json_agg(json_build_object('heldOn', ${day(sql`x.held_on`)}, 'text', x.text) order by x.held_on), '[]')
            from notes_import_section x where x.import_id = n.id)
        ) order by n.proposed_at, n.id), '[]')
        from notes_import n
        where n.one_to_one_id = o.id and n.proposed_by_id = ${personId} and n.accepted_at is null)
    ) order by o.id), '[]')
    from one_to_one o
    left join person p on p.id = case when o.first_id = ${personId} then o.second_id else o.first_id end
    where ${personId} in (o.first_id, o.second_id)
  )`;
}
