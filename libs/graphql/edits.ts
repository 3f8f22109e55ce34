import { isDeepStrictEqual } from 'node:util';
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

/** See {@link compareEdit}. */
export type EditComparison = 'UNCHANGED' | 'OUTDATED' | 'CHANGED';

/**
 * Compares what an edit asks for with what is stored, before anything is written. Every edit that names a version uses it.
 *
 * - `UNCHANGED`: all of it is stored already. The edit succeeds, writes nothing and leaves the version alone, whichever version
 *   it names: a save that is sent again because its answer was lost does not conflict with itself.
 * - `OUTDATED`: it would change something, and was made of another version than the present one.
 * - `CHANGED`: it would change something, and may.
 *
 * @param wanted the fields to change; undefined leaves a field as it is
 */
export function compareEdit<Stored extends { readonly version: number }>(
  stored: Stored,
  version: number,
  wanted: { readonly [Name in keyof Stored]?: Stored[Name] | undefined },
): EditComparison {
  const names = Object.keys(wanted) as (keyof Stored)[];
  const isStored = names.every(
    (name) => wanted[name] === undefined || isDeepStrictEqual(wanted[name], stored[name]),
  );
  if (isStored) return 'UNCHANGED';
  return stored.version === version ? 'CHANGED' : 'OUTDATED';
}

const Editable = createUnionType({
  name: 'Editable',
  description: 'The types with a `version`, whose edits can conflict.',
  types: () => [...editables],
  resolveType: (row: { __typename?: string }) => row.__typename,
}) as object;

@ObjectType({
  description:
    'The result of an edit based on an outdated version: the object has changed since. Nothing was saved.',
})
export class EditConflict {
  readonly __typename?: 'EditConflict';

  @Field(() => Editable, {
    description: 'The current state of the object. Base the next edit on its version.',
  })
  current!: object;
}

@InputType({ description: 'The object to delete.' })
export class DeleteInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the object.' })
  id!: string;
}

@ObjectType({ description: 'The result of a deletion.' })
export class DeletePayload {
  @Field(() => ID, { description: 'The ID of the deleted object.' })
  deletedId!: string;
}
