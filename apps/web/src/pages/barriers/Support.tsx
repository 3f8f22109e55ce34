import type { ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { QuietButton } from '../../parts/QuietButton.tsx';
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
export function Support({ barrier }: { readonly barrier: FragmentType<typeof SUPPORT_OF> }): ReactNode {
  const { say } = useWords();
  const { id, supporters, viewerSupports } = readFragment(SUPPORT_OF, barrier);
  const [support, supporting] = useSave(SUPPORT);
  const [unsupport, unsupporting] = useSave(UNSUPPORT);
  return (
    <div>
      <QuietButton
        disabled={supporting.isSaving || unsupporting.isSaving}
        onClick={() => void (viewerSupports ? unsupport({ input: { id } }) : support({ input: { id } }))}
      >
        {say(viewerSupports ? 'barriers.supported' : 'barriers.support')}
      </QuietButton>
      <p className={classes['soft']}>
        {supporters == null
          ? say('barriers.supportUnknown')
          : `${say('barriers.supporters', { count: supporters })}. ${say('barriers.supportHidden')}`}
      </p>
      <ProblemNote problem={supporting.problem ?? unsupporting.problem} />
    </div>
  );
}
