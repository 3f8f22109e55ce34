import { useApolloClient } from '@apollo/client/react';
import { useRef, useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Moment } from '../../parts/Moment.tsx';
import { Note, Part, Row, Rows } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';

const SESSIONS = graphql(`
  fragment Sessions on Viewer {
    id
    sessions {
      id
      label
      current
      lastSeenAt
    }
  }
`);

const REVOKE = graphql(`
  mutation RevokeSession($input: RevokeSessionInput!) {
    revokeSession(input: $input) {
      revokedId
    }
  }
`);

/** The devices on which the viewer is signed in. */
export function Sessions({ viewer }: { readonly viewer: FragmentType<typeof SESSIONS> }): ReactNode {
  const { say } = useWords();
  const dates = useDates();
  const { sessions } = readFragment(SESSIONS, viewer);
  const [said, setSaid] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const { cache } = useApolloClient();
  const [revoke, { isSaving, problem }] = useSave(REVOKE, { keyless: true });
  const others = sessions.filter(({ current }) => !current);
  const end = async (ended: typeof sessions): Promise<void> => {
    let count = 0;
    for (const { id } of ended) {
      if ((await revoke({ input: { id } })) === undefined) continue;
      cache.evict({ id: cache.identify({ __typename: 'Session', id }) ?? '' });
      count += 1;
    }
    if (count > 0) list.current?.focus();
    setSaid(count === 0 ? '' : say('me.sessions.ended', { count }));
  };
  return (
    <Part title={say('me.sessions')}>
      <Rows ref={list} label={say('me.sessions')}>
        {[...sessions]
          .sort((a, b) => Number(b.current) - Number(a.current))
          .map((session) => (
            <Row
              key={session.id}
              detail={
                session.current ? (
                  say('me.sessions.this')
                ) : (
                  <Moment at={session.lastSeenAt}>
                    {say('me.sessions.seen', { day: dates.near(session.lastSeenAt) })}
                  </Moment>
                )
              }
              action={
                !session.current && (
                  <Button
                    variant="default"
                    size="xs"
                    disabled={isSaving}
                    aria-label={say('me.sessions.endOf', { label: session.label })}
                    onClick={() => void end([session])}
                  >
                    {say('me.sessions.end')}
                  </Button>
                )
              }
            >
              {session.label}
            </Row>
          ))}
      </Rows>
      <p role="status">{said}</p>
      {others.length > 1 && (
        <Button variant="default" disabled={isSaving} onClick={() => void end(others)}>
          {say('me.sessions.endOthers', { count: others.length })}
        </Button>
      )}
      {others.length === 0 && <Note>{say('me.sessions.onlyThis')}</Note>}
      <ProblemNote problem={problem} />
    </Part>
  );
}
