import type { InputFault } from '#graphql';
import type { PulseQuestionRow } from './pulse.entity.js';
import type { PulseScale } from './pulse.model.js';

/** The lowest and the highest score of each scale. */
const SCALES: Readonly<Record<PulseScale, readonly [lowest: number, highest: number]>> = {
  ONE_TO_FIVE: [1, 5],
  ZERO_TO_TEN: [0, 10],
};

/**
 * The scores in the order of the questions; null for one that was left out.
 *
 * @param faults receives what is wrong with them
 */
export function scoresOf(
  questions: readonly Pick<PulseQuestionRow, 'id' | 'scale'>[],
  given: readonly { readonly questionId: string; readonly score: number }[],
  faults: InputFault[],
): (number | null)[] {
  const scores = questions.map((): number | null => null);
  given.forEach(({ questionId, score }, index) => {
    const place = questions.findIndex(({ id }) => id === questionId);
    const question = questions[place];
    const path = `input.scores.${String(index)}`;
    if (!question) {
      const message = 'is not the ID of a question of this pulse.';
      faults.push({ path: `${path}.questionId`, code: 'NOT_FOUND', message });
      return;
    }
    if (scores[place] !== null) {
      faults.push({ path: `${path}.questionId`, code: 'INVALID', message: 'must not be listed twice.' });
      return;
    }
    const [lowest, highest] = SCALES[question.scale];
    if (score < lowest || score > highest) {
      const message = `must be ${String(lowest)} to ${String(highest)}.`;
      faults.push({ path: `${path}.score`, code: 'OUT_OF_RANGE', message });
      return;
    }
    scores[place] = score;
  });
  return scores;
}
