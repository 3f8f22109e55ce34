import { Field, ObjectType } from '@nestjs/graphql';
import { NodeModel, TimeZone } from '#graphql';

@ObjectType({ description: 'What an organization has settled for all of its people.' })
export class OrganizationSettings {
  @Field(() => TimeZone, { description: 'The time zone of everybody who has not set their own.' })
  timeZone!: string;

  @Field({
    description:
      "Whether a share with one's own manager waits until the manager has shared a goal with this person. Changing it never opens a waiting share.",
  })
  leadersShareFirst!: boolean;

  @Field({
    description:
      'What the records here are for, and never for; shown wherever they are shown or exported. It cannot be changed.',
  })
  purpose!: string;
}

@ObjectType({
  implements: () => [NodeModel],
  description: 'A company or institution: nothing here crosses from one to another.',
})
export class Organization extends NodeModel {
  @Field({ description: 'Its name.' })
  name!: string;
}

@ObjectType({ description: 'The organization, as it is now.' })
export class OrganizationPayload {
  @Field(() => Organization, { description: 'The organization.' })
  organization!: Organization;
}
