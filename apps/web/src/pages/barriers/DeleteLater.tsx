import { useState, type ReactNode } from 'react';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
import { UndoLine } from '../../parts/UndoLine.tsx';
import type { Problem } from '../../saving/problem.ts';
import { useWords } from '../../words/words.tsx';

/** A button that deletes, after some seconds in which that can be taken back. */
export function DeleteLater({
  remove,
  problem,
}: {
  /** Resolves with whether it was deleted. */
  readonly remove: () => Promise<boolean>;
  readonly problem: Problem | undefined;
}): ReactNode {
  const { say } = useWords();
  const [isGoing, setGoing] = useState(false);
  if (isGoing) {
    return (
      <UndoLine
        text={say('barriers.deleted')}
        undo={() => {
          setGoing(false);
        }}
        finish={() => {
          void remove().then((isDeleted) => {
            if (!isDeleted) setGoing(false);
          });
        }}
      />
    );
  }
  return (
    <div>
      <QuietButton
        onClick={() => {
          setGoing(true);
        }}
      >
        {say('barriers.delete')}
      </QuietButton>
      <ProblemNote problem={problem} />
    </div>
  );
}
