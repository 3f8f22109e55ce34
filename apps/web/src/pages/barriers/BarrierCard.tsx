import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ButtonLink } from '../../parts/Button.tsx';
import type { BarrierCardFragment } from '../../graphql/graphql.ts';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { daysFromToday, useDates } from '../../parts/dates.ts';
import { unbroken } from '../../parts/unbroken.ts';
import { useWords } from '../../words/words.tsx';
import { ANSWER_FACTS, AnswerFacts } from './AnswerFacts.tsx';
import classes from './Barriers.module.css';

export const BARRIER_CARD = graphql(`
  fragment BarrierCard on Barrier {
    id
    title
    status
    hindersCustomers
    awaitsAnswer
    viewerCanAnswer
    answerDueOn
    supporters
    raisedBy {
      id
      name
    }
    procedureArea {
      id
      name
      currentAnswerer {
        id
        name
      }
    }
    answer {
      id
      ...AnswerFacts
    }
  }
`);

export type BarrierCardRef = FragmentType<typeof BARRIER_CARD>;

/** A barrier on the board: what it is, who answers it by when, and the facts for which it stays. */
export function BarrierCard({ barrier }: { readonly barrier: BarrierCardFragment }): ReactNode {
  const { say } = useWords();
  const { id, title, hindersCustomers, supporters, raisedBy, answer } = barrier;
  return (
    <li className={classes['card']}>
      {hindersCustomers && <p className={classes['customers']}>{say('barriers.customers')}</p>}
      <h3 dir="auto" className={classes['written']}>
        <Link to="/barriers/$barrierId" params={{ barrierId: id }}>
          {title}
        </Link>
      </h3>
      <p className={classes['soft']}>
        {[
          raisedBy == null ? say('barriers.nameless') : say('barriers.by', { name: raisedBy.name }),
          supporters != null && unbroken(say('barriers.supporters', { count: supporters })),
        ]
          .filter(Boolean)
          .join('\u00a0· ')}
      </p>
      <WhoAnswers barrier={barrier} />
      {answer != null && <AnswerFacts answer={readFragment(ANSWER_FACTS, answer)} />}
      {barrier.awaitsAnswer && barrier.viewerCanAnswer && (
        <ButtonLink to="/barriers/$barrierId" params={{ barrierId: id }} variant="default">
          {say('barriers.open.answer')}
        </ButtonLink>
      )}
    </li>
  );
}

/** The area, and while the barrier waits for an answer, who answers and by when. */
export function WhoAnswers({
  barrier: { awaitsAnswer, viewerCanAnswer, status, answerDueOn, procedureArea },
}: {
  readonly barrier: Pick<
    BarrierCardFragment,
    'awaitsAnswer' | 'viewerCanAnswer' | 'status' | 'answerDueOn' | 'procedureArea'
  >;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  if (!awaitsAnswer) {
    return procedureArea == null ? null : <p className={classes['soft']}>{procedureArea.name}</p>;
  }
  const daysLate = -daysFromToday(answerDueOn);
  return (
    <p className={classes['soft']}>
      {wordAnswerer()}
      {'\u00a0· '}
      {status === 'INVESTIGATING' && `${say('barriers.status.INVESTIGATING')}\u00a0· `}
      {daysLate > 0 ? (
        <strong>{unbroken(say('barriers.wasDue', { days: daysLate }))}</strong>
      ) : (
        unbroken(say('barriers.due', { day: dates.near(answerDueOn) }))
      )}
    </p>
  );

  function wordAnswerer(): string {
    if (procedureArea == null) return say('barriers.noArea');
    const { name: area, currentAnswerer } = procedureArea;
    if (viewerCanAnswer) return say('barriers.answersYou', { area });
    if (currentAnswerer == null) return say('barriers.nobody', { area });
    return say('barriers.answers', { area, name: currentAnswerer.name });
  }
}
