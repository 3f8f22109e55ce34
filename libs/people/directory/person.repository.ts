import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, join, row, rows, sql, updateOf, type Sql, type Values } from '#db';
import {
  eachParent,
  isBackward,
  keyset,
  type Keyed,
  type OfParent,
  type Page,
  type PageArguments,
} from '#graphql';
import { PersonEntity, type PersonRow } from './person.entity.js';
import type { AccountState } from './person.model.js';
import { openNow, readableEnd } from './reporting-line.repository.js';

/** Which people; a filter that is left out does not apply. */
export interface PeopleFilter extends PageArguments {
  readonly search?: string | null;
  readonly departmentId?: string | null;
  readonly locationId?: string | null;
  readonly managerId?: string | null;
  readonly withoutManager?: boolean | null;
  readonly account?: readonly AccountState[] | null;
  readonly includeFormer?: boolean | null;
}

/** The columns that PEOPLE_ADMIN writes; an undefined one stays as it is. */
export type PersonValues = Omit<Values<PersonEntity>, 'id' | 'organizationId'>;

const person = columns(PersonEntity, 'p');

const byName = keyset(
  'people',
  { expression: sql`p.name`, type: 'text' },
  { expression: sql`p.id`, type: 'uuid' },
);

const employed = sql`not exists (
  select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now()
)`;

@Injectable()
export class PersonRepository {
  /** Today in the time zone of the organization, by which reporting lines and employments begin and end. */
  async today(em: EntityManager, organizationId: string): Promise<string> {
    const found = await row<{ today: string }>(em, sql`select app.today_in(${organizationId}) as today`);
    if (!found) throw new Error('SELECT returned nothing');
    return found.today;
  }

  /** Those of them that the viewer may see, in any order. */
  findByIds(em: EntityManager, ids: readonly string[]): Promise<PersonRow[]> {
    return rows<PersonRow>(em, sql`select ${person} from person p where p.id = any(${ids}::uuid[])`);
  }

  /** The people in the viewer's directory that a filter selects, by name. */
  async findPage(em: EntityManager, filter: PeopleFilter): Promise<Page<PersonRow>> {
    const words = filter.search?.trim() ?? '';
    const isListing = words === '' && !filter.managerId && !filter.withoutManager && !filter.account;
    const chosen = isListing ? this.listed(filter) : this.searched(words, filter);
    const found = await rows<PersonRow & Keyed>(
      em,
      sql`select ${person}, ${byName.key} from person p where ${chosen}
          order by ${byName.orderBy(filter)} limit ${byName.limit(filter)}`,
    );
    return byName.page(found, filter);
  }

  // By app.directory_organization(), not by visibility: a former employee sees a few people, and has no directory.
  private listed(filter: PeopleFilter): Sql {
    return join(
      [
        sql`p.organization_id = (select app.directory_organization())`,
        byName.where(filter),
        filter.departmentId ? sql`p.department_id = ${filter.departmentId}` : sql`true`,
        filter.locationId ? sql`p.location_id = ${filter.locationId}` : sql`true`,
        filter.includeFormer ? sql`true` : employed,
      ],
      sql` and `,
    );
  }

  /** The function selects one page. It runs as the owner, because LIKE cannot use the search index under a policy. */
  private searched(words: string, filter: PeopleFilter): Sql {
    const [name = null, id = null] = byName.cursorKeys(filter) ?? [];
    return sql`p.id = any(array(select app.find_people(
      ${words}, ${filter.departmentId ?? null}, ${filter.locationId ?? null}, ${filter.includeFormer ?? false},
      ${filter.managerId ?? null}, ${filter.withoutManager ?? false}, ${filter.account ?? null}::text[],
      ${name}, ${id}, ${isBackward(filter)}, ${byName.limit(filter)})))`;
  }

  /** The people whose PRIMARY manager today is one of these, by name. */
  async findDirectReports(
    em: EntityManager,
    managerIds: readonly string[],
    page: PageArguments,
  ): Promise<Map<string, Page<PersonRow>>> {
    const found = await rows<PersonRow & Keyed & OfParent>(
      em,
      eachParent(
        managerIds,
        sql`select ${person}, ${byName.key} from reporting_line l
            join person p on p.id = l.report_id
            ${readableEnd}
            where l.manager_id = parent.id and l.kind = 'PRIMARY' and ${openNow} and ${byName.where(page)}
            order by ${byName.orderBy(page)} limit ${byName.limit(page)}`,
      ),
    );
    return byName.pages(found, page);
  }

  /** Each person's own time zone or, if they have set none, their organization's. */
  findTimeZones(em: EntityManager, ids: readonly string[]): Promise<{ id: string; timeZone: string }[]> {
    return rows(
      em,
      sql`select p.id, app.usable_time_zone(z.time_zone, o.time_zone) as "timeZone"
          from person p
          join organization o on o.id = p.organization_id
          left join person_time_zone z on z.person_id = p.id
          where p.id = any(${ids}::uuid[])`,
    );
  }

  /** The last days of employment of these people that the viewer may see. */
  findEnds(em: EntityManager, ids: readonly string[]): Promise<{ id: string; leftOn: string }[]> {
    return rows(
      em,
      sql`select e.person_id as id, e.ended_on as "leftOn" from employment_end e
          where e.person_id = any(${ids}::uuid[])`,
    );
  }

  /** The external IDs of these people, for PEOPLE_ADMIN and API tokens that read the directory. */
  findExternalIds(em: EntityManager, ids: readonly string[]): Promise<{ id: string; externalId: string }[]> {
    return rows(
      em,
      sql`select person_id as id, external_id as "externalId" from app.external_ids(${ids}::uuid[])`,
    );
  }

  /** For PEOPLE_ADMIN: another person whose external ID is probably the same one, written differently. */
  findSimilarExternalId(
    em: EntityManager,
    externalId: string,
    exceptId: string | null,
  ): Promise<{ externalId: string; name: string } | undefined> {
    return row(
      em,
      sql`select external_id as "externalId", name from app.similar_external_id(${externalId}, ${exceptId})`,
    );
  }

  /** The account states of these people, for PEOPLE_ADMIN. */
  findAccountStates(
    em: EntityManager,
    ids: readonly string[],
  ): Promise<{ id: string; state: AccountState }[]> {
    return rows(em, sql`select person_id as id, state from app.account_states(${ids}::uuid[])`);
  }

  /** @returns the new person's ID */
  async create(em: EntityManager, organizationId: string, values: PersonValues): Promise<string> {
    const created = await row<{ id: string }>(
      em,
      sql`${insertInto(PersonEntity, { organizationId, ...values })} returning id`,
    );
    if (!created) throw new Error('INSERT … RETURNING returned nothing');
    return created.id;
  }

  async update(em: EntityManager, id: string, values: PersonValues): Promise<void> {
    if (Object.values(values).every((value) => value === undefined)) return;
    await affected(em, updateOf(PersonEntity, id, values));
  }

  async setTimeZone(
    em: EntityManager,
    person: { readonly id: string; readonly organizationId: string },
    timeZone: string,
  ): Promise<void> {
    await affected(
      em,
      sql`insert into person_time_zone (person_id, organization_id, time_zone)
          values (${person.id}, ${person.organizationId}, ${timeZone})
          on conflict (person_id) do update set time_zone = excluded.time_zone`,
    );
  }

  /** Those of these people who have chosen; the viewer sees their own choice only. */
  findReminderChoices(
    em: EntityManager,
    ids: readonly string[],
  ): Promise<{ id: string; remindersByMail: boolean }[]> {
    return rows(
      em,
      sql`select person_id as id, reminders_by_mail as "remindersByMail"
          from person_preference where person_id = any(${ids}::uuid[])`,
    );
  }

  async setRemindersByMail(
    em: EntityManager,
    person: { readonly id: string; readonly organizationId: string },
    remindersByMail: boolean,
  ): Promise<void> {
    await affected(
      em,
      sql`insert into person_preference (person_id, organization_id, reminders_by_mail)
          values (${person.id}, ${person.organizationId}, ${remindersByMail})
          on conflict (person_id) do update set reminders_by_mail = excluded.reminders_by_mail`,
    );
  }

  /** When the viewer's access ends; null while they are employed. */
  async findAccessEnd(em: EntityManager): Promise<Date | null> {
    const found = await row<{ at: Date | null }>(em, sql`select app.access_ends_at() as at`);
    return found?.at ?? null;
  }

  async setEnd(
    em: EntityManager,
    person: { readonly id: string; readonly organizationId: string },
    endedOn: string,
  ): Promise<void> {
    await affected(
      em,
      sql`insert into employment_end (person_id, organization_id, ended_on)
          values (${person.id}, ${person.organizationId}, ${endedOn})
          on conflict (person_id) do update set ended_on = excluded.ended_on`,
    );
  }

  async removeEnd(em: EntityManager, id: string): Promise<void> {
    await affected(em, sql`delete from employment_end where person_id = ${id}`);
  }

  /**
   * Has imports wait until this transaction ends, after waiting for one that is running: an import reads the whole directory before
   * it writes. A shared lock, to be taken before all others.
   */
  async keepImportsOut(em: EntityManager, organizationId: string): Promise<void> {
    await row(
      em,
      sql`select pg_advisory_xact_lock_shared(hashtextextended('people:' || ${organizationId}, 0))`,
    );
  }

  /** As {@link keepImportsOut}, and has everybody else wait who changes the directory. */
  async lockDirectory(em: EntityManager, organizationId: string): Promise<void> {
    await row(em, sql`select pg_advisory_xact_lock(hashtextextended('people:' || ${organizationId}, 0))`);
  }

  /** Locks a person until this transaction ends. @returns undefined where the viewer may not change them */
  async lock(em: EntityManager, id: string): Promise<PersonRow | undefined> {
    return row<PersonRow>(em, sql`select ${person} from person p where p.id = ${id} for no key update`);
  }
}
