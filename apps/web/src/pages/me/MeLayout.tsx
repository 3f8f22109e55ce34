import type { ReactNode } from 'react';
import { Subpages } from '../../parts/Subpages.tsx';
import { useWords } from '../../words/words.tsx';

/** What surrounds the pages about the viewer's own account. */
export function MeLayout(): ReactNode {
  const { say } = useWords();
  return (
    <Subpages
      label={say('me.title')}
      pages={[
        { to: '/me', label: say('me.tab.profile') },
        { to: '/me/sign-in', label: say('me.tab.signIn') },
        { to: '/me/readers', label: say('me.tab.readers') },
        { to: '/me/shares', label: say('me.tab.shares') },
        { to: '/me/data', label: say('me.tab.data') },
      ]}
    />
  );
}
