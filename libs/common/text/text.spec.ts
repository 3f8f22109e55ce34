import fc from 'fast-check';
import { cleanLine, isBlank } from './clean.js';
import { countCharacters, hasAtMost } from './count.js';
import { readEmailAddress } from './email-address.js';
import { foldAddress, foldName, foldSpelling } from './fold.js';
import { nameProblem, textProblem, titleProblem } from './problems.js';

const ZWNJ = '\u200c';
const ZWJ = '\u200d';

describe('cleanLine', () => {
  it.each([
    ['composes', 'Zu\u0308rich', 'Zürich'],
    ['removes zero-width spaces and soft hyphens', '\u200bSa\u00adles\ufeff', 'Sales'],
    ['removes control characters', 'A\u001b[31mnn\u0007', 'A[31mnn'],
    ['removes bidirectional controls', 'Ann\u202etxt.exe\u2066\u200f', 'Anntxt.exe'],
    ['removes tags that hide words', 'Ann\u{E0061}\u{E0062}', 'Ann'],
    ['removes fillers', 'A\u3164\u115f\u034fB', 'AB'],
    ['makes white space single spaces', '\u00a0 A\t\u3000B  ', 'A B'],
    ['removes a joiner between Latin letters', `Sa${ZWJ}les${ZWNJ}`, 'Sales'],
    ['removes a variation selector behind a Latin letter', 'Sales\ufe0f', 'Sales'],
    ['composes what an invisible character kept apart', 'e\u200b\u0301', 'é'],
  ])('%s', (_, text, clean) => {
    expect(cleanLine(text)).toBe(clean);
  });

  it.each([
    ['a joiner in Persian', `می${ZWNJ}خواهم`],
    ['a joiner in Devanagari', `क्${ZWJ}ष`],
    ['a joiner in Sinhala', `ශ්${ZWJ}රී`],
    ['a joiner at the end of a word in Malayalam', `ന്${ZWJ}`],
    ['a family', '👨‍👩‍👧‍👦'],
    ['a person with a skin tone and an occupation', '👩🏽‍🚀'],
    ['a rainbow flag', '🏳️‍🌈'],
    ['the flag of Scotland', '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'],
    ['a keycap', '1️⃣'],
    ['a heart in colour', '❤️'],
    ['a variant of an ideograph', '葛\u{E0100}'],
    ['Arabic with a number sign', '\u0601١٢'],
    ['accents and apostrophes', 'Óscar O’Neill-Ñúñez'],
  ])('leaves %s', (_, text) => {
    expect(cleanLine(text)).toBe(text);
    expect(cleanLine(`  ${text}\u200b `)).toBe(text);
  });

  it('leaves what it has cleaned', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ZWJ,
        ZWNJ,
        '\ufe0f',
        '\u200b',
        '\u202e',
        '🏴',
        '\u{E0067}',
        '\u{E007F}',
        '👩',
        '🏽',
        'ी',
        '्',
        'می',
        '1',
        '\u20e3',
        ' ',
        'e',
        '\u0301',
        '\u180b',
        'ᠠ',
        '葛',
        '\u{E0100}',
      ),
      fc.string({ unit: 'binary', maxLength: 2 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const clean = cleanLine(pieces.join(''));
        expect(cleanLine(clean)).toBe(clean);
        expect(clean.normalize('NFC')).toBe(clean);
      }),
      { numRuns: 5_000, seed: 11 },
    );
  });
});

it('text is blank where a reader sees nothing', () => {
  for (const text of [
    '',
    ' \t\n',
    '\u200b',
    '\u00ad\u2060',
    '\u3164',
    '\u2800',
    `${ZWJ}\ufe0f`,
    '\u{E0061}',
  ]) {
    expect(isBlank(text)).toBe(true);
  }
  for (const text of ['a', '.', '\u200b1', '👨‍👩‍👧', 'ی']) expect(isBlank(text)).toBe(false);
});

describe('limits', () => {
  it('counts what a reader counts', () => {
    expect(countCharacters('👨‍👩‍👧‍👦e\u0301क्षि')).toBe(3);
    expect(hasAtMost(3, 'characters', '👨‍👩‍👧‍👦e\u0301क्षि')).toBe(true);
    expect(hasAtMost(2, 'code points', '👍👍')).toBe(true);
    expect(hasAtMost(1, 'code points', '👍👍')).toBe(false);
  });

  it('accepts 200 families in a title, and no more', () => {
    expect(titleProblem('👨‍👩‍👧‍👦'.repeat(200), 200)).toBeUndefined();
    expect(titleProblem('👨‍👩‍👧‍👦'.repeat(201), 200)).toBe('must be at most 200 characters.');
  });

  it('bounds the code points of a character, and the bytes of a name', () => {
    expect(titleProblem(`e${'\u0301'.repeat(2_000)}`, 200)).toBe(
      'must be at most 2,000 Unicode code points.',
    );
    expect(nameProblem('क'.repeat(200), 200)).toBeUndefined();
    expect(nameProblem('👨‍👩‍👧‍👦'.repeat(200), 200)).toBe('must be at most 2,400 bytes in UTF-8.');
    // One character that is 18 when compared.
    expect(nameProblem('\ufdfa'.repeat(200), 200)).toBe('must be at most 2,400 bytes in UTF-8.');
  });

  it('counts the code points of long text', () => {
    expect(textProblem('👍'.repeat(20_000), 20_000)).toBeUndefined();
    expect(textProblem('👍'.repeat(20_001), 20_000)).toBe('must be at most 20,000 characters.');
    expect(textProblem('\u200b\n', 20_000)).toBe('must not be blank.');
    expect(textProblem('\u200b\n', 20_000, { mayBeBlank: true })).toBeUndefined();
  });
});

describe('readEmailAddress', () => {
  it.each([
    [' ann@example.test\n', 'ann@example.test'],
    ['\u200bann@example.test\ufeff', 'ann@example.test'],
    ['jose\u0301@example.test', 'josé@example.test'],
    ['ａｎｎ＠ｅxample。test', 'ann@example.test'],
    ['Ann@Bücher.example', 'Ann@Bücher.example'],
    ['a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
  ])('reads %j', (text, address) => {
    expect(readEmailAddress(text)).toBe(address);
  });

  it.each([
    '',
    'ann',
    'ann@',
    'ann@localhost',
    'a b@example.test',
    'a@exa\u200bmple.test',
    'a@127.1',
    'a@example.1',
    'a@a..test',
    `${'a'.repeat(65)}@example.test`,
    `a@${'ü'.repeat(60)}.test`,
    'a@xn--bücher.example',
  ])('refuses %j', (text) => {
    expect(readEmailAddress(text)).toBeUndefined();
  });

  it('reads what it has read, and to the same fold', () => {
    const part = fc.stringMatching(/^[\p{Ll}\p{Lu}\p{M}\p{Lo}0-9-]{1,8}$/u);
    fc.assert(
      fc.property(part, part, (local, domain) => {
        const text = ` ${local}@${domain}.Example`;
        const address = readEmailAddress(text);
        if (address === undefined) return;
        expect(readEmailAddress(address)).toBe(address);
        expect(foldAddress(address)).toBe(foldAddress(text));
        expect(readEmailAddress(foldAddress(address))).toBe(foldAddress(address));
      }),
      { numRuns: 3_000, seed: 3 },
    );
  });
});

it('a name that was cleaned folds like the one that was not', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (text) => {
      expect(foldName(cleanLine(text))).toBe(foldName(text));
    }),
    { numRuns: 5_000, seed: 5 },
  );
});

describe('spelling of names', () => {
  it.each([
    ['Forschung & Entwicklung', 'forschung-entwicklung'],
    ['Straße', 'STRASSE'],
    ['Ｒ＆Ｄ', 'r&d'],
    ['Café', 'Cafe'],
  ])('reads %s and %s as one name', (one, other) => {
    expect(foldSpelling(one)).toBe(foldSpelling(other));
  });

  it.each([
    ['§', '&'],
    // Marks that are vowels or other consonants.
    ['दल', 'दिल'],
    ['かき', 'がき'],
    ['Team 1', 'Team 2'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(foldSpelling(one)).not.toBe(foldSpelling(other));
  });
});
