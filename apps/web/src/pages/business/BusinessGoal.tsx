import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { graphql, readFragment } from '../../graphql/index.ts';
import { EditInPlace } from '../../parts/EditInPlace.tsx';
import { Markdown } from '../../parts/Markdown.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { wordField } from '../../parts/ProblemNote.tsx';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Business.module.css';
import { CheckIns } from './CheckIns.tsx';
import { BUSINESS_FIELDS, useBusinessEdit, type BusinessFields } from './goal-edit.ts';
import { KeyResults } from './KeyResults.tsx';
import { People } from './People.tsx';
import { StateOfGoal } from './StateOfGoal.tsx';

const BUSINESS_GOAL = graphql(`
  query BusinessGoal($id: ID!) {
    businessGoal(id: $id) {
      id
      ...BusinessFields
      ...GoalCheckIns
    }
  }
`);

const route = getRouteApi('/shell/business/$goalId');

/** One business goal as a page. */
export function BusinessGoal(): ReactNode {
  const { goalId } = route.useParams();
  return <OneGoal key={goalId} goalId={goalId} />;
}

function OneGoal({ goalId }: { readonly goalId: string }): ReactNode {
  const { say } = useWords();
  const found = usePageQuery(BUSINESS_GOAL, { id: goalId }).businessGoal;
  if (found == null) {
    return (
      <>
        <p className={classes['back']}>
          <Link to="/business">{say('business.title')}</Link>
        </p>
        <Notice title={say('business.absent')}>{say('business.absentText')}</Notice>
      </>
    );
  }
  const goal = readFragment(BUSINESS_FIELDS, found);
  return (
    <>
      <title>{`${goal.title} – Mutual`}</title>
      <p className={classes['back']}>
        <Link to="/business" search={{ cycle: goal.cycle.id }}>
          {say('business.title')}, {goal.cycle.name}
        </Link>
      </p>
      <article className={classes['page']}>
        <div className={classes['main']}>
          <header>
            <Title goal={goal} />
            <p className={classes['soft']}>
              {goal.state === 'OPEN' && goal.health != null
                ? say('business.outlook', { health: say(`business.health.${goal.health}`) })
                : say(`business.state.${goal.state}`)}
              {'\u00a0· '}
              <bdi>{goal.owner.name}</bdi>
            </p>
            {goal.parent != null && (
              <p className={classes['soft']}>
                {say('business.partOf')}{' '}
                <Link to="/business/$goalId" params={{ goalId: goal.parent.id }}>
                  <Written>{goal.parent.title}</Written>
                </Link>
              </p>
            )}
          </header>
          <Description goal={goal} />
          <KeyResults goal={goal} />
          <CheckIns goal={goal} reference={found} />
        </div>
        <aside className={classes['side']} aria-label={say('business.side')}>
          <StateOfGoal goal={goal} />
          <People goal={goal} />
        </aside>
      </article>
    </>
  );
}

function Title({ goal }: { readonly goal: BusinessFields }): ReactNode {
  const words = useWords();
  const { edit, problem } = useBusinessEdit(goal);
  const title = (
    <Written as="h1" size="title">
      {goal.title}
    </Written>
  );
  if (!goal.viewerCanEdit) return title;
  return (
    <EditInPlace
      label={words.say('business.goalTitle')}
      value={goal.title}
      draftKey={`business-title:${goal.id}`}
      store={(text) => edit({ title: text.trim() })}
      problem={problem}
      error={wordField(problem, 'title', words)}
      isOneLine
      size="title"
    >
      {title}
    </EditInPlace>
  );
}

function Description({ goal }: { readonly goal: BusinessFields }): ReactNode {
  const words = useWords();
  const { say } = words;
  const { edit, problem } = useBusinessEdit(goal);
  const description = goal.description ?? '';
  if (!goal.viewerCanEdit) {
    return description === '' ? null : (
      <Written as="div">
        <Markdown text={description} />
      </Written>
    );
  }
  return (
    <EditInPlace
      label={say('business.description')}
      value={description}
      draftKey={`business-description:${goal.id}`}
      store={(text) => edit({ description: text.trim() === '' ? null : text })}
      problem={problem}
      error={wordField(problem, 'description', words)}
      isLabelShown
    >
      {description === '' ? (
        <p className={classes['soft']}>{say('business.noDescription')}</p>
      ) : (
        <Written as="div">
          <Markdown text={description} />
        </Written>
      )}
    </EditInPlace>
  );
}
