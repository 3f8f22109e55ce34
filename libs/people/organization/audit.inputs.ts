import { ArgsType, Field, ID } from '@nestjs/graphql';
import { ArrayMinSize, IsOptional } from 'class-validator';
import { CalendarDate, IsId, PageArgs } from '#graphql';
import { AuditActionEnum, type AuditAction } from './audit.model.js';

@ArgsType()
export class AuditTrailArgs extends PageArgs {
  @Field(() => [AuditActionEnum], { nullable: true, description: 'Only entries of these kinds.' })
  @IsOptional()
  @ArrayMinSize(1, { message: 'must contain at least one action.' })
  action?: AuditAction[] | null;

  @Field(() => ID, { nullable: true, description: 'Only what this person did.' })
  @IsOptional()
  @IsId()
  actorId?: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: "Only entries on or after this day, in the organization's time zone.",
  })
  from?: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: "Only entries on or before this day, in the organization's time zone.",
  })
  to?: string | null;
}
