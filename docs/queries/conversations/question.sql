-- QuestionRepository in libs/conversations/questions/question.repository.ts. Written by npm run schema.

-- findTakenUp
select distinct t.question_id as "questionId"
from talking_point t
where t.one_to_one_id = $1::uuid
  and t.question_id is not null
  and (t.conversation_id is null or t.conversation_id in (
    select c.id
    from conversation c
    where c.one_to_one_id = $2::uuid
      and c.status = 'PLANNED'
    union all (
      select c.id
      from conversation c
      where c.one_to_one_id = $3::uuid
        and c.status = 'HELD'
      order by c.held_at desc
      limit $4
    )
  ));
