import type { EntityManager } from 'typeorm';
import { affected, row, rows, sql, type Sql } from '#db';

/** What departments and locations have in common. */
export interface NamedRow {
  readonly id: string;
  readonly name: string;
}

/** Rows of which an organization has one of each name; names that look alike are one. */
export abstract class NamedRepository<Row extends NamedRow> {
  /**
   * @param table its name
   * @param select its columns, under the alias `n`
   */
  protected constructor(
    private readonly table: Sql,
    private readonly select: Sql,
  ) {}

  findByIds(em: EntityManager, ids: readonly string[]): Promise<Row[]> {
    return rows<Row>(em, sql`select ${this.select} from ${this.table} n where n.id = any(${ids}::uuid[])`);
  }

  /** All of an organization's, by name. */
  findAll(em: EntityManager, organizationId: string): Promise<Row[]> {
    return rows<Row>(
      em,
      sql`select ${this.select} from ${this.table} n
          where n.organization_id = ${organizationId} order by n.name collate "unicode", n.id`,
    );
  }

  /** The id of the one with this name, or one that looks like it; made if there is none. */
  async findOrCreate(em: EntityManager, organizationId: string, name: string): Promise<string | undefined> {
    await affected(
      em,
      sql`insert into ${this.table} (organization_id, name) values (${organizationId}, ${name}) on conflict do nothing`,
    );
    const found = await row<{ id: string }>(
      em,
      sql`select n.id from ${this.table} n where n.organization_id = ${organizationId} and folded_name(n.name) = folded_name(${name})`,
    );
    return found?.id;
  }

  /** Whether there was one that the viewer may rename. */
  async rename(em: EntityManager, id: string, name: string): Promise<boolean> {
    return (await affected(em, sql`update ${this.table} set name = ${name} where id = ${id}`)) > 0;
  }
}
