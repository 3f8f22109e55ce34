import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { graphql } from '../../graphql/index.ts';
import { usePageQuery } from '../../parts/page-query.tsx';
import { Pager, usePlace } from '../../parts/Pager.tsx';
import { Note, Part, PlainPage } from '../../parts/Plain.tsx';
import { Written } from '../../parts/Written.tsx';
import { useWords } from '../../words/words.tsx';
import { ReadsByDay } from './ReadsByDay.tsx';

const SIZE = 50;

// Without the goals of others that the viewer has read: showing their titles would be another read.
const READERS = graphql(`
  query Readers(
    $first: Int
    $after: String
    $last: Int
    $before: String
    $ownFirst: Int
    $ownAfter: String
    $ownLast: Int
    $ownBefore: String
  ) {
    viewer {
      id
      accessLog(first: $first, after: $after, last: $last, before: $before) {
        nodes {
          id
          on
          kind
          reader {
            id
            name
          }
          goal {
            id
            title
          }
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
      }
      ownReads(first: $ownFirst, after: $ownAfter, last: $ownLast, before: $ownBefore) {
        nodes {
          id
          on
          kind
          owner {
            id
            name
          }
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
      }
    }
  }
`);

/** Who read which of the viewer's goals, and whose goals the viewer read, by day. */
export function ReadersLog(): ReactNode {
  const { say, show } = useWords();
  const [place, go, isGoing] = usePlace(SIZE);
  const [own, goOwn, isGoingOwn] = usePlace(SIZE);
  const viewer = usePageQuery(READERS, {
    ...place,
    ownFirst: own.first ?? null,
    ownAfter: own.after ?? null,
    ownLast: own.last ?? null,
    ownBefore: own.before ?? null,
  }).viewer;
  if (viewer == null) return null;
  const { accessLog, ownReads } = viewer;
  return (
    <PlainPage title={say('me.readers')} intro={say('me.readersText')}>
      <Part title={say('me.readers.mine')}>
        {accessLog.nodes.length === 0 && <Note>{say('me.readers.none')}</Note>}
        <ReadsByDay
          entries={accessLog.nodes}
          sentences={(ofDay) =>
            strongest(ofDay).map(({ id, reader, goal, kind }) => ({
              key: id,
              text:
                goal == null
                  ? say('me.readers.deleted', { name: reader.name })
                  : show(
                      `me.readers.${kind}`,
                      { name: reader.name, title: goal.title },
                      {
                        q: (parts) => (
                          <Link to="/goals/$goalId" params={{ goalId: goal.id }}>
                            <Written>{parts}</Written>
                          </Link>
                        ),
                      },
                    ),
            }))
          }
        />
        <Pager page={accessLog.pageInfo} size={SIZE} go={go} isGoing={isGoing} />
      </Part>
      <Part title={say('me.readers.own')}>
        <Note>{say(ownReads.nodes.length === 0 ? 'me.readers.ownNone' : 'me.readers.ownText')}</Note>
        <ReadsByDay
          entries={ownReads.nodes}
          sentences={(ofDay) =>
            countByOwner(ofDay).map(({ key, name, kind, count }) => ({
              key,
              text: say(`me.readers.own${kind}`, { name, count }),
            }))
          }
        />
        <Pager page={ownReads.pageInfo} size={SIZE} go={goOwn} isGoing={isGoingOwn} />
      </Part>
    </PlainPage>
  );
}

type Kind = 'LISTED' | 'OPENED';

/** The reads of a day without those of a list by somebody who has opened the same goal too. */
function strongest<
  Read extends {
    readonly kind: Kind;
    readonly reader: { readonly id: string };
    readonly goal?: { readonly id: string } | null | undefined;
  },
>(ofDay: readonly Read[]): readonly Read[] {
  return ofDay.filter(
    ({ kind, reader, goal }) =>
      kind === 'OPENED' ||
      goal == null ||
      !ofDay.some(
        (other) => other.kind === 'OPENED' && other.reader.id === reader.id && other.goal?.id === goal.id,
      ),
  );
}

/** How many goals of each owner were read on a day. */
function countByOwner(
  ofDay: readonly { readonly kind: Kind; readonly owner: { readonly id: string; readonly name: string } }[],
): readonly { readonly key: string; readonly name: string; readonly kind: Kind; readonly count: number }[] {
  const counts = new Map<string, { key: string; name: string; kind: Kind; count: number }>();
  for (const { kind, owner } of ofDay) {
    const key = `${owner.id} ${kind}`;
    const known = counts.get(key) ?? { key, name: owner.name, kind, count: 0 };
    known.count += 1;
    counts.set(key, known);
  }
  return Array.from(counts.values());
}
