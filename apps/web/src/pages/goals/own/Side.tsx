import type { ReactNode } from 'react';
import { graphql, readFragment, type FragmentType } from '../../../graphql/index.ts';
import { Details } from './Details.tsx';
import { EarlierWordings } from './EarlierWordings.tsx';
import type { GoalFields } from './goal-edit.ts';
import { Looks } from './Looks.tsx';
import { Sharing } from './Sharing.tsx';

const GOAL_SIDE = graphql(`
  fragment GoalSide on PersonalGoal {
    id
    ...GoalSharing
    ...GoalLooks
  }
`);

/** What is beside the words of a goal: who can read it, who has, and what it is about. */
export function Side({
  goal: reference,
  fields,
}: {
  readonly goal: FragmentType<typeof GOAL_SIDE>;
  readonly fields: GoalFields;
}): ReactNode {
  const goal = readFragment(GOAL_SIDE, reference);
  return (
    <>
      <Sharing goal={goal} />
      <Looks goal={goal} />
      <Details goal={fields} />
      <EarlierWordings goalId={goal.id} />
    </>
  );
}
