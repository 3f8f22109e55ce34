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

/** The people that business goals are assigned to. */
@Injectable()
export class AssigneeRepository {
  /** The assignees of each goal, by name. */
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

  /** Of these goals, those that the person is assigned to. */
  async findAssigned(
    em: EntityManager,
    personId: string | null,
    goalIds: readonly string[],
  ): Promise<Map<string, true>> {
    const found = await rows<{ id: string }>(
      em,
      sql`
        select a.business_goal_id as id from business_goal_assignee a
        where a.person_id = ${personId} and a.business_goal_id = any(${goalIds}::uuid[])`,
    );
    return new Map(found.map(({ id }) => [id, true]));
  }

  /** Whether each of these people is employed. Unknown people are left out. */
  async findWhetherEmployed(em: EntityManager, personIds: readonly string[]): Promise<Map<string, boolean>> {
    const found = await rows<{ id: string; employed: boolean }>(
      em,
      sql`
        select p.id, not exists (
            select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now()
          ) as employed
        from person p where p.id = any(${personIds}::uuid[])`,
    );
    return new Map(found.map(({ id, employed }) => [id, employed]));
  }

  /** Assigns the goal to these people. Those who are assigned stay assigned. */
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

  /** Assigns a goal to the employed assignees of another. */
  async copy(em: EntityManager, fromId: string, toId: string): Promise<void> {
    await affected(
      em,
      sql`
        insert into business_goal_assignee (business_goal_id, person_id, organization_id)
        select ${toId}::uuid, a.person_id, a.organization_id from business_goal_assignee a
        where a.business_goal_id = ${fromId}
          and not exists (select 1 from employment_end e where e.person_id = a.person_id and e.ended_at <= now())`,
    );
  }

  async remove(em: EntityManager, goalId: string, personIds: readonly string[]): Promise<void> {
    if (personIds.length === 0) return;
    await affected(
      em,
      sql`delete from business_goal_assignee where business_goal_id = ${goalId} and person_id = any(${personIds}::uuid[])`,
    );
  }
}
