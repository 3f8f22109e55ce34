import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { useMutation } from '@apollo/client/react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode, type SubmitEvent } from 'react';
import { Button } from '../../parts/Button.tsx';
import { PasswordInput, TextInput } from '../../parts/mantine.tsx';
import { failureOf } from '../../failure.ts';
import { graphql } from '../../graphql/index.ts';
import { Outside } from '../../parts/Outside.tsx';
import { Note } from '../../parts/Plain.tsx';
import { beginSession } from '../../session.ts';
import { useWords } from '../../words/words.tsx';
import { loadDemo, type Demo } from './demo.ts';
import classes from './SignIn.module.css';

const SIGN_IN = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
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

const route = getRouteApi('/sign-in');

export function SignIn(): ReactNode {
  const { say, language } = useWords();
  const { next } = route.useSearch();
  const [signIn, { loading, data }] = useMutation(SIGN_IN);
  const isBusy = loading || data != null;
  const [problem, setProblem] = useState<string>();
  const [demo, setDemo] = useState<Demo>();
  const email = useRef<HTMLInputElement>(null);

  useEffect(() => {
    void loadDemo().then(setDemo);
  }, []);

  const enter = async (input: { email: string; password: string }): Promise<void> => {
    setProblem(undefined);
    try {
      const { data: entered } = await signIn({ variables: { input } });
      const viewer = entered?.signIn?.viewer;
      if (viewer !== undefined) beginSession(next, viewer);
    } catch (error) {
      setProblem(explain(error));
      email.current?.focus();
      // The focus goes to the end of an address that is longer than its field.
      if (email.current !== null) email.current.scrollLeft = 0;
    }
  };

  const explain = (error: unknown): string => {
    const code = CombinedGraphQLErrors.is(error) ? error.errors[0]?.extensions?.['code'] : undefined;
    if (code === 'INVALID_CREDENTIALS' || code === 'BAD_USER_INPUT') return say('signIn.wrong');
    const failure = failureOf(error);
    switch (failure.kind) {
      case 'busy':
        return say('signIn.tooMany', { minutes: Math.max(1, Math.ceil(failure.seconds / 60)) });
      case 'offline':
        return `${say('trouble.offline')}. ${say('trouble.offlineText')}`;
      default:
        return `${say('trouble.fault')}. ${say('trouble.faultText')}`;
    }
  };

  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const input = { email: textOf(form.get('email')).trim(), password: textOf(form.get('password')) };
    if (input.email === '' || input.password === '') {
      setProblem(say('signIn.missing'));
      return;
    }
    void enter(input);
  };

  return (
    <Outside title={say('signIn.title')}>
      <Note>{say('signIn.what')}</Note>
      <form className={classes['form']} onSubmit={submit} noValidate>
        <TextInput
          ref={email}
          name="email"
          type="email"
          autoComplete="username"
          label={say('signIn.email')}
          size="md"
          aria-describedby={problem === undefined ? undefined : 'problem'}
        />
        <PasswordInput
          name="password"
          autoComplete="current-password"
          label={say('signIn.password')}
          size="md"
          aria-describedby={problem === undefined ? undefined : 'problem'}
        />
        <p id="problem" role="alert" className={classes['problem']}>
          {problem}
        </p>
        <Button type="submit" size="md" disabled={isBusy}>
          {say('signIn.submit')}
        </Button>
      </form>
      <p>
        <Link to="/forgot-password">{say('signIn.forgot')}</Link>
      </p>
      {demo !== undefined && (
        <section className={classes['demo']} aria-labelledby="demo">
          <h2 id="demo">{say('signIn.demo')}</h2>
          <ul>
            {demo.accounts.map((account) => {
              const { role, description } = language === 'de' ? account.de : account;
              return (
                <li key={account.email}>
                  <button
                    type="button"
                    disabled={isBusy}
                    onClick={() => void enter({ email: account.email, password: demo.password })}
                  >
                    <strong>{say('signIn.demoAs', { name: account.name, role })}</strong>
                    <small>{description}</small>
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </Outside>
  );
}

const textOf = (value: FormDataEntryValue | null): string => (typeof value === 'string' ? value : '');
