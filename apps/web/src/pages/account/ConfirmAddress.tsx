import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql } from '../../graphql/index.ts';
import type { ConfirmEmailChangeMutation } from '../../graphql/graphql.ts';
import { useLinkToken } from '../../link-token.ts';
import { useDates } from '../../parts/dates.ts';
import { Outside } from '../../parts/Outside.tsx';
import { Note, PlainForm } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { forgetSession } from '../../session.ts';
import { useWords } from '../../words/words.tsx';
import { ADDRESS } from './mark-address.tsx';
import { ToSignIn } from './ToSignIn.tsx';

const CONFIRM = graphql(`
  mutation ConfirmEmailChange($input: ConfirmEmailChangeInput!) {
    confirmEmailChange(input: $input) {
      changed
      emailChange {
        id
        newEmail
        effectiveAt
        oldConfirmed
        newConfirmed
      }
    }
  }
`);

type Confirmed = NonNullable<ConfirmEmailChangeMutation['confirmEmailChange']>;

/** The link in the mails about a change of the sign-in address, to the old address and to the new one. */
export function ConfirmAddress(): ReactNode {
  const token = useLinkToken('/confirm-address');
  // Another link in the same tab begins from the start.
  return <Confirmation key={token} token={token} />;
}

function Confirmation({ token }: { readonly token: string | undefined }): ReactNode {
  const { say, show } = useWords();
  const { date } = useDates();
  const [confirm, { isSaving, problem }] = useSave(CONFIRM, { keyless: true });
  const [confirmed, setConfirmed] = useState<Confirmed>();
  const submit = async (): Promise<void> => {
    const answer = await confirm({ input: { token: token ?? '' } });
    // Every session has ended with the change, this device's too.
    if (answer?.confirmEmailChange?.changed === true) forgetSession();
    setConfirmed(answer?.confirmEmailChange ?? undefined);
  };

  if (confirmed !== undefined) {
    const { changed, emailChange } = confirmed;
    return (
      <Outside title={say(changed ? 'account.address.changed' : 'account.address.confirmed')} focusTitle>
        <p>
          {changed || emailChange === null
            ? say('account.address.changedText')
            : show(
                emailChange.newConfirmed ? 'account.address.waitsOld' : 'account.address.waitsNew',
                { email: emailChange.newEmail, day: date(emailChange.effectiveAt) },
                ADDRESS,
              )}
        </p>
        {changed ? <ToSignIn /> : <ToAddress />}
      </Outside>
    );
  }
  if (token === undefined || problem?.code === 'NOT_FOUND') {
    return <NoLink isDead={token !== undefined} />;
  }
  return (
    <Outside title={say('account.address.title')}>
      <Note>{say('account.address.text')}</Note>
      <PlainForm kept={undefined} submit={() => void submit()}>
        <ProblemNote problem={problem} />
        <Button type="submit" size="md" disabled={isSaving}>
          {say('account.address.submit')}
        </Button>
      </PlainForm>
    </Outside>
  );
}

/** What a page about a change of the address says without a link that works. */
export function NoLink({ isDead }: { readonly isDead: boolean }): ReactNode {
  const { say } = useWords();
  return (
    <Outside title={say(isDead ? 'account.deadLink' : 'account.noLink')} focusTitle={isDead}>
      <Note>{say(isDead ? 'account.address.dead' : 'account.noLinkText')}</Note>
      <ToAddress />
    </Outside>
  );
}

function ToAddress(): ReactNode {
  const { say } = useWords();
  return (
    <p>
      <Link to="/me/sign-in">{say('account.address.toMe')}</Link>
    </p>
  );
}
