import { getMetadataArgsStorage, type ColumnOptions } from 'typeorm';
import { snakeCase } from './naming.js';
import { Sql } from './sql.js';

/** A class with @Entity. */
export type EntityClass<Entity extends object = object> = abstract new (...args: never[]) => Entity;

/** A column as the decorators declare it. */
interface DeclaredColumn {
  readonly property: string;
  readonly column: string;
  readonly options: ColumnOptions;
}

const known = new WeakMap<EntityClass, Map<string, Sql>>();

/**
 * The SELECT list of an entity, `g."id" as "id", g."owner_id" as "ownerId", …`: each column is named after its property, so rows
 * need no mapping. It is derived from the decorators and needs no connection. Columns with `select: false` are left out.
 *
 * @throws Error for a class without columns
 */
export function columns(entity: EntityClass, alias: string): Sql {
  const byAlias = known.get(entity) ?? new Map<string, Sql>();
  known.set(entity, byAlias);
  const cached = byAlias.get(alias);
  if (cached) return cached;
  const list = columnsOf(entity)
    .filter(({ options }) => options.select !== false)
    .map(({ column, property }) => `${quote(alias)}.${quote(column)} as ${quote(property)}`);
  if (list.length === 0)
    throw new Error(`${entity.name} has no columns: is it decorated with @Entity and @Column?`);
  const fragment = new Sql([list.join(', ')], []);
  byAlias.set(alias, fragment);
  return fragment;
}

/** The columns of an entity and of the classes that it extends. */
export function columnsOf(entity: EntityClass): DeclaredColumn[] {
  const family: unknown[] = [];
  for (let parent: unknown = entity; typeof parent === 'function'; parent = Object.getPrototypeOf(parent))
    family.push(parent);
  return getMetadataArgsStorage()
    .columns.filter((column) => family.includes(column.target))
    .map(({ propertyName, options }) => ({
      property: propertyName,
      column: options.name ?? snakeCase(propertyName),
      options,
    }));
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
