import type { ReactNode } from 'react';
import { useFormer } from '../../parts/former.ts';
import { Subpages } from '../../parts/Subpages.tsx';
import { useWords } from '../../words/words.tsx';

/** What surrounds the pages about the viewer's own account. */
export function MeLayout(): ReactNode {
  const { say } = useWords();
  const former = useFormer();
  return (
    <Subpages
      label={say('me.title')}
      pages={[
        { to: '/me', label: say('me.tab.profile') },
        { to: '/me/sign-in', label: say('me.tab.signIn') },
        { to: '/me/readers', label: say('me.tab.readers') },
        // Nobody reads the goals of somebody who has left.
        ...(former ? [] : [{ to: '/me/shares', label: say('me.tab.shares') } as const]),
        { to: '/me/data', label: say('me.tab.data') },
      ]}
    />
  );
}
