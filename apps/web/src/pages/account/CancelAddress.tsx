import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql } from '../../graphql/index.ts';
import { useLinkToken } from '../../link-token.ts';
import { Outside } from '../../parts/Outside.tsx';
import { Note, PlainForm } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { NoLink } from './ConfirmAddress.tsx';

const CANCEL = graphql(`
  mutation CancelEmailChangeByLink($input: CancelEmailChangeInput!) {
    cancelEmailChange(input: $input) {
      changed
    }
  }
`);

/** The link with which the old address refuses a change of the sign-in address. */
export function CancelAddress(): ReactNode {
  const token = useLinkToken('/cancel-address');
  // Another link in the same tab begins from the start.
  return <Cancellation key={token} token={token} />;
}

function Cancellation({ token }: { readonly token: string | undefined }): ReactNode {
  const { say } = useWords();
  const [cancel, { isSaving, problem }] = useSave(CANCEL, { keyless: true });
  const [isCancelled, setCancelled] = useState(false);
  const submit = async (): Promise<void> => {
    setCancelled((await cancel({ input: { token: token ?? '' } })) !== undefined);
  };

  if (isCancelled) {
    return (
      <Outside title={say('account.cancel.done')} focusTitle>
        <p>{say('account.cancel.doneText')}</p>
        <p>
          <Link to="/forgot-password">{say('account.cancel.toPassword')}</Link>
        </p>
      </Outside>
    );
  }
  if (token === undefined || problem?.code === 'NOT_FOUND') {
    return <NoLink isDead={token !== undefined} />;
  }
  return (
    <Outside title={say('account.cancel.title')}>
      <Note>{say('account.cancel.text')}</Note>
      <PlainForm kept={undefined} submit={() => void submit()}>
        <ProblemNote problem={problem} />
        <Button type="submit" size="md" disabled={isSaving}>
          {say('account.cancel.submit')}
        </Button>
      </PlainForm>
    </Outside>
  );
}
