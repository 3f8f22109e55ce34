import type { Viewer } from '#identity';
import { PrefetchCache, type EncodedStatement } from '#db';
import { PrefetchPredictor } from './prefetch-predictor.js';

const id = (n: number): string => `0197b3c8-6d1e-7c3a-9f00-${String(n).padStart(12, '0')}`;

type Row = Record<string, unknown>;
type Work = (ask: (text: string, ...values: (string | null)[]) => Promise<Row[]>) => Promise<unknown>;

/** One service that has seen nothing yet. Rows of a statement: those given for its text. */
class Bench {
  readonly predictor = new PrefetchPredictor();
  rows: Readonly<Record<string, (values: readonly unknown[]) => Row[]>> = {};
  failing: string | undefined;

  /**
   * @returns what was sent, in the groups in which it would travel: a group for what is asked before the work next waits for
   * rows
   */
  async run(
    work: Work,
    { viewer = id(1), variables = {}, roles = [] }: Partial<Asker> = {},
  ): Promise<string[][]> {
    const groups: string[][] = [];
    let group: string[] | undefined;
    const send = ({ text, values }: EncodedStatement) => {
      if (!group) groups.push((group = []));
      group.push([text, ...values].join(' '));
      return new Promise<{ rows: Row[]; command: string; count: number }>((resolve, reject) => {
        setImmediate(() => {
          group = undefined;
          if (text === this.failing) reject(new Error(text));
          else resolve({ rows: this.rows[text]?.(values) ?? [], command: 'SELECT', count: 0 });
        });
      });
    };
    const prefetchCache = new PrefetchCache(send);
    const who = { personId: viewer, organizationId: id(99), employed: true, roles, scopes: [] };
    const end = this.predictor.begin({ viewer: who as unknown as Viewer, prefetchCache }, variables);
    await work(async (text, ...values) => (await prefetchCache.query({ text, values })).rows);
    end();
    return groups;
  }

  async learn(work: Work, askers: readonly Partial<Asker>[]): Promise<void> {
    for (const asker of askers) await this.run(work, asker);
  }
}

interface Asker {
  readonly viewer: string;
  readonly variables: Record<string, unknown>;
  readonly roles: Viewer['roles'];
}

const three = (asker: (n: number) => Partial<Asker>): Partial<Asker>[] => [10, 20, 30].map(asker);

describe('what an operation is going to read', () => {
  let bench: Bench;
  beforeEach(() => {
    bench = new Bench();
  });

  it('prefetches with the first statement if the ids are the viewer’s or variables', async () => {
    const work =
      (asker: Partial<Asker>): Work =>
      async (ask) => {
        await ask('person', `{"${asker.viewer ?? ''}"}`);
        await ask('goals', asker.viewer ?? null, '20', null);
        await ask('pair', (asker.variables?.of as { id: string }).id);
      };
    const asker = (n: number): Asker => ({ viewer: id(n), variables: { of: { id: id(n + 1) } }, roles: [] });
    for (const one of [10, 20, 30].map(asker)) expect(await bench.run(work(one), one)).toHaveLength(3);
    expect(await bench.run(work(asker(40)), asker(40))).toEqual([
      [`person {"${id(40)}"}`, `goals ${id(40)} 20 `, `pair ${id(41)}`],
    ]);
  });

  it('prefetches when a result contains the id', async () => {
    bench.rows = { pair: ([of]) => [{ otherId: String(of).replace(/^0/, '1') }] };
    const work =
      ({ variables }: Partial<Asker>): Work =>
      async (ask) => {
        const [pair] = await ask('pair', String(variables?.id));
        const [, goals] = await Promise.all([
          ask('points', 'all'),
          ask('person', String(pair?.otherId)).then(() => ask('goals', String(pair?.otherId))),
        ]);
        return goals;
      };
    const asker = (n: number): Partial<Asker> => ({ variables: { id: id(n) } });
    for (const one of three(asker)) await bench.run(work(one), one);
    const other = id(40).replace(/^0/, '1');
    expect(await bench.run(work(asker(40)), asker(40))).toEqual([
      [`points all`, `pair ${id(40)}`].toSorted(),
      [`person ${other}`, `goals ${other}`],
    ]);
  });

  it('predicts nothing if an id has no known source or several, or if a value changes', async () => {
    let count = 0;
    bench.rows = { list: () => [{ id: id(50) }, { id: id(51) }] };
    const work: Work = async (ask) => {
      await ask('list');
      await ask('one', id(50));
      await ask('number', String((count += 1)));
    };
    await bench.learn(
      work,
      three((n) => ({ viewer: id(n) })),
    );
    const sent = await bench.run(work);
    expect(sent.map((group) => group.length)).toEqual([1, 1, 1]);
  });

  it('predicts separately for different arguments and roles', async () => {
    const work =
      ({ variables, roles }: Partial<Asker>): Work =>
      async (ask) => {
        await ask('first');
        if (variables?.more === true || roles?.length === 1) await ask('more');
        await ask('last');
      };
    const plain: Partial<Asker> = { variables: { more: false } };
    for (let time = 0; time < 3; time += 1) await bench.run(work(plain), plain);
    expect(await bench.run(work(plain), plain)).toEqual([['first', 'last']]);
    for (const other of [{ variables: { more: true } }, { ...plain, roles: ['AUDITOR'] as const }]) {
      expect(await bench.run(work(other), other)).toEqual([['first'], ['more'], ['last']]);
    }
  });

  it('uses a prefetched result only once, and only for the same query', async () => {
    const work: Work = async (ask) => {
      await ask('first');
      await ask('goals', id(1));
    };
    await bench.learn(work, [{}, {}, {}]);
    const sent = await bench.run(async (ask) => {
      await ask('first');
      await ask('goals', id(2));
      await ask('goals', id(1));
      await ask('goals', id(1));
    });
    expect(sent).toEqual([['first', `goals ${id(1)}`], [`goals ${id(2)}`], [`goals ${id(1)}`]]);
  });

  it('stops prefetching what is no longer requested', async () => {
    const both: Work = async (ask) => {
      await ask('first');
      await ask('second');
    };
    await bench.learn(both, [{}, {}, {}]);
    const one: Work = (ask) => ask('first');
    const lengths: (number | undefined)[] = [];
    for (let time = 0; time < 10; time += 1) lengths.push((await bench.run(one))[0]?.length);
    expect(lengths[0]).toBe(2);
    expect(lengths.at(-1)).toBe(1);
    // What is wanted is still asked ahead; what is not has to be learned by somebody new.
    expect(await bench.run(both)).toEqual([['first'], ['second']]);
  });

  it('passes an error of a prefetch only to the query that uses it', async () => {
    const both: Work = async (ask) => {
      await ask('first');
      await ask('second');
    };
    await bench.learn(both, [{}, {}, {}]);
    bench.failing = 'second';
    await expect(bench.run((ask) => ask('first'))).resolves.toEqual([['first', 'second']]);
    await expect(bench.run(both)).rejects.toThrow('second');
  });

  it('limits the number of remembered predictions', async () => {
    const work: Work = async (ask) => {
      await ask('first');
      await ask('second');
    };
    const asker = (n: number): Partial<Asker> => ({ variables: { first: n } });
    await bench.learn(work, [asker(0), asker(0), asker(0)]);
    expect(await bench.run(work, asker(0))).toHaveLength(1);
    for (let n = 1; n <= 20; n += 1) await bench.run(work, asker(n));
    expect(await bench.run(work, asker(0))).toHaveLength(2);
    const long = { variables: { search: 'x'.repeat(2_000) } };
    await bench.learn(work, [long, long, long]);
    expect(await bench.run(work, long)).toHaveLength(2);
  });

  it('does not search deeply nested variables for ids', async () => {
    const work: Work = async (ask) => {
      await ask('first');
      await ask('second');
    };
    let deep: unknown = id(1);
    for (let level = 0; level < 9_000; level += 1) deep = level % 2 === 0 ? [deep] : { deep };
    const asker = { variables: { deep } };
    await bench.learn(work, [asker, asker, asker]);
    expect(await bench.run(work, asker)).toHaveLength(2);
  });
});
