import DataLoader from 'dataloader';
import { In, type EntityManager } from 'typeorm';
import { ActionItem } from './action-item.js';
import { Conversation } from './conversation.js';
import { Person } from './person.js';
import { PersonalGoal } from './personal-goal.js';
import { TalkingPoint } from './talking-point.js';

/** Rows in the order of the ids that were asked for. */
function byId<Row extends { id: string }>(ids: readonly string[], rows: Row[]): (Row | undefined)[] {
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => found.get(id));
}

/** Lists of rows in the order of the ids that were asked for. */
function grouped<Row>(ids: readonly string[], rows: Row[], parentOf: (row: Row) => string): Row[][] {
  const groups = Map.groupBy(rows, parentOf);
  return ids.map((id) => groups.get(id) ?? []);
}

export type Loaders = ReturnType<typeof createLoaders>;

/** The loaders of one request. */
export function createLoaders(manager: EntityManager) {
  return {
    person: new DataLoader<string, Person | undefined>(async (ids) =>
      byId(ids, await manager.findBy(Person, { id: In(ids) })),
    ),
    /** By owner: one's own newest first. */
    personalGoals: new DataLoader<string, PersonalGoal[]>(async (ownerIds) => {
      const goals = await manager.find(PersonalGoal, {
        where: { ownerId: In(ownerIds) },
        relations: { own: true },
        order: { own: { createdAt: 'DESC' }, id: 'DESC' },
      });
      return grouped(ownerIds, goals, ({ ownerId }) => ownerId);
    }),
    conversation: new DataLoader<string, Conversation | undefined>(async (ids) =>
      byId(ids, await manager.findBy(Conversation, { id: In(ids) })),
    ),
    /** By pair: the one scheduled last first. */
    conversations: new DataLoader<string, Conversation[]>(async (oneToOneIds) => {
      const conversations = await manager.find(Conversation, {
        where: { oneToOneId: In(oneToOneIds) },
        order: { scheduledAt: 'DESC', id: 'DESC' },
      });
      return grouped(oneToOneIds, conversations, ({ oneToOneId }) => oneToOneId);
    }),
    /** By conversation: in their order. */
    talkingPoints: new DataLoader<string, TalkingPoint[]>(async (conversationIds) => {
      const points = await manager.find(TalkingPoint, {
        where: { conversationId: In(conversationIds) },
        order: { place: 'ASC', id: 'ASC' },
      });
      const lists = grouped(conversationIds, points, ({ conversationId }) => conversationId);
      for (const list of lists) for (const [index, point] of list.entries()) point.position = index + 1;
      return lists;
    }),
    /** By conversation: in the order in which they were made. */
    actionItems: new DataLoader<string, ActionItem[]>(async (conversationIds) => {
      const items = await manager.find(ActionItem, {
        where: { madeInId: In(conversationIds) },
        order: { id: 'ASC' },
      });
      return grouped(conversationIds, items, ({ madeInId }) => madeInId);
    }),
  };
}
