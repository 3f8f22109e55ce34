import { useState, type ReactNode } from 'react';
import { graphql } from '../../graphql/index.ts';
import { useLinkToken } from '../../link-token.ts';
import { Outside } from '../../parts/Outside.tsx';
import { Note } from '../../parts/Plain.tsx';
import { deviceTimeZone } from '../../parts/time-zones.ts';
import { useSave } from '../../saving/useSave.ts';
import { beginSession } from '../../session.ts';
import { useWords } from '../../words/words.tsx';
import { UPDATE_PROFILE } from '../me/profile.ts';
import { PasswordForm } from './Password.tsx';
import { ToSignIn } from './ToSignIn.tsx';

const ACCEPT = graphql(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      viewer {
        id
        person {
          id
        }
      }
    }
  }
`);

/** The link of an invitation: choosing a password creates the account, and leads to the first steps. */
export function AcceptInvitation(): ReactNode {
  const token = useLinkToken('/accept-invitation');
  // Another link in the same tab begins from the start.
  return <Invitation key={token} token={token} />;
}

function Invitation({ token }: { readonly token: string | undefined }): ReactNode {
  const { say } = useWords();
  const [accept, saving] = useSave(ACCEPT, { keyless: true });
  const [setTimeZone] = useSave(UPDATE_PROFILE, { keyless: true });
  const [isDone, setDone] = useState(false);
  const enter = async (password: string): Promise<void> => {
    const viewer = (await accept({ input: { token: token ?? '', password } }))?.acceptInvitation?.viewer;
    if (viewer === undefined) return;
    setDone(true);
    // As well as possible: the first steps show it, and the account exists already.
    await setTimeZone({ input: { timeZone: deviceTimeZone } });
    beginSession('/welcome', viewer);
  };

  if (token === undefined || saving.problem?.code === 'NOT_FOUND') {
    const isUsed = token !== undefined;
    return (
      <Outside title={say(isUsed ? 'account.deadLink' : 'account.noLink')} focusTitle={isUsed}>
        <Note>{say(isUsed ? 'account.invitation.dead' : 'account.noLinkText')}</Note>
        <ToSignIn />
      </Outside>
    );
  }
  return (
    <Outside title={say('account.invitation.title')}>
      <Note>{say('account.invitation.text')}</Note>
      <PasswordForm
        label={say('account.invitation.submit')}
        save={(password) => void enter(password)}
        saving={{ ...saving, isSaving: saving.isSaving || isDone }}
      />
    </Outside>
  );
}
