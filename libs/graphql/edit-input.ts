import type { Type } from '@nestjs/common';
import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsInt } from 'class-validator';
import { CanBeOmitted, IsId, IsText } from './validation.js';
import { LONGEST_MARKDOWN, Markdown } from './scalars.js';

/** What an edit changes, and the version that it is based on (decision 0045). */
interface Edit {
  id: string;
  version: number;
}

/** A base for inputs of edits. @param what the type in a sentence: `action item` */
export function EditOf(what: string): Type<Edit> {
  @InputType({ isAbstract: true })
  class EditInput implements Edit {
    @IsId()
    @Field(() => ID, { description: `The ID of the ${what}.` })
    id!: string;

    @IsInt()
    @Field(() => Int, { description: 'The version that the changes are based on.' })
    version!: number;
  }
  return EditInput;
}

/** The same for a type with a text that cannot be blank. */
export function TextEditOf(what: string): Type<Edit & { text?: string }> {
  @InputType({ isAbstract: true })
  class TextEditInput extends EditOf(what) {
    @CanBeOmitted()
    @IsText(LONGEST_MARKDOWN)
    @Field(() => Markdown, {
      nullable: true,
      description: 'The new text. At most 20,000 characters, not blank. Cannot be null.',
    })
    text?: string;
  }
  return TextEditInput;
}
