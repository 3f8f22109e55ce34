import { getMetadataArgsStorage } from 'typeorm';
import { columnsOf, quote, type EntityClass } from './columns.js';
import { Sql, join, sql } from './sql.js';

/** Values by property name. A property that is left out or undefined is not written; null is. */
export type Values<Entity> = { readonly [Property in keyof Entity]?: Entity[Property] | undefined };

/** Values by property name that the statement computes from the given ones, for example from `given.reached_on`. */
export type Computed<Entity> = { readonly [Property in keyof Entity]?: Sql };

/**
 * `insert into person ("organization_id", "name") values ($1, $2)`: a row with these values, in the columns that the entity declares
 * for them. A column that is added to the entity is written as soon as the values hold it.
 *
 * ```ts
 * row<{ id: string }>(em, sql`${insertInto(PersonEntity, values)} returning id`)
 * ```
 *
 * @throws Error for a property that is no column, or one with `insert: false`; and without any value
 */
export function insertInto<Entity extends object>(entity: EntityClass<Entity>, values: Values<Entity>): Sql {
  const written = columnsToWrite(entity, values, 'insert');
  const names = raw(written.map(({ column }) => quote(column)).join(', '));
  return sql`insert into ${tableOf(entity)} (${names}) values (${join(written.map(({ value }) => sql`${value}`))})`;
}

/**
 * `update person set "name" = $1 where id = $2`: writes these values into the row with this id. Add `and …` for further conditions,
 * or `returning …`.
 *
 * @throws Error for a property that is no column, or one with `update: false`; and without any value
 */
export function updateOf<Entity extends { id: string }>(
  entity: EntityClass<Entity>,
  id: string,
  changes: Omit<Values<Entity>, 'id'>,
): Sql {
  const written = columnsToWrite(entity, changes, 'update');
  const assignments = written.map(({ column, value }) => sql`${raw(quote(column))} = ${value}`);
  return sql`update ${tableOf(entity)} set ${join(assignments)} where id = ${id}`;
}

/**
 * `insert into key_result ("title", …) select given.* from unnest($1::text[], …) as given ("title", …)`: many rows in one statement, whose text is the same for any
 * number of rows. All rows have the properties of the first.
 *
 * @throws as {@link insertInto} does
 */
export function insertAllInto<Entity extends object>(
  entity: EntityClass<Entity>,
  rows: readonly Values<Entity>[],
  computed: Computed<Entity> = {},
): Sql {
  const written = columnsToWrite(entity, rows[0] ?? {}, 'insert');
  const also = computedColumns(entity, computed, 'insert');
  const given = raw(written.map(({ column }) => quote(column)).join(', '));
  const names = join([given, ...also.map(({ column }) => column)]);
  const selected = join([sql`given.*`, ...also.map(({ value }) => value)]);
  return sql`insert into ${tableOf(entity)} (${names}) select ${selected} from unnest(${join(arraysOf(entity, written, rows))}) as given (${given})`;
}

/**
 * `update key_result set "title" = given."title", … from unnest(…) as given (…) where key_result.id = given.id`: many rows, each by its id.
 * All rows have the properties of the first. Add `and …` for further conditions.
 *
 * @throws as {@link updateOf} does
 */
export function updateAllOf<Entity extends { id: string }>(
  entity: EntityClass<Entity>,
  rows: readonly (Values<Entity> & { readonly id: string })[],
  computed: Computed<Entity> = {},
): Sql {
  const { id: _, ...changes } = rows[0] ?? { id: '' };
  const written = columnsToWrite(entity, changes, 'update');
  const assignments = [
    ...written.map(({ column }) => raw(`${quote(column)} = given.${quote(column)}`)),
    ...computedColumns(entity, computed, 'update').map(({ column, value }) => sql`${column} = ${value}`),
  ];
  const names = raw(['id', ...written.map(({ column }) => quote(column))].join(', '));
  const arrays = [sql`${rows.map(({ id }) => id)}::uuid[]`, ...arraysOf(entity, written, rows)];
  return sql`update ${tableOf(entity)} set ${join(assignments)} from unnest(${join(arrays)}) as given (${names}) where ${tableOf(entity)}.id = given.id`;
}

function computedColumns<Entity extends object>(
  entity: EntityClass<Entity>,
  computed: Computed<Entity>,
  verb: 'insert' | 'update',
): { column: Sql; value: Sql }[] {
  if (Object.keys(computed).length === 0) return [];
  return columnsToWrite(entity, computed, verb).map(({ column, value }) => ({
    column: raw(quote(column)),
    value: value as Sql,
  }));
}

/** One array a column, for unnest. */
function arraysOf<Entity extends object>(
  entity: EntityClass<Entity>,
  written: readonly { readonly property: string; readonly type: string }[],
  rows: readonly Values<Entity>[],
): Sql[] {
  return written.map(({ property, type }) => {
    const values = rows.map((row) => (row as Readonly<Record<string, unknown>>)[property] ?? null);
    return sql`${values}::${raw(type)}[]`;
  });
}

/**
 * The part of an input that the entity has columns for, to be written as it is. Undefined properties stay out, as do those that no
 * input may set (`insert: false` or `update: false`).
 */
export function valuesOf<Entity extends object>(entity: EntityClass<Entity>, input: object): Values<Entity> {
  const writable = new Set(
    columnsOf(entity)
      .filter(({ options }) => options.insert !== false && options.update !== false)
      .map(({ property }) => property),
  );
  const values = Object.entries(input).filter(([name, value]) => writable.has(name) && value !== undefined);
  return Object.fromEntries(values) as Values<Entity>;
}

function columnsToWrite(
  entity: EntityClass,
  values: object,
  verb: 'insert' | 'update',
): { property: string; column: string; type: string; value: unknown }[] {
  const declared = new Map(columnsOf(entity).map((column) => [column.property, column]));
  const written = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([property, value]) => {
      const column = declared.get(property);
      if (!column) throw new Error(`${entity.name}.${property} is no column.`);
      if (column.options[verb] === false)
        throw new Error(`${entity.name}.${property} is declared with ${verb}: false.`);
      const isJson = column.options.type === 'jsonb' || column.options.type === 'json';
      return {
        property,
        column: column.column,
        type: String(column.options.type),
        value: isJson && value !== null ? JSON.stringify(value) : (value as unknown),
      };
    });
  if (written.length === 0) throw new Error(`There is no value to ${verb} for ${entity.name}.`);
  return written;
}

function tableOf(entity: EntityClass): Sql {
  const name = getMetadataArgsStorage().tables.find(({ target }) => target === entity)?.name;
  if (name === undefined) throw new Error(`${entity.name} names no table: write @Entity('table_name').`);
  return raw(quote(name));
}

/** Text from decorators, never from outside. */
function raw(text: string): Sql {
  return new Sql([text], []);
}
