import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId, IsName } from '#graphql';

@InputType({ description: 'A new name for an object that keeps its ID.' })
export class RenameInput {
  @Field(() => ID, { description: 'The object to rename.' })
  @IsId()
  id!: string;

  @Field({ description: 'The new name, 1 to 200 characters.' })
  @IsName()
  name!: string;
}

@InputType({ description: 'Two departments, or two locations, to merge into one.' })
export class MergeInput {
  @Field(() => ID, { description: 'The one to remove. Everybody in it moves to `intoId`.' })
  @IsId()
  id!: string;

  @Field(() => ID, { description: 'The one that remains, with its ID and name.' })
  @IsId()
  intoId!: string;
}
