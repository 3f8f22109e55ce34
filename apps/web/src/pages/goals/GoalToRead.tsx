import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { graphql } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Markdown } from '../../parts/Markdown.tsx';
import { Moment } from '../../parts/Moment.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { ShowMore } from '../../parts/rest.tsx';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import { BackToToday } from './BackToToday.tsx';
import classes from './Goal.module.css';
import journalClasses from './own/Journal.module.css';
import { PlaceForm } from './own/PlaceForm.tsx';

const MeasureChart = lazy(async () => ({ default: (await import('./own/MeasureChart.tsx')).MeasureChart }));

const GOAL = graphql(`
  query Goal($id: ID!, $after: String) {
    personalGoal(id: $id) {
      id
      title
      why
      horizon
      status
      targetOn
      openToProposals
      owner {
        id
        name
      }
      measure {
        id
        current
        start
        target
        unit
      }
      milestones {
        id
        title
        reachedOn
      }
      alignments {
        id
        how
        state
        businessGoal {
          id
          title
        }
      }
      updates(first: 50, after: $after) {
        nodes {
          id
          at
          text
          measuredValue
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** A goal that the viewer can read, and not change: of another person, as far as they share it, or after the end of employment their own. */
export function GoalToRead({
  goalId,
  isOwn = false,
}: {
  readonly goalId: string;
  readonly isOwn?: boolean;
}): ReactNode {
  const { say, language } = useWords();
  const dates = useDates();
  const data = usePageQuery(GOAL, { id: goalId });
  const goal = data.personalGoal;
  if (goal == null) {
    return (
      <>
        {!isOwn && <BackToToday />}
        <Notice title={say('goal.absent')}>{say('goal.absentText')}</Notice>
      </>
    );
  }
  const parts = goal.alignments.filter(({ businessGoal }) => businessGoal != null);
  const isOpen = goal.openToProposals && !isOwn;
  const number = new Intl.NumberFormat(language);
  const facts = [
    !isOwn && say('goal.ofOther', { name: goal.owner.name }),
    say(`goals.horizon.${goal.horizon ?? 'NONE'}`),
    say(`goals.status.${goal.status}`),
    goal.targetOn != null && say('goal.target', { day: dates.date(goal.targetOn) }),
  ].filter((fact) => typeof fact === 'string');

  const values = goal.updates.nodes.flatMap(({ at, measuredValue }) =>
    measuredValue == null ? [] : [{ at, value: measuredValue }],
  );

  return (
    <article className={classes['goal']}>
      <title>{`${goal.title} – Mutual`}</title>
      <header>
        {!isOwn && (
          <p className={classes['back']}>
            <Link to="/with/$personId" params={{ personId: goal.owner.id }}>
              <bdi>{goal.owner.name}</bdi>
            </Link>
          </p>
        )}
        <Written as="h1" size="title">
          {goal.title}
        </Written>
        <p className={classes['facts']}>{facts.join('\u00a0· ')}</p>
      </header>
      {goal.why != null && (
        <section aria-labelledby="why">
          <h2 id="why">{say('goal.why')}</h2>
          <Written as="div">
            <Markdown text={goal.why} />
          </Written>
        </section>
      )}
      {goal.milestones.length > 0 && (
        <section aria-labelledby="milestones">
          <h2 id="milestones">{say('goal.milestones')}</h2>
          <ol className={classes['list']}>
            {goal.milestones.map(({ id, title, reachedOn }) => (
              <li key={id}>
                <Written as="div">{title}</Written>
                <span className={classes['facts']}>
                  {reachedOn == null ? (
                    say('goal.open')
                  ) : (
                    <Moment at={reachedOn}>{say('goal.reached', { day: dates.date(reachedOn) })}</Moment>
                  )}
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
      {(parts.length > 0 || isOpen) && (
        <section aria-labelledby="business">
          <h2 id="business">{say('goal.businessGoals')}</h2>
          <ul className={classes['list']}>
            {parts.map(({ id, how, state, businessGoal }) => (
              <li key={id} className={classes['business']}>
                <Written>{businessGoal?.title}</Written>
                {state === 'PROPOSED' && (
                  <p className={classes['facts']}>{say('goal.proposed', { name: goal.owner.name })}</p>
                )}
                {how != null && (
                  <Written as="div">
                    <Markdown text={how} />
                  </Written>
                )}
              </li>
            ))}
          </ul>
          {isOpen && <ProposePart goal={goal} name={goal.owner.name} />}
        </section>
      )}
      <section aria-labelledby="journal">
        <h2 id="journal">{say('goal.journal')}</h2>
        {goal.measure != null && (
          <div className={journalClasses['measure']}>
            <p className={classes['facts']}>
              {say('goal.measure', {
                current: number.format(goal.measure.current),
                start: number.format(goal.measure.start),
                target: number.format(goal.measure.target),
                unit: goal.measure.unit,
              })}
            </p>
            {values.length > 1 && (
              <Suspense fallback={<div className={journalClasses['chart']} />}>
                <MeasureChart measure={goal.measure} values={values} />
              </Suspense>
            )}
          </div>
        )}
        {goal.updates.nodes.length === 0 ? (
          <p className={classes['facts']}>{say('goal.journalEmpty')}</p>
        ) : (
          <ol className={classes['journal']}>
            {goal.updates.nodes.map(({ id, at, text, measuredValue }) => (
              <li key={id}>
                <p className={classes['facts']}>
                  <Moment at={at}>{dates.date(at)}</Moment>
                  {measuredValue != null &&
                    goal.measure != null &&
                    ` · ${number.format(measuredValue)} ${goal.measure.unit}`}
                </p>
                <Written as="div">
                  <Markdown text={text} />
                </Written>
              </li>
            ))}
          </ol>
        )}
        <ShowMore
          end={goal.updates.pageInfo}
          query={GOAL}
          variables={{ id: goalId }}
          path={['personalGoal', 'updates']}
        />
      </section>
    </article>
  );
}

/** Proposes a business goal as a part of the goal. Only its owner accepts or declines, and a declined proposal notifies nobody. */
function ProposePart({
  goal: { id, alignments },
  name,
}: {
  readonly goal: {
    readonly id: string;
    readonly alignments: readonly {
      readonly businessGoal?: { readonly id: string } | null | undefined;
    }[];
  };
  readonly name: string;
}): ReactNode {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) {
    return (
      <p>
        <QuietButton
          onClick={() => {
            setOpen(true);
          }}
        >
          {say('goal.propose')}
        </QuietButton>
      </p>
    );
  }
  return (
    <>
      <p className={classes['facts']}>{say('goal.proposeText', { name })}</p>
      <PlaceForm
        goalId={id}
        isProposal
        without={alignments.flatMap(({ businessGoal }) => (businessGoal == null ? [] : [businessGoal.id]))}
        close={() => {
          setOpen(false);
        }}
      />
    </>
  );
}
