import { createUnionType, Field, Int, ObjectType } from '@nestjs/graphql';
import { editable, EditConflict, NodeModel } from '#graphql';

@ObjectType({
  implements: () => [NodeModel],
  description:
    'A person’s own list of talking points, to add to conversations as drafts. Only its owner can see it.',
})
export class AgendaTemplate extends NodeModel {
  @Field({ description: 'Its name, unique among the owner’s templates.' })
  name!: string;

  @Field(() => [String], { description: 'The texts of its talking points, in their order.' })
  points!: string[];

  @Field(() => Int, {
    description:
      'Incremented on every change. Pass the version you last read when saving; an outdated one returns `EditConflict`.',
  })
  version!: number;
}
editable(AgendaTemplate);

@ObjectType({ description: 'The result of saving a template.' })
export class AgendaTemplatePayload {
  readonly __typename?: 'AgendaTemplatePayload';

  @Field(() => AgendaTemplate, { description: 'The template as it is stored.' })
  agendaTemplate!: AgendaTemplate;
}

export const SaveAgendaTemplateResult = createUnionType({
  name: 'SaveAgendaTemplateResult',
  description: 'The saved template, or a conflict with a change made since the given version.',
  types: () => [AgendaTemplatePayload, EditConflict] as const,
  resolveType: (value: { __typename?: string }) => value.__typename,
});
