import { getRouteApi, Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { graphql } from '../../graphql/index.ts';
import { dayOf, hasPassed, useDates } from '../../parts/dates.ts';
import { later } from '../../parts/later.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { useWords } from '../../words/words.tsx';
import { Head } from './Head.tsx';
import { Met } from './Met.tsx';
import classes from './OneToOne.module.css';
import { OpenConversation } from './OpenConversation.tsx';
import type { Pair } from './pair.ts';

const ONE_TO_ONE_PAGE = graphql(`
  query OneToOnePage($personId: ID!, $promisesAfter: String) {
    viewer {
      id
      person {
        id
        timeZone
      }
    }
    person(id: $personId) {
      id
      name
      title
      timeZone
      leftOn
      mirror {
        id
        iShareWithThem
        theyShareWithMe
      }
      reportingLines {
        id
        lastDay
        manager {
          id
        }
      }
      oneToOne {
        id
        state
        ...PairHead
        ...PairProposal
        ...PairPromises
        ...PairMandates
        next {
          id
          ...OpenConversation
        }
        latest: conversations(first: 3, status: [HELD, SKIPPED, CANCELLED]) {
          nodes {
            id
            status
            heldAt
            ...MetConversation
          }
        }
      }
    }
  }
`);

const Before = later(() => import('./Before.tsx'), 'Before');
const Mandates = later(() => import('./Mandates.tsx'), 'Mandates');
const NotesImports = later(() => import('./NotesImports.tsx'), 'NotesImports');
const Plan = later(() => import('./Plan.tsx'), 'Plan');
const Promises = later(() => import('./Promises.tsx'), 'Promises');
const Proposed = later(() => import('./Proposed.tsx'), 'Proposed');
const Start = later(() => import('./Start.tsx'), 'Start');

/** How long after a conversation what became of it comes first. */
const JUST_MINUTES = 120;

const route = getRouteApi('/shell/with/$personId');

/** One page before, during and after the conversations of two people. */
export function OneToOne(): ReactNode {
  const { personId } = route.useParams();
  return <WithPerson key={personId} personId={personId} />;
}

function WithPerson({ personId }: { readonly personId: string }): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  /** The conversation that the viewer has just marked as held on this page. */
  const [heldId, setHeldId] = useState<string>();
  const { viewer, person } = usePageQuery(ONE_TO_ONE_PAGE, { personId });
  if (viewer == null) return null;
  if (person == null || person.id === viewer.person.id) {
    return (
      <Notice
        title={say(person == null ? 'pair.nobody' : 'pair.yourself')}
        action={<Link to="/">{say('trouble.toToday')}</Link>}
      >
        {say(person == null ? 'pair.nobodyText' : 'pair.yourselfText')}
      </Notice>
    );
  }
  const { oneToOne, name, mirror } = person;
  const title = <title>{`${name} – Mutual`}</title>;
  if (oneToOne == null) {
    return (
      <>
        {title}
        <Start person={person} timeZone={viewer.person.timeZone} />
      </>
    );
  }
  if (oneToOne.state === 'INVITED') {
    return (
      <>
        {title}
        <Proposed oneToOne={oneToOne} viewerId={viewer.person.id} person={person} />
      </>
    );
  }
  const isOpen = oneToOne.state === 'OPEN';
  const pair: Pair = {
    oneToOneId: oneToOne.id,
    viewerId: viewer.person.id,
    counterpart: person,
    theyShareWithMe: mirror.theyShareWithMe,
  };
  const wordLastMet = ({ id, heldAt }: { id: string; heldAt?: string | null }): string | undefined => {
    if (heldAt == null) return undefined;
    if (dayOf(heldAt) === dayOf(new Date().toISOString())) return say('met.today');
    return id === heldId ? say('met.held', dates.dayValues(heldAt)) : undefined;
  };
  const reportsToViewer = person.reportingLines.some(
    ({ manager, lastDay }) => manager.id === viewer.person.id && lastDay == null,
  );
  const { nodes } = oneToOne.latest;
  // One that was skipped may lie behind the one that was just held.
  const latest =
    nodes.find(
      ({ status, heldAt }) => status === 'HELD' && heldAt != null && !hasPassed(heldAt, JUST_MINUTES),
    ) ?? nodes[0];
  const lastMet = latest?.status === 'HELD' ? wordLastMet(latest) : undefined;
  const promises = (
    <Promises
      page={ONE_TO_ONE_PAGE}
      oneToOne={oneToOne}
      pair={pair}
      conversationId={oneToOne.next?.id}
      isOpen={isOpen}
    />
  );
  return (
    <article className={classes['page']}>
      {title}
      <Head oneToOne={oneToOne} person={person} />
      {isOpen && latest !== undefined && (
        <Met key={latest.id} conversation={latest} pair={pair} isNew={latest.id === heldId} />
      )}
      {isOpen && oneToOne.next != null ? (
        <OpenConversation
          key={oneToOne.next.id}
          conversation={oneToOne.next}
          pair={pair}
          promises={promises}
          lastMet={lastMet}
          onHeld={setHeldId}
        />
      ) : (
        <>
          {isOpen && <Plan pair={pair} lastMet={lastMet} onHeld={setHeldId} />}
          {promises}
        </>
      )}
      <Mandates oneToOne={oneToOne} pair={pair} mayGrant={isOpen && reportsToViewer} />
      <Before pair={pair} />
      {isOpen && <NotesImports pair={pair} />}
      {!isOpen && <Start person={person} timeZone={viewer.person.timeZone} again />}
    </article>
  );
}
