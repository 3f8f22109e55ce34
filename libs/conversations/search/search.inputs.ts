import { ArgsType, Field } from '@nestjs/graphql';
import { IsText, PageArgs } from '#graphql';

/** The longest text that can be searched for. */
const LONGEST_SEARCH = 200;

@ArgsType()
export class SearchArgs extends PageArgs {
  @IsText(LONGEST_SEARCH)
  @Field(() => String, {
    description:
      'The text to find, as consecutive characters. At most 200. Case, accents and differences of width are ignored, and ø, ł, đ, ß, ı and æ are found as o, l, d, ss, i and ae.',
  })
  text!: string;
}
