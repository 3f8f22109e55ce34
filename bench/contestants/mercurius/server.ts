/**
 * Mercurius on Fastify as its documentation has it for speed: every query is compiled by graphql-jit the second time it is asked
 * (`jit: 1`), parsed and validated documents are cached (the default), and its own loaders batch what lists ask for. The SQL is
 * written by hand, one named statement for a batch, sent in one round trip.
 */
import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import { GraphQLScalarType } from 'graphql';
import mercurius, { type IResolvers, type MercuriusContext, type MercuriusLoaders } from 'mercurius';
import {
  addTalkingPoint,
  findActionItems,
  findConversations,
  findLatestConversations,
  findOneToOne,
  findPeople,
  findPersonalGoals,
  findTalkingPoints,
  findViewer,
  type ActionItemRow,
  type ConversationRow,
  type OneToOneRow,
  type PersonRow,
  type TalkingPointRow,
} from './queries.ts';
import { schema } from './schema.ts';

declare module 'mercurius' {
  interface MercuriusContext {
    /** What identifies the caller to the policies: the SHA-256 of their token. */
    readonly session: string;
  }
}

/** What a loader is asked: the rows to which it adds something, and the field's arguments. */
type Asked<Row, Arguments = object> = readonly { readonly obj: Row; readonly params: Arguments }[];

const unique = (ids: readonly string[]): string[] => Array.from(new Set(ids));

function byId<Row extends { readonly id: string }>(
  rows: readonly Row[],
  ids: readonly string[],
): (Row | undefined)[] {
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => found.get(id));
}

const most = (asked: Asked<unknown, { first: number }>): number =>
  Math.max(...asked.map(({ params }) => params.first));

/** People by the row that names them. */
const people =
  <Row>(idOf: (row: Row) => string) =>
  async (asked: Asked<Row>, { session }: MercuriusContext) => {
    const ids = asked.map(({ obj }) => idOf(obj));
    return byId(await findPeople(session, unique(ids)), ids);
  };

const loaders: MercuriusLoaders = {
  Person: {
    async personalGoals(asked: Asked<PersonRow, { first: number }>, { session }: MercuriusContext) {
      const ids = unique(asked.map(({ obj }) => obj.id));
      const goals = Map.groupBy(await findPersonalGoals(session, ids, most(asked)), ({ ownerId }) => ownerId);
      return asked.map(({ obj, params }) => ({ nodes: (goals.get(obj.id) ?? []).slice(0, params.first) }));
    },
  },
  OneToOne: {
    counterpart: people((pair: OneToOneRow) => pair.counterpartId),
    async conversations(asked: Asked<OneToOneRow, { first: number }>, { session }: MercuriusContext) {
      const ids = unique(asked.map(({ obj }) => obj.id));
      const found = Map.groupBy(
        await findLatestConversations(session, ids, most(asked)),
        ({ oneToOneId }) => oneToOneId,
      );
      return asked.map(({ obj, params }) => ({ nodes: (found.get(obj.id) ?? []).slice(0, params.first) }));
    },
  },
  Conversation: {
    async talkingPoints(asked: Asked<ConversationRow>, { session }: MercuriusContext) {
      const found = await findTalkingPoints(
        session,
        asked.map(({ obj }) => obj.id),
      );
      const points = Map.groupBy(found, ({ conversationId }) => conversationId);
      return asked.map(({ obj }) => points.get(obj.id) ?? []);
    },
    async actionItems(asked: Asked<ConversationRow>, { session }: MercuriusContext) {
      const found = await findActionItems(
        session,
        asked.map(({ obj }) => obj.id),
      );
      const items = Map.groupBy(found, ({ conversationId }) => conversationId);
      return asked.map(({ obj }) => items.get(obj.id) ?? []);
    },
  },
  TalkingPoint: {
    author: people((point: TalkingPointRow) => point.authorId),
    async conversation(asked: Asked<TalkingPointRow>, { session }: MercuriusContext) {
      const ids = asked.map(({ obj }) => obj.conversationId);
      return byId(await findConversations(session, unique(ids)), ids);
    },
  },
  ActionItem: {
    owner: people((item: ActionItemRow) => item.ownerId),
  },
};

const resolvers: IResolvers = {
  DateTime: new GraphQLScalarType<Date, string>({
    name: 'DateTime',
    serialize: (value) => (value as Date).toISOString(),
  }),
  Query: {
    viewer: () => ({}),
    oneToOne: (_: unknown, { id }: { id: string }, { session }: MercuriusContext) =>
      findOneToOne(session, id),
  },
  Viewer: {
    person: (_: unknown, _none: object, { session }: MercuriusContext) => findViewer(session),
  },
  Mutation: {
    addTalkingPoint: async (
      _: unknown,
      { input }: { input: { conversationId: string; text: string; draft: boolean } },
      { session }: MercuriusContext,
    ) => ({ talkingPoint: await addTalkingPoint(session, input) }),
  },
};

const app = Fastify();
await app.register(mercurius, {
  schema,
  resolvers,
  loaders,
  jit: 1,
  graphiql: false,
  context: ({ headers }) => {
    const token = headers.authorization?.replace(/^Bearer /, '') ?? '';
    return { session: createHash('sha256').update(token).digest('hex') };
  },
});
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
