import { ObjectType } from '@nestjs/graphql';

@ObjectType({
  description:
    'How work fits into a person’s life: which business goals are part of which of their personal goals. Other viewers see only placements in goals that they can see. There is no score.',
})
export class FitMap {
  personId!: string;

  /** Null for all cycles. */
  cycleId!: string | null;
}
