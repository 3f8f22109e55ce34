import { Column, Entity, PrimaryColumn } from 'typeorm';
import { insertAllInto, insertInto, updateAllOf, updateOf, valuesOf } from './insert-update.js';
import { sql } from './sql.js';

abstract class Owned {
  @Column({ type: 'uuid', update: false })
  ownerId!: string;
}

@Entity('order')
class OrderEntity extends Owned {
  @PrimaryColumn({ type: 'uuid', insert: false })
  id!: string;

  @Column({ type: 'text', name: 'label', nullable: true })
  title!: string | null;

  @Column({ type: 'jsonb', select: false })
  details!: string[];
}

it('inserts the given values into the columns that the entity declares, and leaves out undefined ones', () => {
  const query = sql`${insertInto(OrderEntity, { ownerId: 'a', title: null, details: undefined })} returning id`;
  expect(query.text).toBe('insert into "order" ("owner_id", "label") values ($1, $2) returning id');
  expect(query.values).toEqual(['a', null]);
});

it('updates the row with an id', () => {
  const query = sql`${updateOf(OrderEntity, 'x', { title: 'New', details: ['a'] })} and version = ${3}`;
  expect(query.text).toBe('update "order" set "label" = $1, "details" = $2 where id = $3 and version = $4');
  expect(query.values).toEqual(['New', '["a"]', 'x', 3]);
});

it('refuses what the entity does not let write', () => {
  expect(() => insertInto(OrderEntity, { id: 'x' })).toThrow(
    'OrderEntity.id is declared with insert: false.',
  );
  expect(() => updateOf(OrderEntity, 'x', { ownerId: 'b' })).toThrow(
    'OrderEntity.ownerId is declared with update: false.',
  );
  expect(() => insertInto(OrderEntity, { other: 1 } as object)).toThrow('OrderEntity.other is no column.');
  expect(() => updateOf(OrderEntity, 'x', {})).toThrow('There is no value to update for OrderEntity.');
});

it('inserts many rows from one array a column', () => {
  const query = insertAllInto(OrderEntity, [
    { ownerId: 'a', title: 'One' },
    { ownerId: 'b', title: null },
  ]);
  expect(query.text).toBe(
    'insert into "order" ("owner_id", "label") select given.* from unnest($1::uuid[], $2::text[]) as given ("owner_id", "label")',
  );
  expect(query.values).toEqual([
    ['a', 'b'],
    ['One', null],
  ]);
});

it('updates many rows, each by its id', () => {
  const query = updateAllOf(OrderEntity, [
    { id: 'x', title: 'One' },
    { id: 'y', title: 'Two' },
  ]);
  expect(query.text).toBe(
    'update "order" set "label" = given."label" from unnest($1::uuid[], $2::text[]) as given (id, "label") where "order".id = given.id',
  );
  expect(query.values).toEqual([
    ['x', 'y'],
    ['One', 'Two'],
  ]);
});

it('computes columns of many rows from the given ones', () => {
  const computed = { title: sql`upper(given.owner_id::text)` };
  expect(insertAllInto(OrderEntity, [{ ownerId: 'a' }], computed).text).toBe(
    'insert into "order" ("owner_id", "label") select given.*, upper(given.owner_id::text) from unnest($1::uuid[]) as given ("owner_id")',
  );
  expect(updateAllOf(OrderEntity, [{ id: 'x', details: ['a'] }], { title: sql`'New'` }).text).toBe(
    `update "order" set "details" = given."details", "label" = 'New' from unnest($1::uuid[], $2::jsonb[]) as given (id, "details") where "order".id = given.id`,
  );
});

it('takes from an input what the entity has columns for', () => {
  const input = { id: 'x', ownerId: 'b', title: null, details: undefined, confirmed: true };
  expect(valuesOf(OrderEntity, input)).toEqual({ title: null });
});
