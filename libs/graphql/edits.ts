import { createUnionType, Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';
import { IsId } from './validation.js';

const editables = new Set<Type>();

/**
 * Adds a type with a `version` to the union Editable, once, where the type is declared. Its rows carry `__typename`.
 *
 * ```ts
 * editable(BusinessGoal);
 * // in a service: throw nothing, return the union member
 * return { __typename: 'EditConflict', current };
 * ```
 */
export function editable(model: Type): void {
  editables.add(model);
}

const Editable = createUnionType({
  name: 'Editable',
  description: 'What two people may edit, or one person in two places; each has a version.',
  types: () => [...editables],
  resolveType: (row: { __typename?: string }) => row.__typename,
}) as object;

@ObjectType({
  description:
    'The edit was of a version that is no longer the present one: somebody changed it meanwhile. Nothing was changed.',
})
export class EditConflict {
  readonly __typename?: 'EditConflict';

  @Field(() => Editable, { description: 'What it is now, as far as the viewer may see it.' })
  current!: object;
}

@InputType({ description: 'What is to go.' })
export class DeleteInput {
  @IsId()
  @Field(() => ID, { description: 'The id of what is to go.' })
  id!: string;
}

@ObjectType({ description: 'Something is gone.' })
export class DeletePayload {
  @Field(() => ID, { description: 'The id of what is gone.' })
  deletedId!: string;
}
