import { useApolloClient } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { useState, type ReactElement, type ReactNode } from 'react';
import { graphql } from '../../../graphql/index.ts';
import { Notice } from '../../../parts/Notice.tsx';
import { ProblemNote } from '../../../parts/ProblemNote.tsx';
import { QuietButton } from '../../../parts/QuietButton.tsx';
import { UndoLine } from '../../../parts/UndoLine.tsx';
import { evict } from '../../../saving/evict.ts';
import { useSave } from '../../../saving/useSave.ts';
import { useWords } from '../../../words/words.tsx';

const DELETE_GOAL = graphql(`
  mutation DeleteGoal($input: DeleteInput!) {
    deletePersonalGoal(input: $input) {
      deletedId
    }
  }
`);

/** Deleting a goal of the viewer, which can be undone for a few seconds. */
export function useDeletion(goalId: string): {
  /** What the page shows instead of the goal once its deletion was asked for; undefined before. */
  readonly notice: ReactElement | undefined;
  /** The button that asks for it. */
  readonly button: (title: string) => ReactNode;
} {
  const { say } = useWords();
  const client = useApolloClient();
  const [going, setGoing] = useState<string>();
  const [isGone, setGone] = useState(false);
  const [remove, { problem }] = useSave(DELETE_GOAL, {
    update: (cache, { data }) => {
      evict(cache, 'PersonalGoal', data?.deletePersonalGoal);
    },
  });
  const finish = async (): Promise<void> => {
    if ((await remove({ input: { id: goalId } })) === undefined) {
      setGoing(undefined);
      return;
    }
    setGone(true);
    // A list that was asked for while the goal was being deleted may still have it.
    await client.refetchQueries({ include: 'active' });
  };
  const notice =
    going === undefined ? undefined : (
      <>
        <Notice
          title={say('own.deleted', { title: going })}
          action={<Link to="/goals">{say('goal.back')}</Link>}
        >
          {say(isGone ? 'own.deletedForGood' : 'own.deletedText')}
        </Notice>
        {!isGone && (
          <UndoLine
            text=""
            undo={() => {
              setGoing(undefined);
            }}
            finish={() => void finish()}
          />
        )}
      </>
    );
  const button = (title: string): ReactNode => (
    <div>
      <QuietButton
        onClick={() => {
          setGoing(title);
        }}
      >
        {say('own.delete')}
      </QuietButton>
      <ProblemNote problem={problem} />
    </div>
  );
  return { notice, button };
}
