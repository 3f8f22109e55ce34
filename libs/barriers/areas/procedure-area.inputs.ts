import { Field, ID, InputType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { CanBeOmitted, IsId, IsName } from '#graphql';

/** The most characters of an area's name. */
const LONGEST_NAME = 100;

@InputType({
  description:
    'The procedure area to create or, with `id`, to change. Fields that are left out of a change stay as they are.',
})
export class SetProcedureAreaInput {
  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description: 'The procedure area to change. Leave it out to create one.',
  })
  id?: string | null;

  @CanBeOmitted()
  @IsName(LONGEST_NAME)
  @Field(() => String, {
    nullable: true,
    description:
      'The name, 1 to 100 characters, unique in the organization. Required for a new area. Cannot be null.',
  })
  name?: string;

  @CanBeOmitted()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description:
      'The person who answers barriers of the area. Must be employed. Required for a new area. Cannot be null.',
  })
  answererId?: string;

  @IsOptional()
  @IsId()
  @Field(() => ID, {
    nullable: true,
    description:
      'The person who can answer as well, and has to once the answerer has left. Must be employed and differ from the answerer. Null removes the deputy.',
  })
  deputyId?: string | null;
}
