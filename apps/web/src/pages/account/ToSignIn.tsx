import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '../../words/words.tsx';

/** The way from a page of a mail's link back to signing in. */
export function ToSignIn(): ReactNode {
  const { say } = useWords();
  return (
    <p>
      <Link to="/sign-in">{say('account.toSignIn')}</Link>
    </p>
  );
}
