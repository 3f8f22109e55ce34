import type { ApolloCache } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { PasswordInput } from '../../parts/mantine.tsx';
import type { AddressFragment } from '../../graphql/graphql.ts';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { useDates } from '../../parts/dates.ts';
import { Opener } from '../../parts/Opener.tsx';
import { Buttons, Note, Part, PlainForm } from '../../parts/Plain.tsx';
import { ProblemNote, wordField } from '../../parts/ProblemNote.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useKept } from '../../saving/useKept.ts';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { isWrongPassword } from './wrong-password.ts';

const ADDRESS = graphql(`
  fragment Address on Viewer {
    id
    signInEmail
    emailChange {
      id
      newEmail
      effectiveAt
      oldConfirmed
      newConfirmed
    }
  }
`);

const CHANGE = graphql(`
  mutation ChangeEmail($input: ChangeEmailInput!) {
    changeEmail(input: $input) {
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

const CANCEL = graphql(`
  mutation CancelEmailChange {
    cancelEmailChange {
      changed
    }
  }
`);

/** The mutations return the change without the viewer. */
function showChange(cache: ApolloCache, viewerId: string, emailChange: AddressFragment['emailChange']): void {
  cache.updateFragment(
    {
      id: cache.identify({ __typename: 'Viewer', id: viewerId }) ?? '',
      fragment: ADDRESS,
      fragmentName: 'Address',
    },
    (viewer) => viewer && { ...viewer, emailChange: emailChange ?? null },
  );
}

/** The address that the viewer signs in with, and a change of it that is pending. */
export function Address({ viewer }: { readonly viewer: FragmentType<typeof ADDRESS> }): ReactNode {
  const { say } = useWords();
  const { date } = useDates();
  const { id, signInEmail, emailChange } = readFragment(ADDRESS, viewer);
  const { cache } = useApolloClient();
  const [cancel, { isSaving, problem }] = useSave(CANCEL, { keyless: true });
  const giveUp = async (): Promise<void> => {
    if ((await cancel({})) !== undefined) showChange(cache, id, null);
  };
  return (
    <Part title={say('me.address')}>
      <p>{signInEmail}</p>
      {emailChange != null ? (
        <>
          <Note>
            {say(emailChange.newConfirmed ? 'me.address.waitsOld' : 'me.address.waitsNew', {
              email: emailChange.newEmail,
              day: date(emailChange.effectiveAt),
            })}
          </Note>
          <Button variant="default" disabled={isSaving} onClick={() => void giveUp()}>
            {say('me.address.cancel')}
          </Button>
          <ProblemNote problem={problem} />
        </>
      ) : (
        <Opener label={say('me.address.change')}>
          {(close) => <AddressForm viewerId={id} close={close} />}
        </Opener>
      )}
    </Part>
  );
}

function AddressForm({
  viewerId,
  close,
}: {
  readonly viewerId: string;
  readonly close: () => void;
}): ReactNode {
  const words = useWords();
  const { say } = words;
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const kept = useKept('address');
  const { cache } = useApolloClient();
  const [save, { isSaving, problem }] = useSave(CHANGE, { keyless: true });
  const submit = async (): Promise<void> => {
    const saved = await save({ input: { email: email.trim(), password } });
    if (saved === undefined) return;
    showChange(cache, viewerId, saved.changeEmail?.emailChange ?? null);
    leave();
  };
  const leave = (): void => {
    kept.clear();
    close();
  };
  const isWrong = isWrongPassword(problem);
  return (
    <PlainForm kept={kept} submit={() => void submit()}>
      <Note>{say('me.address.text')}</Note>
      <TextField
        type="email"
        label={say('me.address.new')}
        value={email}
        error={wordField(problem, 'email', words)}
        change={setEmail}
      />
      <PasswordInput
        size="md"
        autoComplete="current-password"
        label={say('me.password.yours')}
        value={password}
        error={isWrong && say('me.password.wrong')}
        onChange={({ currentTarget }) => {
          setPassword(currentTarget.value);
        }}
      />
      {!isWrong && <ProblemNote problem={problem} shownFields={['email']} />}
      <Buttons>
        <Button type="submit" disabled={isSaving || email.trim() === '' || password === ''}>
          {say('me.address.ask')}
        </Button>
        <Button variant="default" onClick={leave}>
          {say('me.giveUp')}
        </Button>
      </Buttons>
    </PlainForm>
  );
}
