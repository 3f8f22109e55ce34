import { Field, ObjectType } from '@nestjs/graphql';
import type { Role } from '#identity';
import { RoleEnum } from '../organization/role.model.js';

/** GraphQL's `Viewer`; its name in code leaves `Viewer` to #db. Other domains add fields to it. */
@ObjectType('Viewer', { description: 'The signed-in person and what only they may see.' })
export class ViewerModel {
  @Field(() => [RoleEnum], { description: 'The roles that they hold.' })
  roles!: readonly Role[];

  /** Whose this is; resolved to `person`. */
  personId!: string;
}
