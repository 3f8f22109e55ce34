import { readDatedNotes, type ReadNotes } from './dated-notes.js';
import { readDate } from './written-date.js';

const TODAY = '2026-11-29';
const read = (text: string, order: 'DAY_FIRST' | 'MONTH_FIRST' | null = null): ReadNotes =>
  readDatedNotes(text, order, TODAY);
const days = (text: string): string[] => read(text).notes.map(({ heldOn }) => heldOn);

describe('a date in a heading', () => {
  it.each([
    ['2026-03-04', ''],
    ['2026/3/4', ''],
    ['2026.03.04', ''],
    ['2026年3月4日', ''],
    ['4 March 2026', ''],
    ['4. März 2026', ''],
    ['4 mars 2026', ''],
    ['4 de marzo de 2026', ''],
    ['4 marca 2026', ''],
    ['4th of March 2026', ''],
    ['March 4, 2026', ''],
    ['Mar 4 2026', ''],
    ['4-Mar-2026', ''],
    ['Wednesday, 4 March 2026', ''],
    ['Mittwoch, 4. März 2026', ''],
    ['Mi., 2026-03-04', ''],
    ['**2026-03-04**', ''],
    ['2026-03-04:', ''],
    ['2026-03-04 – Planning', 'Planning'],
    ['2026-03-04 10:00', '10:00'],
    ['Weekly (4 March 2026)', 'Weekly'],
  ])('is read from %s', (text, rest) => {
    expect(readDate(text, null)).toEqual({ kind: 'DAY', day: '2026-03-04', rest });
  });

  it('of numbers is read without an order only where it has one meaning', () => {
    expect(readDate('13/04/2026', null)).toMatchObject({ day: '2026-04-13' });
    expect(readDate('04/13/2026', null)).toMatchObject({ day: '2026-04-13' });
    expect(readDate('04.04.2026', null)).toMatchObject({ day: '2026-04-04' });
    for (const date of ['03/04/2026', '3.4.2026', '03-04-2026']) {
      expect(readDate(date, null)).toEqual({ kind: 'AMBIGUOUS', date, days: ['2026-04-03', '2026-03-04'] });
      expect(readDate(date, 'DAY_FIRST')).toMatchObject({ day: '2026-04-03' });
      expect(readDate(date, 'MONTH_FIRST')).toMatchObject({ day: '2026-03-04' });
    }
    expect(readDate('04/13/2026', 'DAY_FIRST')).toMatchObject({ kind: 'NO_DAY' });
  });

  it.each([
    ['2026-02-30', 'is not a day of the calendar.'],
    ['31 April 2026', 'is not a day of the calendar.'],
    ['03/04/26', 'needs a year of four digits.'],
    ['4 March', 'has no year.'],
    ['Monday, 4 March 2026', 'is a different weekday.'],
  ])('that says nothing certain is refused: %s', (text, problem) => {
    expect(readDate(text, null)).toMatchObject({ kind: 'NO_DAY', problem });
  });

  it.each([
    'Planning',
    'Version 1.2.3',
    'Room 4',
    'May we?',
    '1:1',
    'Q3 2026',
    '2026',
    'Chapter 4 marchers',
    '',
  ])('is not found where there is none: %s', (text) => {
    expect(readDate(text, null)).toBeUndefined();
  });
});

describe('a document with dates as headings', () => {
  it('in Markdown is split at the headings of the highest level with dates', () => {
    const { notes, leftOut, faults } = read(
      [
        '# Ana and Lee',
        '',
        'Our notes.',
        '## 2026-03-11 Budget',
        '',
        'Talked about *money*.',
        '### 2026-05-01 is the deadline',
        '- 2026-04-01: send it',
        '```',
        '## 2026-01-01',
        '```',
        '',
        '# March',
        'It was cold.',
        '## Wednesday, 4 March 2026 ##',
        'First one.',
        '2026-02-01',
      ].join('\r\n'),
    );
    expect(faults).toEqual([]);
    expect(notes).toEqual([
      {
        heldOn: '2026-03-11',
        line: 4,
        text: [
          'Budget',
          '',
          '',
          'Talked about *money*.',
          '### 2026-05-01 is the deadline',
          '- 2026-04-01: send it',
          '```',
          '## 2026-01-01',
          '```',
        ].join('\n'),
      },
      { heldOn: '2026-03-04', line: 15, text: 'First one.\n2026-02-01' },
    ]);
    expect(leftOut).toBe('# Ana and Lee\n\nOur notes.\n# March\nIt was cold.');
  });

  it('in plain text is split at lines that are nothing but a date', () => {
    const { notes, leftOut } = read(
      [
        'Shared notes',
        '4 March 2026:',
        'We met on 2026-02-01.',
        '- 2026-01-01',
        '',
        '11 March 2026 10:30',
        'Again.',
      ].join('\n'),
    );
    expect(notes).toEqual([
      { heldOn: '2026-03-11', line: 6, text: '10:30\n\nAgain.' },
      { heldOn: '2026-03-04', line: 2, text: 'We met on 2026-02-01.\n- 2026-01-01' },
    ]);
    expect(leftOut).toBe('Shared notes');
  });

  it('can have underlined headings, and days without notes', () => {
    expect(read('2026-03-04\n==========\nHello\n\n2026-03-11\n===\n').notes).toEqual([
      { heldOn: '2026-03-11', line: 5, text: '' },
      { heldOn: '2026-03-04', line: 1, text: 'Hello' },
    ]);
    expect(days('2026-03-04\n----------\nHello')).toEqual(['2026-03-04']);
  });

  it('names everything that would have to be guessed, each with its line', () => {
    const { faults } = read(
      ['# 03/04/2026', '# 2026-02-30', '# 4 March', '# 2026-12-24', '# 2026-03-04', '# March 4, 2026'].join(
        '\n',
      ),
    );
    expect(faults).toEqual([
      {
        about: 'DATE_ORDER',
        code: 'REQUIRED',
        message: 'is required: "03/04/2026" in line 1 is 3 April 2026 or 4 March 2026.',
      },
      {
        about: 'TEXT',
        code: 'INVALID',
        message: 'has "2026-02-30" in line 2, which is not a day of the calendar.',
      },
      { about: 'TEXT', code: 'INVALID', message: 'has "4 March" in line 3, which has no year.' },
      { about: 'TEXT', code: 'OUT_OF_RANGE', message: 'has 2026-12-24 in line 4, which is in the future.' },
      {
        about: 'TEXT',
        code: 'DUPLICATE',
        message: 'has 2026-03-04 in line 6 and in line 5. Put both under one heading.',
      },
    ]);
    expect(read('Just text').faults).toMatchObject([{ code: 'INVALID' }]);
    expect(read(`# 2026-03-04\n${'x'.repeat(20_001)}`).faults).toMatchObject([{ code: 'TOO_LONG' }]);
  });

  it('is read in time that grows with its length, whatever a line contains', () => {
    const hostile = [
      '# ' + ' '.repeat(200_000) + 'x',
      ' ,'.repeat(100_000) + 'x',
      'a\u0301'.repeat(100_000) + ' 4',
    ];
    expect(read(['# 2026-03-04', ...hostile].join('\n')).faults).toMatchObject([{ code: 'TOO_LONG' }]);
    expect(read(Array.from({ length: 20_000 }, () => '# 2026-03-04').join('\n')).faults).toHaveLength(100);
  });

  it('keeps every line: in the notes of a day, in a heading, or in what is left out', () => {
    const text = ['Before', '# 2026-03-04', 'one', '', 'two', '# 2026-03-11 Title', 'three'].join('\n');
    const { notes, leftOut } = read(text);
    const kept = [leftOut, ...notes.map((each) => each.text)].join('\n');
    for (const word of ['Before', 'one', 'two', 'Title', 'three']) expect(kept).toContain(word);
  });
});
