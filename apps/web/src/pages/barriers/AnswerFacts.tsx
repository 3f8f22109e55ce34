import type { ReactNode } from 'react';
import type { AnswerFactsFragment } from '../../graphql/graphql.ts';
import { graphql } from '../../graphql/index.ts';
import { today, useDates } from '../../parts/dates.ts';
import { unbroken } from '../../parts/unbroken.ts';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Barriers.module.css';

export const ANSWER_FACTS = graphql(`
  fragment AnswerFacts on BarrierAnswer {
    id
    status
    trialUntil
    gotItWrong
    requiredByLaw
    lossLastHappened
    lossesAYear
    costToOthers
  }
`);

/** Why a procedure stays, in full: the law that it cites, or the three facts. Otherwise until when it is suspended, and an admission. */
export function AnswerFacts({ answer }: { readonly answer: AnswerFactsFragment }): ReactNode {
  const { say, language } = useWords();
  const dates = useDates();
  const { status, trialUntil, gotItWrong, requiredByLaw, lossLastHappened, lossesAYear, costToOthers } =
    answer;
  const often = lossesAYear == null ? undefined : wordFrequency(lossesAYear);
  const facts = [
    ['barriers.fact.legal', requiredByLaw],
    ['barriers.fact.last', lossLastHappened],
    ['barriers.fact.cost', costToOthers],
  ] as const;
  return (
    <>
      {status === 'TRIAL_WITHOUT' && trialUntil != null && (
        <p className={classes['fact']}>
          {say(trialUntil < today() ? 'barriers.trialWas' : 'barriers.trialUntil', {
            day: unbroken(dates.date(trialUntil)),
          })}
        </p>
      )}
      {gotItWrong && <p className={classes['fact']}>{say('barriers.gotItWrong')}</p>}
      {status === 'STAYS' && (
        <dl className={classes['facts']}>
          {facts.map(([key, value]) =>
            value == null ? null : (
              <div key={key}>
                <dt>{say(key)}</dt>
                <dd>
                  <Written as="div">{value}</Written>
                  {key === 'barriers.fact.last' && often !== undefined && (
                    <span className={classes['soft']}>{often}</span>
                  )}
                </dd>
              </div>
            ),
          )}
        </dl>
      )}
    </>
  );

  /** "3 times a year", or "once in 2 years". */
  function wordFrequency(aYear: number): string {
    if (aYear > 0 && aYear < 1) return say('barriers.fact.seldom', { years: Math.round(1 / aYear) });
    const times = new Intl.NumberFormat(language).format(aYear);
    return say('barriers.fact.often', { times, count: aYear });
  }
}
