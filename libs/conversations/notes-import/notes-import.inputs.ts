import { ArgsType, Field, ID, InputType, registerEnumType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { IsId, IsText, Markdown } from '#graphql';
import type { DateOrder } from './written-date.js';

/** The longest document, in code points. */
const LONGEST_DOCUMENT = 500_000;
const DOCUMENT =
  'Markdown, or plain text, with dates as headings: headings in Markdown, or lines that are nothing but a date. Dates like 2026-03-04, "4 March 2026" or "March 4, 2026", with names of months in several languages; dates of numbers need `dateOrder` where day and month could be exchanged. At most 500,000 characters and 300 dates, none in the future or longer ago than the organization keeps conversations, each once, with at most 20,000 characters under it.';
const ORDER =
  'The order of day and month in dates of numbers, such as 03/04/2026. Required if the document has one that could be either.';

const DateOrderValues = { DAY_FIRST: 'DAY_FIRST', MONTH_FIRST: 'MONTH_FIRST' } as const satisfies Record<
  DateOrder,
  DateOrder
>;
registerEnumType(DateOrderValues, {
  name: 'DateOrder',
  description: 'The order of day and month in a date of numbers.',
  valuesMap: {
    DAY_FIRST: { description: '03/04/2026 is 3 April 2026.' },
    MONTH_FIRST: { description: '03/04/2026 is 4 March 2026.' },
  },
});

@ArgsType()
export class PreviewConversationNotesArgs {
  @IsId()
  @Field(() => ID, { description: 'The ID of the one-to-one.' })
  oneToOneId!: string;

  @IsText(LONGEST_DOCUMENT)
  @Field(() => Markdown, { description: `The document: ${DOCUMENT}` })
  text!: string;

  @IsOptional()
  @Field(() => DateOrderValues, { nullable: true, description: ORDER })
  dateOrder?: DateOrder | null;
}

@InputType({ description: 'A document to propose as notes of past conversations.' })
export class ImportConversationNotesInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the one-to-one.' })
  oneToOneId!: string;

  @IsText(LONGEST_DOCUMENT)
  @Field(() => Markdown, { description: `The document: ${DOCUMENT}` })
  text!: string;

  @IsOptional()
  @Field(() => DateOrderValues, { nullable: true, description: ORDER })
  dateOrder?: DateOrder | null;
}

@InputType({ description: 'The import to accept.' })
export class AcceptNotesImportInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the import.' })
  id!: string;
}

@InputType({ description: 'The import to undo.' })
export class UndoNotesImportInput {
  @IsId()
  @Field(() => ID, { description: 'The ID of the import.' })
  id!: string;
}
