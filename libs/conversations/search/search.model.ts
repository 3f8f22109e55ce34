import { Field, ObjectType } from '@nestjs/graphql';
import { Connection } from '#graphql';

@ObjectType({ description: 'An object that contains the text of a search.' })
export class SearchResult {
  @Field(() => String, {
    description: 'About 160 characters of its text around the first match, on one line.',
  })
  snippet!: string;

  @Field(() => Date, {
    nullable: true,
    description:
      'The time that results are sorted by: when a personal goal last changed, when a business goal was created or published, when an update or an action item was added, or when the conversation of a talking point or of notes begins. Null for a talking point that waits for a conversation.',
  })
  at!: Date | null;

  /** Resolved to `node`. */
  nodeId!: string;
  nodeType!: string;
}

@ObjectType({ description: 'A page of search results.' })
export class SearchResultConnection extends Connection(SearchResult) {}
