import { encodePunycode } from './punycode.js';

/*
 * Folded forms, which decide whether two texts count as the same. The functions folded_name, folded_id, id_twin_key and
 * folded_address in SQL are the same; a test compares them on random texts.
 */

const INVISIBLE = /[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u{FFF9}-\u{FFFB}]+/gu;
const WHITE_SPACE = /\p{White_Space}+/gu;

/** Without differences of width and other forms of one character, invisible characters, and kinds and runs of white space. */
function withoutForms(text: string): string {
  return text.replace(WHITE_SPACE, ' ').normalize('NFKC').replace(INVISIBLE, '');
}

/** For names and titles: without differences of case too (ß is ss, and every i and ı is one). Accents remain. */
export function foldName(text: string): string {
  return (
    withoutForms(text)
      // Upper case brings together what lower case leaves apart: ß and ss, ı and i.
      .toLowerCase()
      .toUpperCase()
      .toLowerCase()
      .replaceAll('ς', 'σ')
      .replaceAll('i\u0307', 'i')
      .normalize('NFKC')
      .replace(/ +/g, ' ')
      .trim()
  );
}

/** Accents of Latin, Greek and Cyrillic letters. Marks of other scripts are letters of their words. */
const ACCENTS = /[\u0300-\u036F]+/g;
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}]+/gu;

/** For names that spelling alone must not tell apart: as for names, without accents, spaces and punctuation, unless nothing else is left. */
export function foldSpelling(text: string): string {
  const name = foldName(text);
  const spelling = name.normalize('NFKD').replace(ACCENTS, '').replace(BETWEEN_WORDS, '').normalize('NFC');
  return spelling === '' ? name : spelling;
}

/** For external ids: as for names. Two ids with the same folded form are one id. */
export function foldId(text: string): string {
  return foldName(text);
}

/** Two different ids with the same key are probably one that a spreadsheet changed: spaces and leading zeros are left out too. */
export function idTwinKey(text: string): string {
  return foldId(text)
    .replaceAll(' ', '')
    .replace(/^0+(?=.)/, '');
}

/** For e-mail addresses: without differences of case, width and Unicode form, and with the domain in ASCII (IDNA). */
export function foldAddress(text: string): string {
  const plain = withoutForms(text).replaceAll(' ', '').replaceAll('\u3002', '.').replaceAll('Σ', 'σ');
  const lower = plain.toLowerCase().normalize('NFC');
  const at = lower.lastIndexOf('@');
  const domain = lower.slice(at + 1).split('.');
  return (
    lower.slice(0, at + 1).replaceAll('ς', 'σ') +
    domain.map((label) => (isAscii(label) ? label : `xn--${encodePunycode(label)}`)).join('.')
  );
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}
