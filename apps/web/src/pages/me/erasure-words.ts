import type { Words } from '../../words/words.tsx';

/** The sentences of the service about an erasure, which are in English, by what tells them apart. Their numbers are in the same order. */
const SENTENCES = [
  ['goals', /personal goals?, with milestones, .* updates?,/],
  ['points', /talking points?, shared ones/],
  ['privateNotes', /^Erased: Your private notes/],
  ['sharedNotes', /^Erased: Your lines in the shared notes/],
  ['promises', /^Erased: The words of .* action items?/],
  ['feedback', /^Erased: Your feedback/],
  ['templates', /templates? for agendas/],
  ['mandates', /^Erased: The words of .* mandates?/],
  ['proposals', /^Erased: What you wrote in .* proposals?/],
  ['imports', /imports? of notes that you proposed/],
  ['files', /^Erased: your export files/],
  ['account', /^Erased: your account/],
  ['others', /^Stays: what others wrote/],
  ['work', /^Stays: .* stor(?:y|ies) of yours/],
  ['entry', /^Stays: your account/],
  ['left', /^Stays: that somebody left/],
] as const;

/** A sentence of the service about an erasure, without the word that says on which side it is, in the language of the reader. */
export function wordErasure(
  sentence: string,
  { say }: Words,
): {
  readonly text: string;
  /** Whether it is about what stays. */
  readonly stays: boolean;
  /** Whether it is one of those above. Another one is shown as the service words it. */
  readonly isKnown: boolean;
} {
  const stays = sentence.startsWith('Stays:');
  const known = SENTENCES.find(([, pattern]) => pattern.test(sentence));
  if (known === undefined) return { text: sentence.replace(/^\w+: /, ''), stays, isKnown: false };
  const [count = 0, updates = 0] = [...sentence.matchAll(/\d[\d,]*/g)].map(([number]) =>
    Number(number.replaceAll(',', '')),
  );
  return { text: say(`me.erased.${known[0]}`, { count, updates }), stays, isKnown: true };
}
