import { useState, useTransition, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import { useWords } from '../words/words.tsx';
import { Buttons } from './Plain.tsx';

/** The variables of a connection for one of its pages. */
export interface Place {
  readonly first?: number;
  readonly after?: string;
  readonly last?: number;
  readonly before?: string;
}

/** Where a list is. What was shown stays until the next page is there. */
export function usePlace(
  size: number,
): readonly [place: Place, go: (to: Place) => void, isGoing: boolean, restart: () => void] {
  const [place, setPlace] = useState<Place>({ first: size });
  const [isGoing, startGoing] = useTransition();
  const go = (to: Place): void => {
    startGoing(() => {
      setPlace(to);
    });
  };
  const restart = (): void => {
    go({ first: size });
  };
  return [place, go, isGoing, restart];
}

/** Leads to the page before and after. Renders nothing for a list of one page. */
export function Pager({
  page: { hasNextPage, hasPreviousPage, startCursor, endCursor },
  size,
  go,
  isGoing,
}: {
  readonly page: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor?: string | null | undefined;
    readonly endCursor?: string | null | undefined;
  };
  readonly size: number;
  readonly go: (to: Place) => void;
  readonly isGoing: boolean;
}): ReactNode {
  const { say } = useWords();
  if (!hasNextPage && !hasPreviousPage) return null;
  return (
    <Buttons>
      <Button
        variant="default"
        disabled={!hasPreviousPage || isGoing}
        onClick={() => {
          go({ last: size, before: startCursor ?? '' });
        }}
      >
        {say('pager.before')}
      </Button>
      <Button
        variant="default"
        disabled={!hasNextPage || isGoing}
        onClick={() => {
          go({ first: size, after: endCursor ?? '' });
        }}
      >
        {say('pager.after')}
      </Button>
    </Buttons>
  );
}
