/** How many characters a snippet has before the match, and in total. */
const LEAD = 60;
const LENGTH = 160;

/** What the SQL function `searchable` replaces besides forms that Unicode decomposes. */
const LETTERS: Readonly<Record<string, string>> = Object.fromEntries([
  ...Array.from('ςøłđðħŧŋĸəǝɛƀɓƈɖɗƒǥɠɨɉƙƚɫɬɱɲƞɵƥɍɽʂȿƭʈʉʋⱳƴɏƶȥʐґ', (letter, index) => [
    letter,
    'σolddhtnkeeebbcddfggijklllmnnoprrssttuvwyyzzzг'[index],
  ]),
  ...Array.from('’‘ʼʻ', (quote) => [quote, "'"]),
  ...Array.from('‐‑‒–—', (dash) => [dash, '-']),
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['þ', 'th'],
]) as Record<string, string>;

/** A part of a text around the first place where it contains `words`, compared as the SQL function `searchable` does. */
export function snippetOf(text: string, words: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  const characters = Array.from(line);
  const folded = characters.map(fold);
  const at = folded.join('').indexOf(Array.from(words.trim().replaceAll(/\s+/g, ' '), fold).join(''));
  let match = 0;
  for (let length = 0; match < folded.length - 1; match += 1) {
    length += folded[match]?.length ?? 0;
    if (length > at) break;
  }
  const start = at < 0 ? 0 : Math.max(0, Math.min(match - LEAD, characters.length - LENGTH));
  const end = start + LENGTH;
  return `${start > 0 ? '…' : ''}${characters.slice(start, end).join('').trim()}${end < characters.length ? '…' : ''}`;
}

function fold(character: string): string {
  const plain = character.normalize('NFKD').replaceAll(/[\p{M}\p{Cf}]/gu, '');
  return Array.from(plain.toLowerCase().toUpperCase().toLowerCase(), (each) => LETTERS[each] ?? each).join(
    '',
  );
}
