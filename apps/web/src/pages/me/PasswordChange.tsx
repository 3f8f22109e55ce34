import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { PasswordInput } from '../../parts/mantine.tsx';
import { graphql } from '../../graphql/index.ts';
import { isTooShort } from '../../parts/new-password.ts';
import { NewPasswordInput } from '../../parts/NewPasswordInput.tsx';
import { Opener } from '../../parts/Opener.tsx';
import { Buttons, Note, Part, PlainForm } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { isWrongPassword } from './wrong-password.ts';

// It returns what the page shows: the other sessions have ended, and a pending change of the address was cancelled.
const CHANGE = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      viewer {
        id
        ...Address
        ...Sessions
      }
    }
  }
`);

export function PasswordChange(): ReactNode {
  const { say } = useWords();
  const [isChanged, setChanged] = useState(false);
  return (
    <Part title={say('me.password')}>
      <p role="status">{isChanged && say('me.password.changed')}</p>
      <Opener label={say('me.password.change')}>
        {(close) => (
          <PasswordForm
            close={(changed) => {
              setChanged(changed);
              close();
            }}
          />
        )}
      </Opener>
    </Part>
  );
}

function PasswordForm({ close }: { readonly close: (changed: boolean) => void }): ReactNode {
  const { say } = useWords();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [isShort, setShort] = useState(false);
  const [save, { isSaving, problem }] = useSave(CHANGE, { keyless: true });
  const submit = async (): Promise<void> => {
    const short = isTooShort(newPassword);
    setShort(short);
    if (short) return;
    if ((await save({ input: { currentPassword, newPassword } })) !== undefined) close(true);
  };
  const isWrong = isWrongPassword(problem);
  return (
    <PlainForm kept={undefined} submit={() => void submit()}>
      <Note>{say('me.password.text')}</Note>
      <PasswordInput
        size="md"
        autoComplete="current-password"
        label={say('me.password.current')}
        value={currentPassword}
        error={isWrong && say('me.password.wrong')}
        onChange={({ currentTarget }) => {
          setCurrent(currentTarget.value);
        }}
      />
      <NewPasswordInput
        value={newPassword}
        change={setNew}
        path="newPassword"
        problem={problem}
        isShort={isShort}
      />
      {!isWrong && <ProblemNote problem={problem} shownFields={['newPassword']} />}
      <Buttons>
        <Button type="submit" disabled={isSaving || currentPassword === ''}>
          {say('me.password.save')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            close(false);
          }}
        >
          {say('me.giveUp')}
        </Button>
      </Buttons>
    </PlainForm>
  );
}
