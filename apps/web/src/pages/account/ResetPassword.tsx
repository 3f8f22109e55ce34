import { useState, type ReactNode } from 'react';
import { ButtonLink } from '../../parts/Button.tsx';
import { graphql } from '../../graphql/index.ts';
import { useLinkToken } from '../../link-token.ts';
import { Outside } from '../../parts/Outside.tsx';
import { Note } from '../../parts/Plain.tsx';
import { useSave } from '../../saving/useSave.ts';
import { beginSession } from '../../session.ts';
import { useWords } from '../../words/words.tsx';
import { PasswordForm } from './Password.tsx';
import { ToSignIn } from './ToSignIn.tsx';

const RESET = graphql(`
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input) {
      viewer {
        id
        accessEndsAt
        person {
          id
        }
      }
    }
  }
`);

/** The link of a mail that resets a password. */
export function ResetPassword(): ReactNode {
  const token = useLinkToken('/reset-password');
  // Another link in the same tab begins from the start.
  return <Reset key={token} token={token} />;
}

function Reset({ token }: { readonly token: string | undefined }): ReactNode {
  const { say } = useWords();
  const [reset, saving] = useSave(RESET, { keyless: true });
  const [isDone, setDone] = useState(false);
  const enter = async (password: string): Promise<void> => {
    const viewer = (await reset({ input: { token: token ?? '', password } }))?.resetPassword?.viewer;
    if (viewer === undefined) return;
    setDone(true);
    beginSession(undefined, viewer);
  };

  if (token === undefined || saving.problem?.code === 'NOT_FOUND') {
    const isUsed = token !== undefined;
    return (
      <Outside title={say(isUsed ? 'account.deadLink' : 'account.noLink')} focusTitle={isUsed}>
        <Note>{say(isUsed ? 'account.reset.dead' : 'account.noLinkText')}</Note>
        <ButtonLink to="/forgot-password" size="md">
          {say('account.reset.again')}
        </ButtonLink>
        <ToSignIn />
      </Outside>
    );
  }
  return (
    <Outside title={say('account.reset.title')}>
      <Note>{say('account.reset.text')}</Note>
      <PasswordForm
        label={say('account.reset.submit')}
        save={(password) => void enter(password)}
        saving={{ ...saving, isSaving: saving.isSaving || isDone }}
      />
      <Note>
        <small>{say('account.reset.also')}</small>
      </Note>
      <ToSignIn />
    </Outside>
  );
}
