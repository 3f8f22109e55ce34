import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import type { InvitePeopleMutation } from '../../graphql/graphql.ts';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { Note, Part } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { INVITE, InviteResult } from './Invite.tsx';

const ACCOUNT = graphql(`
  fragment AccountOfPerson on Person {
    id
    account
    email
  }
`);

const DISABLE = graphql(`
  mutation SetAccountDisabled($input: SetAccountDisabledInput!) {
    setAccountDisabled(input: $input) {
      person {
        id
        account
      }
    }
  }
`);

/** Whether a person can sign in. Disabling can be taken back; nobody can read or set their password. */
export function AccountOfPerson({
  person,
  isViewer,
}: {
  readonly person: FragmentType<typeof ACCOUNT>;
  readonly isViewer: boolean;
}): ReactNode {
  const { say } = useWords();
  const { id, account, email } = readFragment(ACCOUNT, person);
  const [invite, inviting] = useSave(INVITE);
  const [disable, disabling] = useSave(DISABLE);
  const [result, setResult] = useState<InvitePeopleMutation['invitePeople']>();
  if (account == null) return null;
  const hasAccount = account === 'ACTIVE' || account === 'DISABLED';
  const send = async (): Promise<void> => {
    setResult((await invite({ input: { personIds: [id] } }))?.invitePeople);
  };
  return (
    <Part title={say('admin.person.account')}>
      <p>{say(`admin.account.${account}`)}</p>
      {hasAccount ? (
        <>
          <Note>{say(isViewer ? 'admin.account.own' : 'admin.account.disableText')}</Note>
          {!isViewer && (
            <Button
              variant="default"
              disabled={disabling.isSaving}
              onClick={() => void disable({ input: { id, disabled: account === 'ACTIVE' } })}
            >
              {say(account === 'ACTIVE' ? 'admin.account.disable' : 'admin.account.enable')}
            </Button>
          )}
        </>
      ) : (
        <>
          <Note>{say(email == null ? 'admin.account.noEmail' : 'admin.account.inviteText')}</Note>
          {email != null && (
            <Button variant="default" disabled={inviting.isSaving} onClick={() => void send()}>
              {say(account === 'INVITED' ? 'admin.account.inviteAgain' : 'admin.account.invite')}
            </Button>
          )}
        </>
      )}
      <div role="status">{result != null && <InviteResult result={result} />}</div>
      <ProblemNote problem={inviting.problem ?? disabling.problem} />
    </Part>
  );
}
