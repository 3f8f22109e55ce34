import type { ReactNode } from 'react';
import { graphql } from '../../graphql/index.ts';
import { usePageQuery } from '../../parts/page-query.tsx';
import { PlainPage } from '../../parts/Plain.tsx';
import { useWords } from '../../words/words.tsx';
import { Address } from './Address.tsx';
import { PasswordChange } from './PasswordChange.tsx';
import { Sessions } from './Sessions.tsx';

export const SIGN_IN_SETTINGS = graphql(`
  query SignInSettings {
    viewer {
      id
      ...Address
      ...Sessions
    }
  }
`);

/** With what the viewer signs in, and where they are signed in. */
export function SignInSettings(): ReactNode {
  const { say } = useWords();
  const viewer = usePageQuery(SIGN_IN_SETTINGS, {}).viewer;
  if (viewer == null) return null;
  return (
    <PlainPage title={say('me.signIn')}>
      <Address viewer={viewer} />
      <PasswordChange />
      <Sessions viewer={viewer} />
    </PlainPage>
  );
}
