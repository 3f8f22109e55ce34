import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { affected, columns, insertInto, row, rows, sql, updateOf, type Sql } from '#db';
import { DepartmentEntity, LocationEntity, type NamedRow } from './department-location.entity.js';

/** Queries that departments and locations share. An organization has one of each name; names are compared as folded_name() does. */
export abstract class NamedRepository {
  private readonly select: Sql;

  /** @param personColumn the column of person that refers to this table */
  protected constructor(
    private readonly entity: typeof DepartmentEntity | typeof LocationEntity,
    private readonly table: Sql,
    private readonly personColumn: Sql,
  ) {
    this.select = sql`select ${columns(entity, 'n')} from ${table} n`;
  }

  findByIds(em: EntityManager, ids: readonly string[]): Promise<NamedRow[]> {
    return rows<NamedRow>(em, sql`${this.select} where n.id = any(${ids}::uuid[])`);
  }

  /** All of an organization, ordered by name. */
  findAll(em: EntityManager, organizationId: string): Promise<NamedRow[]> {
    return rows<NamedRow>(
      em,
      sql`${this.select} where n.organization_id = ${organizationId} order by n.name collate "unicode", n.id`,
    );
  }

  /** The one with this name, or with one that looks the same. */
  findByName(em: EntityManager, organizationId: string, name: string): Promise<NamedRow | undefined> {
    return row<NamedRow>(
      em,
      sql`${this.select} where n.organization_id = ${organizationId} and folded_name(n.name) = folded_name(${name})`,
    );
  }

  /** As {@link findByName}; creates it if there is none. */
  async findOrCreate(em: EntityManager, organizationId: string, name: string): Promise<NamedRow | undefined> {
    await affected(em, sql`${insertInto(this.entity, { organizationId, name })} on conflict do nothing`);
    return this.findByName(em, organizationId, name);
  }

  /** @returns whether there was one that the viewer may rename */
  async rename(em: EntityManager, id: string, name: string): Promise<boolean> {
    return (await affected(em, updateOf(this.entity, id, { name }))) > 0;
  }

  /** Moves everybody from one to another and deletes the first. @returns whether the viewer may delete it */
  async merge(em: EntityManager, id: string, intoId: string): Promise<boolean> {
    await affected(
      em,
      sql`update person set ${this.personColumn} = ${intoId} where ${this.personColumn} = ${id}`,
    );
    return (await affected(em, sql`delete from ${this.table} where id = ${id}`)) > 0;
  }
}

@Injectable()
export class DepartmentRepository extends NamedRepository {
  constructor() {
    super(DepartmentEntity, sql`department`, sql`department_id`);
  }
}

@Injectable()
export class LocationRepository extends NamedRepository {
  constructor() {
    super(LocationEntity, sql`location`, sql`location_id`);
  }
}
