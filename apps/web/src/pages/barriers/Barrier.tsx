import { getRouteApi, Link, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { graphql, readFragment } from '../../graphql/index.ts';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { useDates } from '../../parts/dates.ts';
import { Markdown } from '../../parts/Markdown.tsx';
import { Moment } from '../../parts/Moment.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { ShowMore } from '../../parts/rest.tsx';
import { unbroken } from '../../parts/unbroken.ts';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import { ANSWER_FACTS, AnswerFacts } from './AnswerFacts.tsx';
import { BARRIER_CARD, WhoAnswers } from './BarrierCard.tsx';
import classes from './Barriers.module.css';
import { DeleteBarrier } from './DeleteBarrier.tsx';
import { StoryCard } from './StoryCard.tsx';
import { Support } from './Support.tsx';

const AnswerForm = lazy(() => import('./AnswerForm.tsx').then((module) => ({ default: module.AnswerForm })));
const AssignForm = lazy(() => import('./AssignForm.tsx').then((module) => ({ default: module.AssignForm })));
const TellForm = lazy(() => import('./TellForm.tsx').then((module) => ({ default: module.TellForm })));

const BARRIER = graphql(`
  query Barrier($id: ID!, $answersAfter: String, $storiesAfter: String) {
    viewer {
      id
      roles
      person {
        id
      }
    }
    organization {
      id
      procedureAreas {
        id
        ...AreaChoice
      }
    }
    node(id: $id) {
      __typename
      id
      ... on Barrier {
        description
        proposedRemedy
        createdOn
        viewerCanAnswer
        ...BarrierCard
        ...BarrierSupport
        answers(first: 50, after: $answersAfter) {
          nodes {
            id
            at
            text
            by {
              id
              name
            }
            ...AnswerFacts
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
        stories(first: 50, after: $storiesAfter) {
          nodes {
            id
            ...StoryCard
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    }
  }
`);

const route = getRouteApi('/shell/barriers/$barrierId');

/** One barrier as a page: what it is, what was answered, and what the reader can do about it. */
export function Barrier(): ReactNode {
  const { barrierId } = route.useParams();
  return <OneBarrier key={barrierId} id={barrierId} />;
}

function OneBarrier({ id }: { readonly id: string }): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const data = usePageQuery(BARRIER, { id });
  const [open, setOpen] = useState<'answer' | 'assign' | 'tell'>();
  const title = useRef<HTMLDivElement>(null);
  // Where another page of this client led here, the focus follows.
  const isFirst = useLocation({ select: ({ state }) => state.__TSR_index === 0 });
  useEffect(() => {
    if (!isFirst && document.activeElement === document.body) title.current?.focus();
  }, [isFirst]);
  const { node, viewer, organization } = data;
  const back = (
    <p className={classes['soft']}>
      <Link to="/barriers">{say('barriers.title')}</Link>
    </p>
  );
  if (node?.__typename !== 'Barrier') {
    return (
      <div className={classes['one']}>
        {back}
        <Notice title={say('barriers.absent')}>{say('barriers.absentText')}</Notice>
      </div>
    );
  }
  const barrier = readFragment(BARRIER_CARD, node);
  const answers = node.answers.nodes;
  const kinds = readFragment(ANSWER_FACTS, answers).map(({ status }) => status);
  const isKeptTrial = kinds.filter((status) => status === 'TRIAL_WITHOUT').length > 1;
  const canTell = barrier.status === 'REMOVED' || isKeptTrial;
  const isUnanswered = barrier.status === 'OPEN' || barrier.status === 'INVESTIGATING';
  const canAssign = isUnanswered && viewer?.roles.includes('ORGANIZATION_ADMIN') === true;
  const close = (): void => {
    setOpen(undefined);
    title.current?.focus();
  };
  const opener = (kind: 'answer' | 'assign' | 'tell'): ReactNode => (
    <QuietButton
      onClick={() => {
        setOpen(kind);
      }}
    >
      {say(`barriers.open.${kind}`)}
    </QuietButton>
  );

  return (
    <article className={classes['one']}>
      <title>{`${barrier.title} – Mutual`}</title>
      {back}
      <div ref={title} tabIndex={-1} className={classes['headline']}>
        <p className={classes['customers']}>
          {barrier.hindersCustomers && `${say('barriers.customers')}\u00a0· `}
          {say(`barriers.status.${barrier.status}`)}
        </p>
        <Written as="h1" size="title">
          {barrier.title}
        </Written>
        <p className={classes['soft']}>
          {barrier.raisedBy == null
            ? say('barriers.nameless')
            : say('barriers.by', { name: barrier.raisedBy.name })}
          {'\u00a0· '}
          <Moment at={node.createdOn}>{unbroken(dates.near(node.createdOn))}</Moment>
        </p>
        <WhoAnswers barrier={barrier} />
      </div>
      {node.description != null && (
        <Written as="div">
          <Markdown text={node.description} />
        </Written>
      )}
      {node.proposedRemedy != null && (
        <section className={classes['quoted']}>
          <h2>{say('barriers.remedy')}</h2>
          <Written as="div">
            <Markdown text={node.proposedRemedy} />
          </Written>
        </section>
      )}
      {barrier.raisedBy?.id === viewer?.person.id ? (
        barrier.status === 'OPEN' && <DeleteBarrier id={id} />
      ) : (
        <Support barrier={node} isSettled={barrier.status === 'REMOVED'} />
      )}
      {canAssign &&
        (open === 'assign' ? (
          <Suspense>
            <AssignForm id={id} areas={organization?.procedureAreas ?? []} onDone={close} />
          </Suspense>
        ) : (
          opener('assign')
        ))}
      <section aria-labelledby="answers" className={classes['answers']}>
        <h2 id="answers">{say('barriers.answersTitle')}</h2>
        {answers.length === 0 && open !== 'answer' && (
          <p className={classes['soft']}>{say('barriers.unanswered')}</p>
        )}
        {answers.map((answer) => {
          const facts = readFragment(ANSWER_FACTS, answer);
          return (
            <article
              key={answer.id}
              className={classes['card']}
              aria-label={say(`barriers.status.${facts.status}`)}
            >
              <p>
                <strong>{say(`barriers.status.${facts.status}`)}</strong>
              </p>
              <Written as="div">
                <Markdown text={answer.text} />
              </Written>
              <AnswerFacts answer={facts} />
              <p className={classes['soft']}>
                <bdi>{answer.by.name}</bdi>, <Moment at={answer.at}>{unbroken(dates.near(answer.at))}</Moment>
              </p>
            </article>
          );
        })}
        <ShowMore
          end={node.answers.pageInfo}
          query={BARRIER}
          variables={{ id }}
          path={['node', 'answers']}
          cursor="answersAfter"
        />
        {node.viewerCanAnswer &&
          (open === 'answer' ? (
            <Suspense>
              <h3>{say('barriers.open.answer')}</h3>
              <AnswerForm id={id} onDone={close} />
            </Suspense>
          ) : (
            opener('answer')
          ))}
      </section>
      {(canTell || node.stories.nodes.length > 0) && (
        <section aria-labelledby="told" className={classes['answers']}>
          <h2 id="told">{say('barriers.stories')}</h2>
          {node.stories.nodes.length === 0 && open !== 'tell' && (
            <p className={classes['soft']}>{say('barriers.unanswered')}</p>
          )}
          <ul className={classes['cards']}>
            {node.stories.nodes.map((story) => (
              <StoryCard key={story.id} story={story} />
            ))}
          </ul>
          <ShowMore
            end={node.stories.pageInfo}
            query={BARRIER}
            variables={{ id }}
            path={['node', 'stories']}
            cursor="storiesAfter"
          />
          {canTell &&
            (open === 'tell' ? (
              <Suspense>
                <TellForm barrierId={id} onDone={close} />
              </Suspense>
            ) : (
              opener('tell')
            ))}
        </section>
      )}
    </article>
  );
}
