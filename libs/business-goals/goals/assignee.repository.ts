import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, rows, sql } from '#db';
import { eachParent, keyset, type Keyed, type OfParent, type Page, type PageArguments } from '#graphql';
import { PersonEntity, type PersonRow } from '#people';

const byName = keyset(
  'assignees',
  { expression: sql`p.name`, type: 'text' },
  { expression: sql`p.id`, type: 'uuid' },
);

/** Who a business goal is assigned to. */
@Injectable()
export class AssigneeRepository {
  /** For each goal the people that it is assigned to, by name. */
  async findPagesByGoals(
    em: EntityManager,
    goalIds: readonly string[],
    page: PageArguments,
  ): Promise<Map<string, Page<PersonRow>>> {
    const found = await rows<PersonRow & Keyed & OfParent>(
      em,
      eachParent(
        goalIds,
        sql`
          select ${columns(PersonEntity, 'p')}, ${byName.key}
          from business_goal_assignee a join person p on p.id = a.person_id
          where a.business_goal_id = parent.id and ${byName.where(page)}
          order by ${byName.orderBy(page)} limit ${byName.limit(page)}`,
      ),
    );
    return byName.pages(found, page);
  }

  /** Whether each of these people, as far as there are such, still works here. */
  async findWhetherHere(em: EntityManager, personIds: readonly string[]): Promise<Map<string, boolean>> {
    const found = await rows<{ id: string; here: boolean }>(
      em,
      sql`
        select p.id, not exists (
            select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now()
          ) as here
        from person p where p.id = any(${personIds}::uuid[])`,
    );
    return new Map(found.map(({ id, here }) => [id, here]));
  }

  /** Assigns the goal to these people too. */
  async add(
    em: EntityManager,
    goal: { readonly id: string; readonly organizationId: string },
    personIds: readonly string[],
  ): Promise<void> {
    if (personIds.length === 0) return;
    await affected(
      em,
      sql`
        insert into business_goal_assignee (business_goal_id, person_id, organization_id)
        select ${goal.id}::uuid, person_id, ${goal.organizationId}::uuid
        from unnest(${personIds}::uuid[]) as given(person_id)
        on conflict do nothing`,
    );
  }

  /** Takes the goal from these people. */
  async remove(em: EntityManager, goalId: string, personIds: readonly string[]): Promise<void> {
    if (personIds.length === 0) return;
    await affected(
      em,
      sql`delete from business_goal_assignee where business_goal_id = ${goalId} and person_id = any(${personIds}::uuid[])`,
    );
  }
}
