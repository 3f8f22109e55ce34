import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import type { OwnSharesQuery } from '../../graphql/graphql.ts';
import { graphql } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Pager, usePlace } from '../../parts/Pager.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { Note, Part, PlainPage, Row, Rows } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { Written } from '../../parts/Written.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords, type Words } from '../../words/words.tsx';

const SIZE = 100;

const SHARES = graphql(`
  query OwnShares($first: Int, $after: String, $last: Int, $before: String) {
    viewer {
      id
      shares(first: $first, after: $after, last: $last, before: $before) {
        nodes {
          id
          state
          expiresOn
          activeSince
          includesPast
          with {
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
    }
  }
`);

const END = graphql(`
  mutation EndOwnShare($input: EndShareInput!) {
    endShare(input: $input) {
      personalGoalShare {
        id
        state
        activeSince
      }
    }
  }
`);

const SHARE_AGAIN = graphql(`
  mutation ShareAgain($input: ShareGoalInput!) {
    shareGoal(input: $input) {
      personalGoalShare {
        id
        state
        activeSince
      }
    }
  }
`);

type Share = NonNullable<OwnSharesQuery['viewer']>['shares']['nodes'][number];

/** What the viewer shares by name, by person. */
export function Shares(): ReactNode {
  const { say } = useWords();
  const [place, go, isGoing] = usePlace(SIZE);
  const shares = usePageQuery(SHARES, { ...place }).viewer?.shares;
  if (shares === undefined) return null;
  const people = new Map<string, Share[]>();
  for (const share of shares.nodes)
    people.set(share.with.name, [...(people.get(share.with.name) ?? []), share]);
  return (
    <PlainPage title={say('me.shares')} intro={say('me.sharesText')}>
      {people.size === 0 && (
        <Note>
          {say('me.shares.none')} <Link to="/goals">{say('me.shares.toGoals')}</Link>
        </Note>
      )}
      {Array.from(people)
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([name, ofPerson]) => (
          <Part key={name} title={name}>
            <Rows>
              {ofPerson.map((share) => (
                <ShareRow key={share.id} share={share} />
              ))}
            </Rows>
          </Part>
        ))}
      <Pager page={shares.pageInfo} size={SIZE} go={go} isGoing={isGoing} />
    </PlainPage>
  );
}

function ShareRow({ share }: { readonly share: Share }): ReactNode {
  const words = useWords();
  const { say } = words;
  const { date } = useDates();
  const [end, ending] = useSave(END);
  const [shareAgain, sharing] = useSave(SHARE_AGAIN);
  // A share that was ended is final. Sharing again makes another one, with the same person on the same terms.
  const [again, setAgain] = useState<Pick<Share, 'id' | 'state' | 'activeSince'>>();
  const { id, state, activeSince } = again ?? share;
  const isEnded = state === 'ENDED';
  const endIt = async (): Promise<void> => {
    const ended = await end({ input: { id } });
    if (again !== undefined) setAgain(ended?.endShare?.personalGoalShare ?? again);
  };
  const repeat = async (): Promise<void> => {
    const { goal, includesPast, expiresOn } = share;
    const made = await shareAgain({
      input: {
        goalId: goal.id,
        personId: share.with.id,
        includePast: includesPast,
        expiresOn: expiresOn ?? null,
      },
    });
    setAgain(made?.shareGoal?.personalGoalShare);
  };
  return (
    <Row
      detail={wordShare({ ...share, state, activeSince }, words, date)}
      action={
        <Button
          variant="default"
          size="xs"
          disabled={ending.isSaving || sharing.isSaving}
          aria-label={say(isEnded ? 'me.shares.againOf' : 'me.shares.endOf', { title: share.goal.title })}
          onClick={() => void (isEnded ? repeat() : endIt())}
        >
          {say(isEnded ? 'me.shares.again' : 'me.shares.end')}
        </Button>
      }
    >
      <Link to="/goals/$goalId" params={{ goalId: share.goal.id }}>
        <Written as="div">{share.goal.title}</Written>
      </Link>
      <ProblemNote problem={ending.problem ?? sharing.problem} />
    </Row>
  );
}

function wordShare(
  { state, activeSince, expiresOn, with: { name } }: Share,
  { say }: Words,
  date: (day: string) => string,
): string {
  if (state === 'ENDED') return say('me.shares.ended', { name });
  if (activeSince == null) return say('me.shares.pending', { name });
  const day = date(activeSince);
  return expiresOn == null
    ? say('me.shares.active', { day })
    : say('me.shares.activeUntil', { day, last: date(expiresOn) });
}
