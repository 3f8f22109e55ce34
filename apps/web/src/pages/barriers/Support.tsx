import type { ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Barriers.module.css';

const SUPPORT_OF = graphql(`
  fragment BarrierSupport on Barrier {
    id
    supporters
    viewerSupports
  }
`);

const SUPPORT = graphql(`
  mutation SupportBarrier($input: SupportBarrierInput!) {
    supportBarrier(input: $input) {
      barrier {
        id
        ...BarrierSupport
      }
    }
  }
`);

const UNSUPPORT = graphql(`
  mutation UnsupportBarrier($input: UnsupportBarrierInput!) {
    unsupportBarrier(input: $input) {
      barrier {
        id
        ...BarrierSupport
      }
    }
  }
`);

/** "It hinders me too", which nobody sees; the number of those who say so only from the minimum group size up. */
export function Support({
  barrier,
  isSettled,
}: {
  readonly barrier: FragmentType<typeof SUPPORT_OF>;
  /** Whether it hinders nobody any more: then nobody is asked whether it does. */
  readonly isSettled: boolean;
}): ReactNode {
  const { say } = useWords();
  const { id, supporters, viewerSupports } = readFragment(SUPPORT_OF, barrier);
  const [support, supporting] = useSave(SUPPORT);
  const [unsupport, unsupporting] = useSave(UNSUPPORT);
  return (
    <div className={classes['support']}>
      {(!isSettled || viewerSupports) && (
        <Button
          variant="default"
          disabled={supporting.isSaving || unsupporting.isSaving}
          onClick={() => void (viewerSupports ? unsupport({ input: { id } }) : support({ input: { id } }))}
        >
          {say(viewerSupports ? 'barriers.supported' : 'barriers.support')}
        </Button>
      )}
      {supporters != null ? (
        <p className={classes['soft']}>{say('barriers.supportKnown', { count: supporters })}</p>
      ) : (
        !isSettled && <p className={classes['soft']}>{say('barriers.supportUnknown')}</p>
      )}
      <ProblemNote problem={supporting.problem ?? unsupporting.problem} />
    </div>
  );
}
