const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** How many characters a reader counts: grapheme clusters. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of graphemes.segment(text)) count += 1;
  return count;
}

/** Whether a text has at most `max` of these units; as a reader counts, or Unicode code points. */
export function hasAtMost(max: number, unit: 'characters' | 'code points', text: string): boolean {
  // No unit is shorter than a UTF-16 code unit.
  if (text.length <= max) return true;
  return (unit === 'characters' ? countCharacters(text) : Array.from(text).length) <= max;
}
