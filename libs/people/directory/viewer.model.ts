import { createHash } from 'node:crypto';
import { Field, ObjectType } from '@nestjs/graphql';
import { NodeModel } from '#graphql';
import type { PersonViewer, Role } from '#identity';
import { RoleEnum } from '../organization/role.model.js';

/** GraphQL's `Viewer`; the class name leaves `Viewer` to #identity. Other domains add fields to it. */
@ObjectType('Viewer', {
  implements: () => [NodeModel],
  description: 'The signed-in person, with everything that only they can see.',
})
export class ViewerModel extends NodeModel {
  @Field(() => [RoleEnum], { description: 'The roles that the viewer holds. Empty for most people.' })
  roles!: readonly Role[];

  /** Resolved to `person`. */
  personId!: string;
}

/** The ID differs from the person's, which is that of their Person node. app.viewer_node_id derives the same. */
export function toViewerModel({ personId, roles }: Pick<PersonViewer, 'personId' | 'roles'>): ViewerModel {
  const hash = createHash('md5').update(`Viewer ${personId}`).digest('hex');
  const id = hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { id, personId, roles };
}
