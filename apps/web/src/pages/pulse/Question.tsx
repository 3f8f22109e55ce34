import type { ReactNode } from 'react';
import type { PulseScale } from '../../graphql/graphql.ts';
import choices from '../../parts/Choices.module.css';
import { useWords, type Words } from '../../words/words.tsx';
import classes from './Question.module.css';

export interface PulseQuestion {
  readonly id: string;
  readonly scale: PulseScale;
  readonly text: string;
}

const SCORES: Record<PulseScale, readonly number[]> = {
  ONE_TO_FIVE: [1, 2, 3, 4, 5],
  ZERO_TO_TEN: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
};

/** A question with its scale, and apart from that no answer, which is chosen at first. */
export function Question({
  question: { id, scale, text },
  score: chosen,
  choose,
}: {
  readonly question: PulseQuestion;
  /** Undefined without an answer. */
  readonly score: number | undefined;
  readonly choose: (score: number | undefined) => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  return (
    <fieldset className={choices['choices']} data-size="large">
      <legend>{text}</legend>
      <div className={classes['answers']} data-scale={scale}>
        <div className={classes['scale']}>
          {SCORES[scale].map((score) => (
            <label key={score} className={choices['option']}>
              <input
                type="radio"
                name={id}
                aria-label={scale === 'ZERO_TO_TEN' ? nameOf(score, words) : undefined}
                checked={score === chosen}
                onChange={() => {
                  choose(score);
                }}
              />
              <span>{scale === 'ZERO_TO_TEN' ? score : say(`pulse.score.${String(score) as '1'}`)}</span>
            </label>
          ))}
        </div>
        {scale === 'ZERO_TO_TEN' && (
          // For those who see the scale: its ends have these words in their names.
          <p className={classes['ends']} aria-hidden="true">
            <span>{say('pulse.likely.0')}</span>
            <span>{say('pulse.likely.10')}</span>
          </p>
        )}
        <label className={classes['none']}>
          <input
            type="radio"
            name={id}
            checked={chosen === undefined}
            onChange={() => {
              choose(undefined);
            }}
          />
          <span>{say('pulse.noAnswer')}</span>
        </label>
      </div>
    </fieldset>
  );
}

/** What a score of the long scale is called, where its end is only a number to see. */
function nameOf(score: number, { say }: Words): string {
  return score === 0 || score === 10 ? `${String(score)}, ${say(`pulse.likely.${score}`)}` : String(score);
}
