/** The mutations that the writers send: what each returns, and the selection that asks for it. */

interface Versioned {
  readonly version: number;
}
interface Identified {
  readonly id: string;
}
interface OwnGoal {
  readonly personalGoal: { readonly ownerView: Versioned };
}

export interface Payloads {
  createPersonalGoal: { readonly personalGoal: Identified & { readonly ownerView: Versioned } };
  updatePersonalGoal: OwnGoal;
  setMilestones: OwnGoal;
  addPersonalGoalUpdate: OwnGoal;
  deletePersonalGoal: { readonly deletedId: string };
  shareGoal: { readonly personalGoalShare: Identified };
  endShare: { readonly personalGoalShare: Identified };
  startOneToOne: { readonly oneToOne: Identified };
  addTalkingPoint: { readonly talkingPoint: Identified & Versioned };
  updateTalkingPoint: { readonly talkingPoint: Versioned };
  writeSharedNotes: { readonly sharedNotes: Versioned };
  writePrivateNotes: { readonly conversation: { readonly privateNotes: Versioned } };
  addActionItem: { readonly actionItem: Identified & Versioned };
  updateActionItem: { readonly actionItem: Versioned };
  closeActionItem: { readonly actionItem: Identified };
  giveFeedback: { readonly conversation: Identified };
  grantMandate: { readonly mandate: Identified };
  endMandate: { readonly mandate: Identified };
  raiseBarrier: { readonly barrier: Identified };
  supportBarrier: { readonly barrier: Identified };
  holdConversation: { readonly conversation: { readonly oneToOne: { readonly next: Identified } } };
  createBusinessGoal: {
    readonly businessGoal: Identified & Versioned & { readonly keyResults: readonly Identified[] };
  };
  updateBusinessGoal: { readonly businessGoal: Versioned };
  checkInBusinessGoal: { readonly businessGoal: Versioned };
  placeBusinessGoal: { readonly alignment: Identified };
  importPeople: { readonly importReport: { readonly created: number } };
  invitePeople: { readonly invitations: readonly Identified[] };
}

export type MutationName = keyof Payloads;

const SELECTIONS: Readonly<Record<MutationName, string>> = {
  createPersonalGoal: 'personalGoal { id ownerView { version } }',
  updatePersonalGoal: '__typename ... on PersonalGoalPayload { personalGoal { ownerView { version } } }',
  setMilestones: '__typename ... on PersonalGoalPayload { personalGoal { ownerView { version } } }',
  addPersonalGoalUpdate: 'personalGoal { ownerView { version } }',
  deletePersonalGoal: 'deletedId',
  shareGoal: 'personalGoalShare { id }',
  endShare: 'personalGoalShare { id }',
  startOneToOne: '__typename ... on OneToOnePayload { oneToOne { id } }',
  addTalkingPoint: 'talkingPoint { id version }',
  updateTalkingPoint: '__typename ... on TalkingPointPayload { talkingPoint { version } }',
  writeSharedNotes: '__typename ... on SharedNotesPayload { sharedNotes { version } }',
  writePrivateNotes: '__typename ... on ConversationPayload { conversation { privateNotes { version } } }',
  addActionItem: 'actionItem { id version }',
  updateActionItem: '__typename ... on ActionItemPayload { actionItem { version } }',
  closeActionItem: 'actionItem { id }',
  giveFeedback: 'conversation { id }',
  grantMandate: 'mandate { id }',
  endMandate: 'mandate { id }',
  raiseBarrier: 'barrier { id }',
  supportBarrier: 'barrier { id }',
  holdConversation: 'conversation { oneToOne { next { id } } }',
  createBusinessGoal: 'businessGoal { id version keyResults { id } }',
  updateBusinessGoal: '__typename ... on BusinessGoalPayload { businessGoal { version } }',
  checkInBusinessGoal: '__typename ... on CheckInPayload { businessGoal { version } }',
  placeBusinessGoal: '__typename ... on AlignmentPayload { alignment { id } }',
  importPeople: 'importReport { created }',
  invitePeople: 'invitations { id }',
};

export function mutation(name: MutationName): string {
  const input =
    name === 'deletePersonalGoal' ? 'DeleteInput' : `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${input}!) { ${name}(input: $input) { ${SELECTIONS[name]} } }`;
}
