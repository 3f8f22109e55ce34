import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { BarrierCardFragment } from '../../graphql/graphql.ts';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Written } from '../../parts/Written.tsx';
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
      <h3>
        <Link to="/barriers/$barrierId" params={{ barrierId: id }}>
          <Written>{title}</Written>
        </Link>
      </h3>
      <p className={classes['soft']}>
        {[
          raisedBy == null ? say('barriers.nameless') : say('barriers.by', { name: raisedBy.name }),
          supporters != null && say('barriers.supporters', { count: supporters }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <WhoAnswers barrier={barrier} />
      {answer != null && <AnswerFacts answer={readFragment(ANSWER_FACTS, answer)} />}
    </li>
  );
}

/** The area, who answers it, and by when, in words. Renders nothing of the kind once it is answered. */
export function WhoAnswers({
  barrier: { awaitsAnswer, status, answerDueOn, procedureArea },
}: {
  readonly barrier: Pick<BarrierCardFragment, 'awaitsAnswer' | 'status' | 'answerDueOn' | 'procedureArea'>;
}): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const isLate = answerDueOn < new Date().toISOString().slice(0, 10);
  const due = say(isLate ? 'barriers.wasDue' : 'barriers.due', { day: dates.near(answerDueOn) });
  const who =
    procedureArea == null
      ? say('barriers.noArea')
      : procedureArea.currentAnswerer == null
        ? say('barriers.nobody', { area: procedureArea.name })
        : say('barriers.answers', { area: procedureArea.name, name: procedureArea.currentAnswerer.name });
  return (
    <p className={classes['soft']}>
      {who}
      {awaitsAnswer && (
        <>
          {' · '}
          {status === 'INVESTIGATING' && `${say('barriers.status.INVESTIGATING')} · `}
          {isLate ? <strong>{due}</strong> : due}
        </>
      )}
    </p>
  );
}
