/** The channel on which the worker announces changes (policies/68-conversation-changes.sql). */
export const CHANGES_CHANNEL = 'conversation_changes';

/** What can change: a one-to-one only by its end. */
const TYPENAMES: readonly string[] = [
  'TalkingPoint',
  'ActionItem',
  'SharedNotes',
  'Conversation',
  'OneToOne',
];

/** A change of something that both participants of a one-to-one can see: ids only. */
export interface AnnouncedChange {
  readonly oneToOneId: string;
  /** Null: it concerns all conversations of the one-to-one. */
  readonly conversationId: string | null;
  /** The GraphQL type of the node. */
  readonly typename: string;
  readonly nodeId: string;
  readonly isRemoved: boolean;
}

/** The changes of one message. Lines of another form, which a login could send by hand, are ignored. */
export function parseChanges(message: string): AnnouncedChange[] {
  return message.split('\n').flatMap((line) => {
    const [oneToOneId, conversationId, typename, nodeId, removed] = line.split(',');
    if (!oneToOneId || conversationId === undefined || !typename || !nodeId) return [];
    if (!TYPENAMES.includes(typename)) return [];
    return [
      { oneToOneId, conversationId: conversationId || null, typename, nodeId, isRemoved: removed === '1' },
    ];
  });
}
