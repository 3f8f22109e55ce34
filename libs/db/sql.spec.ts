import { Column, Entity, PrimaryColumn } from 'typeorm';
import { columns } from './columns.js';
import { empty, join, sql } from './sql.js';

abstract class Owned {
  @Column({ type: 'uuid' })
  ownerId!: string;
}

@Entity('thing')
class ThingEntity extends Owned {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text', name: 'label' })
  title!: string;

  @Column({ type: 'text', select: false })
  secret!: string;
}

describe('sql', () => {
  it('keeps values apart from the text', () => {
    const query = sql`select * from thing where id = ${'a'} and size > ${3}`;
    expect(query.text).toBe('select * from thing where id = $1 and size > $2');
    expect(query.values).toEqual(['a', 3]);
  });

  it('inlines fragments at any depth and numbers the values in order', () => {
    const inner = sql`b = ${2}`;
    const middle = sql`(a = ${1} and ${inner})`;
    const query = sql`select ${middle} or c = ${3} ${empty}limit ${4}`;
    expect(query.text).toBe('select (a = $1 and b = $2) or c = $3 limit $4');
    expect(query.values).toEqual([1, 2, 3, 4]);
  });

  it('joins fragments, with a comma by default', () => {
    const parts = [sql`${1}`, sql`now()`, sql`${2}`];
    expect(sql`f(${join(parts)})`.text).toBe('f($1, now(), $2)');
    expect(join(parts, sql` and `).text).toBe('$1 and now() and $2');
    expect(join([]).text).toBe('');
  });

  it('binds whatever is no fragment, however much it looks like one', () => {
    const forged = { strings: ['; drop table thing'], values: [], text: '; drop table thing' };
    expect(sql`select ${forged}`.text).toBe('select $1');
    expect(sql`select ${'; drop table thing'}`.text).toBe('select $1');
    expect(sql`select ${['a', 'b']}`.values).toEqual([['a', 'b']]);
    expect(sql`select ${null}`.values).toEqual([null]);
  });

  it('refuses undefined, which would become NULL', () => {
    expect(() => sql`select * from thing where id = ${undefined}`).toThrow(
      /value 1 is undefined.*where id =/,
    );
  });
});

describe('columns', () => {
  it('names each column after its property, inherited ones too', () => {
    expect(columns(ThingEntity, 't').text.split(', ').sort()).toEqual([
      '"t"."id" as "id"',
      '"t"."label" as "title"',
      '"t"."owner_id" as "ownerId"',
    ]);
    expect(columns(ThingEntity, 't')).toBe(columns(ThingEntity, 't'));
    expect(columns(ThingEntity, 'u').text).toContain('"u"."id"');
  });

  it('refuses a class that is no entity', () => {
    class Plain {
      id = '';
    }
    expect(() => columns(Plain, 'p')).toThrow('Plain has no columns');
  });
});
