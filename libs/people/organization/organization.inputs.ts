import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId, IsName, TimeZone } from '#graphql';

@InputType({ description: 'What an organization settles; what is left out stays as it is.' })
export class UpdateSettingsInput {
  @Field(() => TimeZone, {
    nullable: true,
    description: 'The time zone of everybody who has not set their own.',
  })
  timeZone?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether leaders share first; for shares to come only.',
  })
  leadersShareFirst?: boolean | null;
}

@InputType({ description: 'A new name for something that keeps its id.' })
export class RenameInput {
  @Field(() => ID, { description: 'What.' })
  @IsId()
  id!: string;

  @Field({ description: 'Its new name, 1 to 200 characters.' })
  @IsName()
  name!: string;
}
