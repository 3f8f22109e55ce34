import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Button, ButtonLink } from '../../parts/Button.tsx';
import type { InvitationsQuery } from '../../graphql/graphql.ts';
import { graphql } from '../../graphql/index.ts';
import { hasPassed, useDates } from '../../parts/dates.ts';
import { Moment } from '../../parts/Moment.tsx';
import { usePageQuery } from '../../parts/page-query.tsx';
import { Pager, usePlace } from '../../parts/Pager.tsx';
import { Buttons, Note, PlainPage, Row, Rows } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { INVITE } from './Invite.tsx';

const SIZE = 50;
const DAY_MS = 86_400_000;

/** How many whole days remain until a moment. */
const daysLeft = (moment: string): number => Math.floor((Date.parse(moment) - Date.now()) / DAY_MS);

const INVITATIONS = graphql(`
  query Invitations($first: Int, $after: String, $last: Int, $before: String) {
    organization {
      id
      invitations(first: $first, after: $after, last: $last, before: $before) {
        nodes {
          id
          sentAt
          expiresAt
          acceptedAt
          person {
            id
            name
            account
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

type Invitation = NonNullable<NonNullable<InvitationsQuery['organization']>['invitations']>['nodes'][number];

/** Who was invited, and what became of it. The links are known to the people only. */
export function Invitations(): ReactNode {
  const { say } = useWords();
  const [place, go, isGoing] = usePlace(SIZE);
  const invitations = usePageQuery(INVITATIONS, { ...place }).organization?.invitations;
  if (invitations == null) return null;
  return (
    <PlainPage title={say('admin.invitations')} intro={say('admin.invitationsText')}>
      <Buttons>
        <ButtonLink variant="default" to="/admin/people" search={{ account: 'NONE' }}>
          {say('admin.invitations.toInvite')}
        </ButtonLink>
      </Buttons>
      {invitations.nodes.length === 0 ? (
        <Note>{say('admin.invitations.none')}</Note>
      ) : (
        <Rows label={say('admin.invitations')}>
          {invitations.nodes.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} />
          ))}
        </Rows>
      )}
      <Pager page={invitations.pageInfo} size={SIZE} go={go} isGoing={isGoing} />
    </PlainPage>
  );
}

function InvitationRow({ invitation }: { readonly invitation: Invitation }): ReactNode {
  const { say, language } = useWords();
  const dates = useDates();
  const { person, sentAt, expiresAt, acceptedAt } = invitation;
  const [invite, { isSaving, problem }] = useSave(INVITE);
  const [said, setSaid] = useState<string>();
  const again = async (): Promise<void> => {
    const result = (await invite({ input: { personIds: [person.id] } }))?.invitePeople;
    if (result == null) return;
    const [refusal] = result.refusals;
    setSaid(
      refusal === undefined
        ? say('admin.invite.sent', { count: result.invitations.length })
        : language === 'en'
          ? refusal.message
          : say(`admin.invite.${refusal.reason}`),
    );
  };
  const isExpired = acceptedAt == null && hasPassed(expiresAt, 0);
  const isWaiting = acceptedAt == null && person.account !== 'ACTIVE' && person.account !== 'DISABLED';
  return (
    <Row
      detail={
        <>
          <Moment at={sentAt}>{say('admin.invitations.sent', { day: dates.near(sentAt) })}</Moment>
          {', '}
          {acceptedAt != null
            ? say('admin.invitations.accepted', { day: dates.near(acceptedAt) })
            : isExpired
              ? say('admin.invitations.expired')
              : say('admin.invitations.until', { days: daysLeft(expiresAt) })}
        </>
      }
      action={
        isWaiting &&
        (said === undefined ? (
          <Button
            size="xs"
            variant="default"
            disabled={isSaving}
            aria-label={say('admin.invitations.againTo', { name: person.name })}
            onClick={() => void again()}
          >
            {say('admin.account.inviteAgain')}
          </Button>
        ) : (
          <span role="status">{said}</span>
        ))
      }
    >
      <Link to="/admin/people/$personId" params={{ personId: person.id }}>
        {person.name}
      </Link>
      <ProblemNote problem={problem} />
    </Row>
  );
}
