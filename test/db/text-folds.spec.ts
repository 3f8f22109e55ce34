import pg from 'pg';
import fc from 'fast-check';
import { foldAddress, foldId, foldName, idTwinKey } from '#common';
import { createTestDatabase, type TestDatabase } from '../setup/database.js';

const FOLDS = {
  folded_name: foldName,
  folded_id: foldId,
  id_twin_key: idTwinKey,
  folded_address: foldAddress,
} as const;

let database: TestDatabase;
let client: pg.Client;
/** The characters of PostgreSQL's Unicode version; Node's can be newer. */
let assigned: (text: string) => boolean;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  const { rows } = await client.query<{ code: number }>(
    `select code from generate_series(1, 1114111) code
     where code not between 55296 and 57343 and not unicode_assigned(chr(code))`,
  );
  const unassigned = new Set(rows.map(({ code }) => code));
  assigned = (text) => !Array.from(text).some((character) => unassigned.has(character.codePointAt(0) ?? 0));
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

/** The texts on which SQL and TypeScript differ, each with both folds. */
async function differences(name: keyof typeof FOLDS, texts: readonly string[]): Promise<unknown[]> {
  const { rows } = await client.query<{ folded: string }>(
    `select ${name}(text) as folded from unnest($1::text[]) with ordinality as t (text, place) order by place`,
    [texts],
  );
  return texts
    .map((text, index) => ({ text, sql: rows[index]?.folded, code: FOLDS[name](text) }))
    .filter(({ sql, code }) => sql !== code)
    .slice(0, 20)
    .map(({ text, sql, code }) => JSON.stringify({ text, sql, code }));
}

const names = Object.keys(FOLDS) as (keyof typeof FOLDS)[];

describe('folds in SQL and in TypeScript', () => {
  it.each(['folded_name', 'folded_address'] as const)(
    'agree on every character: %s',
    async (name) => {
      const texts: string[] = [];
      for (let code = 1; code <= 0x10ffff; code += 1) {
        const character = String.fromCodePoint(code);
        if ((code >= 0xd800 && code <= 0xdfff) || !assigned(character)) continue;
        // Ideographs and syllables are many and similar, so one in fifty is tested.
        if (/[\p{Unified_Ideograph}\p{Script=Hangul}\p{Co}]/u.test(character) && code % 50 !== 0) continue;
        texts.push(character, `x${character}Y`);
      }
      expect(texts.length).toBeGreaterThan(80_000);
      expect(await differences(name, texts)).toEqual([]);
    },
    120_000,
  );

  it.each(names)('folds random texts equally in SQL and TypeScript: %s', async (name) => {
    const characters = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom(
          ...'aAiIıİßẞSsσςΣeE0 .@-\u0301\u0307\u0308\u200b\u200d\u00ad\u3000＠ｅＥ。é',
        ),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
    );
    const texts = fc
      .sample(fc.array(characters, { maxLength: 24 }), { numRuns: 12_000, seed: 20_260_504 })
      .map((list) => list.join('').replaceAll('\0', ''))
      .filter(assigned);
    expect(texts.length).toBeGreaterThan(5_000);
    expect(await differences(name, texts)).toEqual([]);
  });

  it.each(names)('folds a folded text to itself: %s', (name) => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 24 }), (text) => {
        const folded = FOLDS[name](text);
        expect(FOLDS[name](folded)).toBe(folded);
      }),
      { numRuns: 2_000, seed: 7 },
    );
  });

  it('folds texts that look alike to the same text, and others to different ones', async () => {
    const alike: [keyof typeof FOLDS, ...string[]][] = [
      ['folded_name', 'Café', 'Cafe\u0301', 'CAFÉ', ' café\u200b ', 'ｃａｆé', 'ca\u00adfé'],
      ['folded_name', 'Straße', 'STRASSE', 'STRAẞE', 'strasse'],
      ['folded_name', 'İzmir', 'izmir', 'IZMIR', 'ızmir'],
      ['folded_name', 'A\u3000B', 'a  b', 'a\tb', 'A\u00a0B'],
      ['folded_id', 'A17', 'a17\u200b', 'ａ17'],
      ['id_twin_key', '42', '00042', ' 4 2', '０４２'],
      [
        'folded_address',
        'josé@example.test',
        'jose\u0301@EXAMPLE.test',
        'JOSÉ＠ｅxample.test',
        ' josé@example.test\n',
      ],
      [
        'folded_address',
        'a@bücher.example',
        'A@BÜCHER.example',
        'a@xn--bcher-kva.example',
        'a@bu\u0308cher。example',
      ],
      ['folded_address', 'a@βόλος.example', 'a@xn--nxasmm1c.example'],
    ];
    for (const [name, ...texts] of alike) {
      const { rows } = await client.query<{ folds: string[] }>(
        `select array_agg(distinct ${name}(text)) as folds from unnest($1::text[]) as t (text)`,
        [texts],
      );
      expect(rows[0]?.folds).toHaveLength(1);
      expect(new Set(texts.map(FOLDS[name])).size).toBe(1);
    }
    expect(foldName('Café')).not.toBe(foldName('Cafe'));
    expect(foldName('Öland')).not.toBe(foldName('Oland'));
    expect(foldId('42')).not.toBe(foldId('042'));
    expect(foldAddress('strasse@example.test')).not.toBe(foldAddress('straße@example.test'));
  });
});
