/** How many things of one kind app.erasure_preview has found. */
export interface Count {
  readonly kind: string;
  readonly count: number;
}

/** A noun in the singular and plural. */
const many = (count: number, one: string, more: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`;

/** What is erased of each kind, in words; kinds of which there is nothing are left out. */
const ERASED: Readonly<Record<string, (count: number, of: (kind: string) => number) => string>> = {
  GOALS: (count, of) =>
    `${many(count, 'personal goal', 'personal goals')}, with milestones, ${many(of('UPDATES'), 'update', 'updates')}, history, shares, alignments and access log.`,
  POINTS: (count) => `${many(count, 'talking point', 'talking points')}, shared ones and drafts.`,
  PRIVATE_NOTES: (count) => `Your private notes of ${many(count, 'conversation', 'conversations')}.`,
  SHARED_NOTES: (count) =>
    `Your lines in the shared notes of ${many(count, 'conversation', 'conversations')}, in all versions; “(removed)” shows where they were.`,
  ACTION_ITEMS: (count) =>
    `The words of ${many(count, 'action item', 'action items')} that you worded last, and your earlier wordings.`,
  FEEDBACK: (count) => `Your feedback on ${many(count, 'conversation', 'conversations')}.`,
  TEMPLATES: (count) => `${many(count, 'template', 'templates')} for agendas.`,
  MANDATES: (count) => `The words of ${many(count, 'mandate', 'mandates')} that you worded; they end.`,
  PROPOSALS: (count) =>
    `What you wrote in ${many(count, 'proposal', 'proposals')} for goals of others; unanswered ones are withdrawn.`,
  IMPORTS: (count) =>
    `${many(count, 'import', 'imports')} of notes that you proposed and nobody has accepted.`,
};

/** What is erased and what stays, one sentence each. @param employed false: the account and the entry in the directory go too */
export function previewInWords(counts: readonly Count[], employed: boolean): string[] {
  const byKind = new Map(counts.map(({ kind, count }) => [kind, count]));
  const of = (kind: string): number => byKind.get(kind) ?? 0;
  const erased = Object.entries(ERASED).flatMap(([kind, inWords]) =>
    of(kind) > 0 ? [`Erased: ${inWords(of(kind), of)}`] : [],
  );
  const staying = of('STAYING');
  return [
    ...erased,
    'Erased: your export files, and the answers that are kept for 24 hours to repeated requests.',
    ...(employed ? [] : ['Erased: your account, your sessions, and your entry in the directory.']),
    'Stays: what others wrote, the dates of your one-to-ones, and that you met.',
    ...(staying === 0
      ? []
      : [
          `Stays: ${many(staying, 'business goal, check-in, barrier, answer or story', 'business goals, check-ins, barriers, answers and stories')} of yours${employed ? '' : ', by “Former colleague”'}.`,
        ]),
    employed
      ? 'Stays: your account, and your entry in the directory, which is your employer’s.'
      : 'Stays: that somebody left, with the dates, by “Former colleague”.',
  ];
}
