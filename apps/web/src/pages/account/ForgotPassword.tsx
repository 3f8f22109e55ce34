import { useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { TextInput } from '../../parts/mantine.tsx';
import { isDevelopment } from '../sign-in/demo.ts';
import { graphql } from '../../graphql/index.ts';
import { Outside } from '../../parts/Outside.tsx';
import { Note, PlainForm } from '../../parts/Plain.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import { ADDRESS } from './mark-address.tsx';
import { ToSignIn } from './ToSignIn.tsx';

const REQUEST = graphql(`
  mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input) {
      email
    }
  }
`);

/** Asks for a mail with which to choose another password. What it says is the same whether or not the address is known. */
export function ForgotPassword(): ReactNode {
  const { say, show } = useWords();
  const [email, setEmail] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [sentTo, setSentTo] = useState<string>();
  const [request, { isSaving, problem }] = useSave(REQUEST, { keyless: true });
  const submit = async (): Promise<void> => {
    const address = email.trim();
    setWrong(!address.includes('@'));
    if (!address.includes('@')) return;
    if ((await request({ input: { email: address } })) !== undefined) setSentTo(address);
  };

  if (sentTo !== undefined) {
    return (
      <Outside title={say('account.forgot.sent')} focusTitle>
        <p>{show('account.forgot.sentText', { email: sentTo }, ADDRESS)}</p>
        <Note>{say('account.forgot.nothing')}</Note>
        {isDevelopment() && <Note>{say('account.forgot.development')}</Note>}
        <Button
          variant="default"
          size="md"
          onClick={() => {
            setSentTo(undefined);
          }}
        >
          {say('account.forgot.other')}
        </Button>
        <ToSignIn />
      </Outside>
    );
  }
  const refused = problem?.fields.some(({ path }) => path === 'email') === true;
  return (
    <Outside title={say('account.forgot.title')}>
      <Note>{say('account.forgot.text')}</Note>
      <PlainForm kept={undefined} submit={() => void submit()}>
        <TextInput
          type="email"
          autoComplete="username"
          size="md"
          label={say('account.email')}
          value={email}
          error={(isWrong || refused) && say('account.email.wrong')}
          onChange={({ currentTarget }) => {
            setEmail(currentTarget.value);
          }}
        />
        {!refused && <ProblemNote problem={problem} />}
        <Button type="submit" size="md" disabled={isSaving}>
          {say('account.forgot.submit')}
        </Button>
      </PlainForm>
      <ToSignIn />
    </Outside>
  );
}
