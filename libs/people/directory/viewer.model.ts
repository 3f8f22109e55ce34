import { Field, ObjectType } from '@nestjs/graphql';
import { derivedId, NodeModel } from '#graphql';
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
  return {
    get id() {
      return derivedId('Viewer', personId);
    },
    personId,
    roles,
  };
}
