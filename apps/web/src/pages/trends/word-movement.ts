import type { Granularity } from '../../graphql/graphql.ts';
import type { Words } from '../../words/words.tsx';
import type { FigureWords } from './figures.ts';
import type { Movement } from './movement.ts';

function sentencesOf(
  movement: Movement,
  {
    newest,
    words: { say },
    figures,
    by,
  }: {
    /** The last period that is released. */
    readonly newest: string;
    readonly words: Words;
    readonly figures: FigureWords;
    readonly by: Granularity;
  },
): string {
  if (movement.kind === 'none') return say('trends.moved.none');
  const { last } = movement;
  const missing =
    last.period === newest ? '' : `${say('trends.moved.missing', { period: figures.period(newest) })} `;
  const now = { value: figures.figure(last), period: figures.period(last.period) };
  if (movement.kind === 'single') return missing + say('trends.moved.single', now);
  const { kind, first, run, isSmall } = movement;
  const values = { ...now, before: figures.figure(first), since: figures.period(first.period) };
  // The sentence leaves out how much it moved: exact figures can differ by almost a step less than rounded ones.
  if (kind !== 'rose' && kind !== 'fell') {
    const isSame = kind === 'within' && first.value === last.value;
    return missing + say(isSame ? 'trends.moved.same' : `trends.moved.${kind}`, values);
  }
  if (run > 1) return missing + say(`trends.moved.${kind}.run`, { ...values, run, periods: by });
  const moved = missing + say(`trends.moved.${kind}`, values);
  return isSmall ? `${moved} ${say('trends.moved.small')}` : moved;
}

/** One or two sentences: what moved, and whether that is more than rounding. */
export function wordMovement(...about: Parameters<typeof sentencesOf>): string {
  const sentences = sentencesOf(...about);
  return sentences.charAt(0).toUpperCase() + sentences.slice(1);
}
