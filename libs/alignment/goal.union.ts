import { createUnionType } from '@nestjs/graphql';
import { BusinessGoal } from '#business-goals';
import { PersonalGoal } from '#goals';

/** Its rows have `__typename`. */
export const Goal = createUnionType({
  name: 'Goal',
  description: 'A personal goal or a business goal.',
  types: () => [PersonalGoal, BusinessGoal] as const,
  resolveType: (row: { __typename?: string }) => row.__typename,
});
