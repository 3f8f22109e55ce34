import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, join, row, rows, sql, type Sql } from '#db';
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
import { openNow, readableEnd } from './reporting-line.repository.js';

/** Which people; what is left out does not matter. */
export interface PeopleFilter extends PageArguments {
  readonly search?: string | null;
  readonly departmentId?: string | null;
  readonly locationId?: string | null;
  readonly includeFormer?: boolean | null;
}

/** A person's columns that PEOPLE_ADMIN writes. */
export type PersonValues = Pick<
  PersonRow,
  'name' | 'email' | 'title' | 'departmentId' | 'locationId' | 'externalId' | 'startedOn'
>;

const person = columns(PersonEntity, 'p');

const byName = keyset(
  'people',
  { expression: sql`p.name`, type: 'text' },
  { expression: sql`p.id`, type: 'uuid' },
);

const employed = sql`not exists (
  select 1 from employment_end e where e.person_id = p.id and e.ended_at <= now()
)`;

/** The directory's rows. */
@Injectable()
export class PersonRepository {
  /** The day that it is in the time zone of the viewer's organization, where lines and employments turn. */
  async today(em: EntityManager, organizationId: string): Promise<string> {
    const found = await row<{ today: string }>(em, sql`select app.today_in(${organizationId}) as today`);
    if (!found) throw new Error('SELECT returned nothing');
    return found.today;
  }

  /** Those of them that the viewer may see, in any order. */
  findByIds(em: EntityManager, ids: readonly string[]): Promise<PersonRow[]> {
    return rows<PersonRow>(em, sql`select ${person} from person p where p.id = any(${ids}::uuid[])`);
  }

  /** People of an organization by name, without those who have left unless asked for. */
  async findPage(em: EntityManager, filter: PeopleFilter): Promise<Page<PersonRow>> {
    const words = filter.search?.trim();
    const chosen = words ? this.searched(words, filter) : this.listed(filter);
    const found = await rows<PersonRow & Keyed>(
      em,
      sql`select ${person}, ${byName.key} from person p where ${chosen}
          order by ${byName.orderBy(filter)} limit ${byName.limit(filter)}`,
    );
    return byName.page(found, filter);
  }

  /** Nobody for somebody who has left: they know some people by their own goals, and have no directory. */
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

  /** The page is chosen by a function, since under the law a search could use no index (policies/). */
  private searched(words: string, filter: PeopleFilter): Sql {
    const [name = null, id = null] = byName.cursorKeys(filter) ?? [];
    return sql`p.id = any(array(select app.find_people(
      ${words}, ${filter.departmentId ?? null}, ${filter.locationId ?? null}, ${filter.includeFormer ?? false},
      ${name}, ${id}, ${isBackward(filter)}, ${byName.limit(filter)})))`;
  }

  /** Who reports to each of these people today, by name. */
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

  /** Each person's own time zone, else their organization's; of those that the database knows. */
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

  /** The last days of employment among these people that the viewer may know. */
  findEnds(em: EntityManager, ids: readonly string[]): Promise<{ id: string; endedOn: string }[]> {
    return rows(
      em,
      sql`select e.person_id as id, e.ended_on as "endedOn" from employment_end e
          where e.person_id = any(${ids}::uuid[])`,
    );
  }

  /** The new person's id. */
  async create(em: EntityManager, organizationId: string, values: PersonValues): Promise<string> {
    const created = await row<{ id: string }>(
      em,
      sql`insert into person (organization_id, name, email, title, department_id, location_id, external_id, started_on)
          values (${organizationId}, ${values.name}, ${values.email}, ${values.title}, ${values.departmentId},
                  ${values.locationId}, ${values.externalId}, ${values.startedOn})
          returning id`,
    );
    if (!created) throw new Error('INSERT … RETURNING returned nothing');
    return created.id;
  }

  /** Whether there was somebody whom the viewer may change. */
  async update(em: EntityManager, id: string, values: PersonValues): Promise<boolean> {
    const updated = await affected(
      em,
      sql`update person set name = ${values.name}, email = ${values.email}, title = ${values.title},
            department_id = ${values.departmentId}, location_id = ${values.locationId},
            external_id = ${values.externalId}, started_on = ${values.startedOn}
          where id = ${id}`,
    );
    return updated > 0;
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
   * Keeps imports out until this transaction ends, after waiting for one that is under way: an import reads the whole directory
   * before it writes. Comes first of all locks; any number may hold it at once.
   */
  async keepImportsOut(em: EntityManager, organizationId: string): Promise<void> {
    await row(
      em,
      sql`select pg_advisory_xact_lock_shared(hashtextextended('people:' || ${organizationId}, 0))`,
    );
  }

  /** Has others who would change the same person wait until this transaction ends. */
  async lock(em: EntityManager, id: string): Promise<PersonRow | undefined> {
    return row<PersonRow>(em, sql`select ${person} from person p where p.id = ${id} for no key update`);
  }
}
