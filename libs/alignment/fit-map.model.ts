import { ObjectType } from '@nestjs/graphql';

@ObjectType({
  description:
    'How work fits a life: which business goals are part of which personal goals. Whoever it is not about sees only what is placed in goals that they can see. There is no score.',
})
export class FitMap {
  personId!: string;

  /** Null: of all cycles. */
  cycleId!: string | null;
}
