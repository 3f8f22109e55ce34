import type { ReactNode } from 'react';
import { graphql, readFragment } from '../../graphql/index.ts';
import { Notice } from '../../parts/Notice.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { useRest } from '../../parts/rest.tsx';
import { useWords } from '../../words/words.tsx';
import classes from './Team.module.css';
import { TEAM_MEMBER, TeamMember } from './TeamMember.tsx';

const TEAM = graphql(`
  query Team($after: String, $sharesAfter: String) {
    viewer {
      id
      person {
        id
        directReports(first: 100, after: $after) {
          nodes {
            id
            ...TeamMember
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
      shares(first: 100, after: $sharesAfter) {
        nodes {
          id
          state
          goal {
            id
            title
          }
          with {
            id
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** The people of a manager: when they met and meet, and what the manager owes them. There are no figures about anybody. */
export function Team(): ReactNode {
  const { say } = useWords();
  const { viewer } = usePageQuery(TEAM, {});
  useRest(viewer?.person.directReports.pageInfo, {
    query: TEAM,
    variables: {},
    path: ['viewer', 'person', 'directReports'],
  });
  useRest(viewer?.shares.pageInfo, {
    query: TEAM,
    variables: {},
    path: ['viewer', 'shares'],
    cursor: 'sharesAfter',
  });
  if (viewer == null) return null;
  // Who has waited longest comes first; somebody never met has waited longest of all.
  const people = readFragment(TEAM_MEMBER, viewer.person.directReports.nodes).toSorted((one, other) =>
    (one.oneToOne?.lastHeldAt ?? '').localeCompare(other.oneToOne?.lastHeldAt ?? ''),
  );
  const shared = Map.groupBy(
    viewer.shares.nodes.filter(({ state }) => state === 'ACTIVE'),
    (share) => share.with.id,
  );
  return (
    <>
      <title>{`${say('team.title')} – Mutual`}</title>
      <h1 className={classes['title']}>{say('team.title')}</h1>
      {people.length === 0 ? (
        <Notice title={say('team.empty')} level={2}>
          {say('team.emptyText')}
        </Notice>
      ) : (
        <>
          <p className={classes['soft']}>{say('team.intro')}</p>
          <ul className={classes['people']}>
            {people.map((person) => (
              <TeamMember
                key={person.id}
                person={person}
                goals={(shared.get(person.id) ?? []).map(({ goal }) => goal)}
              />
            ))}
          </ul>
        </>
      )}
    </>
  );
}
