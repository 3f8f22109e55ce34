/**
 * Characters that are not visible, by Unicode property: controls, default ignorables (zero-width and bidirectional controls, soft
 * hyphen, fillers, tags, variation selectors), interlinear annotation controls, and noncharacters.
 */
const INVISIBLE = String.raw`\p{Cc}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u{FFF9}-\u{FFFB}`;

/** Scripts in which a joiner changes how neighbouring letters are written. */
const JOINING_SCRIPTS = [
  'Arabic',
  'Syriac',
  'Mandaic',
  'Nko',
  'Mongolian',
  'Adlam',
  'Hanifi_Rohingya',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
  'Myanmar',
  'Khmer',
  'Tibetan',
  'Balinese',
  'Javanese',
];
const JOINING = `[${JOINING_SCRIPTS.map((script) => String.raw`\p{Script_Extensions=${script}}`).join('')}]`;

/** Invisible characters that carry meaning where they are. */
const MEANINGFUL = [
  // Flags of regions: a black flag, tags, and the tag that ends them.
  String.raw`(?<=\u{1F3F4}[\u{E0020}-\u{E007E}]*)[\u{E0020}-\u{E007E}](?=[\u{E0020}-\u{E007E}]*\u{E007F})`,
  String.raw`(?<=\u{1F3F4}[\u{E0020}-\u{E007E}]+)\u{E007F}`,
  // Emoji joined to one, and how an emoji or a keycap is displayed.
  String.raw`(?<=\p{Extended_Pictographic}\p{Emoji_Modifier}?\uFE0F?)\u200D(?=\p{Extended_Pictographic})`,
  String.raw`(?<=\p{Extended_Pictographic})[\uFE0E\uFE0F]`,
  String.raw`(?<=[0-9#*])\uFE0F(?=\u20E3)`,
  // Variants of ideographs, and of letters in scripts that have such.
  String.raw`(?<=\p{Script=Han})[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]`,
  String.raw`(?<=[\p{Script=Myanmar}\p{Script=Phags_Pa}\p{Script=Manichaean}\p{Sm}])\uFE00`,
  String.raw`(?<=\p{Script=Mongolian})[\u180B-\u180D\u180F]`,
  // Joiners inside of a word; after a sign (a virama) also at its end.
  String.raw`(?<=${JOINING})[\u200C\u200D](?=${JOINING})`,
  String.raw`(?<=(?=\p{M})${JOINING})\u200D`,
].join('|');

const INVISIBLE_WITHOUT_MEANING = new RegExp(`(${MEANINGFUL})|[${INVISIBLE}]`, 'gu');
const VISIBLE = new RegExp(String.raw`[^${INVISIBLE}\p{White_Space}\u2800]`, 'u');
const WHITE_SPACE = /\p{White_Space}+/gu;
const PLAIN_LINE = /^(?:[\x21-\x7e]+(?: [\x21-\x7e]+)*)?$/;

/**
 * A name, title or id as it is stored: in NFC, without invisible characters that mean nothing where they are, without surrounding white
 * space, and with single spaces inside. It can be empty, or {@link isBlank blank}.
 */
export function cleanLine(text: string): string {
  if (PLAIN_LINE.test(text)) return text;
  let clean = text;
  // A removed character may have given meaning to its neighbour, or separated two characters, so this repeats until nothing changes.
  for (let before; clean !== before;) {
    before = clean;
    clean = before
      .replace(WHITE_SPACE, ' ')
      .normalize('NFC')
      .replace(INVISIBLE_WITHOUT_MEANING, '$1')
      .replace(/ +/g, ' ')
      .trim();
  }
  return clean;
}

/** A text of any length as it is stored: in NFC. */
export function cleanText(text: string): string {
  return text.normalize('NFC');
}

/** Whether it has no visible character. */
export function isBlank(text: string): boolean {
  return !VISIBLE.test(text);
}
