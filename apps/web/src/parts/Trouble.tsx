import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import { failureOf, type Failure } from '../failure.ts';
import { renewSession } from '../session.ts';
import { useWords, type Words } from '../words/words.tsx';
import { Notice } from './Notice.tsx';
import { useTryAgain } from './page-query.tsx';

/** What a page shows that could not be shown: what happened, what was kept, and what to do. */
export function Trouble({ error, reset }: ErrorComponentProps): ReactNode {
  const words = useWords();
  const router = useRouter();
  const tryAgain = useTryAgain();
  const failure = failureOf(error);
  const isSignedOut = failure.kind === 'signed-out';
  useEffect(() => {
    if (isSignedOut) renewSession();
  }, [isSignedOut]);
  const again = (): void => {
    // What the viewer may do can have changed since the page was loaded.
    if (failure.kind === 'outdated' || failure.kind === 'refused') {
      location.reload();
      return;
    }
    tryAgain();
    reset();
    void router.invalidate();
  };
  const isOffline = failure.kind === 'offline';
  useEffect(() => {
    if (!isOffline) return undefined;
    addEventListener('online', again);
    return () => {
      removeEventListener('online', again);
    };
  });
  if (failure.kind === 'signed-out') return null;
  const { title, text } = wording(failure, words);
  return (
    <Notice title={title} alert action={<Button onClick={again}>{words.say('trouble.again')}</Button>}>
      {text}
      {failure.kind === 'fault' && failure.requestId !== undefined && (
        <small>{words.say('trouble.faultId', { id: failure.requestId })}</small>
      )}
    </Notice>
  );
}

function wording(
  failure: Exclude<Failure, { kind: 'signed-out' }>,
  { say }: Words,
): { readonly title: string; readonly text: string } {
  switch (failure.kind) {
    case 'offline':
      return { title: say('trouble.offline'), text: say('trouble.offlineText') };
    case 'outdated':
      return { title: say('trouble.outdated'), text: say('trouble.outdatedText') };
    case 'refused':
      return { title: say('trouble.refused'), text: say('trouble.refusedText') };
    case 'busy':
      return { title: say('trouble.busy'), text: say('trouble.busyText', { seconds: failure.seconds }) };
    case 'fault':
      return { title: say('trouble.fault'), text: say('trouble.faultText') };
  }
}
