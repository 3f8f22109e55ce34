import type { Outcome } from './ledger.js';
import type { Writer } from './writer.js';

async function createGoal(writer: Writer): Promise<Outcome> {
  const title = writer.marker('goal');
  const { outcome, data } = await writer.write(
    'createPersonalGoal',
    writer.leader,
    { [`goal/${title}`]: 'ACTIVE PRIVATE why', [`measure/${title}`]: '0' },
    { title, why: 'why', measure: { unit: 'km', start: 0, target: 1000 } },
  );
  if (data) {
    const { id, ownerView } = data.personalGoal;
    writer.goals.push({
      id,
      version: ownerView.version,
      title,
      visibility: 'PRIVATE',
      why: 'why',
      parts: [],
    });
  }
  return outcome;
}

async function changeGoal(writer: Writer): Promise<Outcome> {
  const goal = writer.any(writer.goals);
  if (!goal) return createGoal(writer);
  const why = writer.marker('why');
  const { outcome, data } = await writer.write(
    'updatePersonalGoal',
    writer.leader,
    { [`goal/${goal.title}`]: `ACTIVE ${goal.visibility} ${why}` },
    { id: goal.id, version: goal.version, why },
  );
  if (data) Object.assign(goal, data.personalGoal.ownerView, { why });
  return outcome;
}

async function setMilestones(writer: Writer): Promise<Outcome> {
  const goal = writer.any(writer.goals);
  if (!goal) return createGoal(writer);
  const titles = ['a', 'b', 'c'].map((letter) => writer.marker(letter));
  const { outcome, data } = await writer.write(
    'setMilestones',
    writer.leader,
    { [`milestones/${goal.title}`]: titles.join(' ') },
    { id: goal.id, version: goal.version, milestones: titles.map((title) => ({ title })) },
  );
  if (data) goal.version = data.personalGoal.ownerView.version;
  return outcome;
}

async function updateGoal(writer: Writer): Promise<Outcome> {
  const goal = writer.any(writer.goals);
  if (!goal) return createGoal(writer);
  const text = writer.marker('update');
  const value = 1 + (writer.count % 900);
  const { outcome, data } = await writer.write(
    'addPersonalGoalUpdate',
    writer.leader,
    { [`update/${text}`]: String(value), [`measure/${goal.title}`]: String(value) },
    { goalId: goal.id, text, measuredValue: value },
  );
  if (data) {
    goal.version = data.personalGoal.ownerView.version;
    goal.parts.push(`update/${text}`);
  }
  return outcome;
}

async function deleteGoal(writer: Writer): Promise<Outcome> {
  const goal = writer.goals.length > 4 ? writer.goals.shift() : undefined;
  if (!goal) return createGoal(writer);
  writer.leaderShares = writer.leaderShares.filter(({ title }) => title !== goal.title);
  const keys = ['goal', 'measure', 'milestones', 'share'].map((kind) => `${kind}/${goal.title}`);
  const facts = Object.fromEntries([...keys, ...goal.parts].map((key) => [key, undefined]));
  const { outcome } = await writer.write('deletePersonalGoal', writer.leader, facts, { id: goal.id });
  return outcome;
}

/** The report shares with the leader: the share waits unless the leader has shared. */
async function shareUp(writer: Writer): Promise<Outcome> {
  const title = writer.marker('hope');
  const made = await writer.write(
    'createPersonalGoal',
    writer.report,
    { [`goal/${title}`]: 'ACTIVE PRIVATE' },
    { title },
  );
  if (!made.data) return made.outcome;
  const { outcome, data } = await writer.write(
    'shareGoal',
    writer.report,
    { [`goal/${title}`]: 'ACTIVE SHARED', [`share/${title}`]: writer.sharedFirst ? 'ACTIVE' : 'PENDING' },
    { goalId: made.data.personalGoal.id, personId: writer.leader.id },
  );
  if (data && !writer.sharedFirst) writer.waiting.push(title);
  return outcome;
}

/** The leader shares with the report: shares that waited become active. */
async function shareFirst(writer: Writer): Promise<Outcome> {
  const goal = writer.goals.find(({ visibility }) => visibility === 'PRIVATE');
  if (!goal) return createGoal(writer);
  const facts: Record<string, string> = {
    [`goal/${goal.title}`]: `ACTIVE SHARED ${goal.why}`,
    [`share/${goal.title}`]: 'ACTIVE',
  };
  for (const title of writer.waiting) facts[`share/${title}`] = 'ACTIVE';
  const { outcome, data } = await writer.write('shareGoal', writer.leader, facts, {
    goalId: goal.id,
    personId: writer.report.id,
  });
  if (data) {
    goal.visibility = 'SHARED';
    // A first share counts as a change of its goal.
    goal.version += 1;
    writer.leaderShares.push({ id: data.personalGoalShare.id, title: goal.title });
    writer.waiting = [];
  }
  return outcome;
}

async function endShare(writer: Writer): Promise<Outcome> {
  const share = writer.leaderShares.pop();
  if (!share) return shareFirst(writer);
  const { outcome } = await writer.write(
    'endShare',
    writer.leader,
    { [`share/${share.title}`]: 'ENDED' },
    { id: share.id },
  );
  return outcome;
}

async function addPoint(writer: Writer): Promise<Outcome> {
  const text = writer.marker('point');
  const draft = writer.count % 2 === 0;
  const { outcome, data } = await writer.write(
    'addTalkingPoint',
    writer.leader,
    { [`point/${text}`]: draft ? 'draft' : 'shared', [`carried/${text}`]: '0' },
    { target: { conversationId: writer.conversationId }, text, draft },
  );
  if (data) writer.points.push({ ...data.talkingPoint, text, draft });
  return outcome;
}

async function discussPoint(writer: Writer): Promise<Outcome> {
  const point = writer.points.find(({ draft }) => !draft);
  if (!point) return addPoint(writer);
  const { outcome, data } = await writer.write(
    'updateTalkingPoint',
    writer.leader,
    { [`point/${point.text}`]: 'shared discussed' },
    { id: point.id, version: point.version, discussed: true },
  );
  if (data) writer.points.splice(writer.points.indexOf(point), 1);
  return outcome;
}

async function writeNotes(writer: Writer): Promise<Outcome> {
  const text = writer.marker('notes');
  const { outcome, data } = await writer.write(
    'writeSharedNotes',
    writer.any([writer.leader, writer.report]),
    { [`notes/${writer.conversationId}`]: text },
    { conversationId: writer.conversationId, version: writer.notesVersion, text },
  );
  if (data) writer.notesVersion = data.sharedNotes.version;
  return outcome;
}

async function writePrivately(writer: Writer): Promise<Outcome> {
  const text = writer.marker('private');
  const { outcome, data } = await writer.write(
    'writePrivateNotes',
    writer.report,
    { [`private/${writer.conversationId}`]: text },
    { conversationId: writer.conversationId, version: writer.privateVersion, text },
  );
  if (data) writer.privateVersion = data.conversation.privateNotes.version;
  return outcome;
}

async function promise(writer: Writer): Promise<Outcome> {
  const text = writer.marker('promise');
  const { outcome, data } = await writer.write(
    'addActionItem',
    writer.leader,
    { [`item/${text}`]: 'OPEN 2035-01-01 0' },
    {
      target: { conversationId: writer.conversationId },
      ownerId: writer.leader.id,
      text,
      dueOn: '2035-01-01',
    },
  );
  if (data) writer.items.push({ ...data.actionItem, text, moved: 0, dueOn: '2035-01-01' });
  return outcome;
}

async function movePromise(writer: Writer): Promise<Outcome> {
  const item = writer.any(writer.items);
  if (!item) return promise(writer);
  const moved = item.moved + 1;
  const dueOn = `2035-02-${String((moved % 27) + 1).padStart(2, '0')}`;
  const { outcome, data } = await writer.write(
    'updateActionItem',
    writer.leader,
    { [`item/${item.text}`]: `OPEN ${dueOn} ${moved}` },
    { id: item.id, version: item.version, dueOn },
  );
  if (data) Object.assign(item, data.actionItem, { moved, dueOn });
  return outcome;
}

async function closePromise(writer: Writer): Promise<Outcome> {
  const item = writer.items.length > 2 ? writer.items.shift() : undefined;
  if (!item) return promise(writer);
  const { outcome } = await writer.write(
    'closeActionItem',
    writer.leader,
    { [`item/${item.text}`]: `DONE ${item.dueOn} ${item.moved}` },
    { id: item.id, state: 'DONE' },
  );
  return outcome;
}

/** Undiscussed points carry over, counted, to the next conversation, which the recurrence plans. */
async function hold(writer: Writer): Promise<Outcome> {
  const facts: Record<string, string> = { [`conversation/${writer.conversationId}`]: 'HELD' };
  for (const point of writer.points) {
    const carried = Number(writer.ledger.value(`carried/${point.text}`) ?? 0) + 1;
    facts[`carried/${point.text}`] = String(carried);
  }
  const { outcome, data } = await writer.write(
    'holdConversation',
    writer.any([writer.leader, writer.report]),
    facts,
    {
      target: { conversationId: writer.conversationId },
    },
  );
  if (data) {
    for (const by of [writer.leader, writer.report]) {
      writer.held.push({ conversationId: writer.conversationId, by });
    }
    writer.turnTo(data.conversation.oneToOne.next.id);
    writer.notesVersion = 0;
    writer.privateVersion = 0;
    // Few enough to read them all back.
    if (writer.points.length > 12) return discussAll(writer);
  }
  return outcome;
}

async function giveFeedback(writer: Writer): Promise<Outcome> {
  const held = writer.held.shift();
  if (!held) return hold(writer);
  const better = writer.marker('better');
  const offered = writer.count % 3 > 0;
  const { outcome } = await writer.write(
    'giveFeedback',
    held.by,
    { [`feedback/${better}`]: offered ? 'offered' : 'kept' },
    { conversationId: held.conversationId, better, offered },
  );
  return outcome;
}

async function grantMandate(writer: Writer): Promise<Outcome> {
  const text = writer.marker('mandate');
  const { outcome, data } = await writer.write(
    'grantMandate',
    writer.leader,
    { [`mandate/${text}`]: 'holds' },
    { oneToOneId: writer.oneToOneId, text },
  );
  if (data) writer.mandates.push({ ...data.mandate, text });
  return outcome;
}

async function endMandate(writer: Writer): Promise<Outcome> {
  const mandate = writer.mandates.shift();
  if (!mandate) return grantMandate(writer);
  const { outcome } = await writer.write(
    'endMandate',
    writer.any([writer.leader, writer.report]),
    { [`mandate/${mandate.text}`]: 'ended' },
    { id: mandate.id },
  );
  return outcome;
}

async function raiseBarrier(writer: Writer): Promise<Outcome> {
  const title = writer.marker('barrier');
  const { outcome, data } = await writer.write(
    'raiseBarrier',
    writer.leader,
    { [`barrier/${title}`]: `OPEN ${writer.leader.id}` },
    { title, hindersCustomers: true },
  );
  if (data) writer.barriers.push({ ...data.barrier, title });
  return outcome;
}

async function supportBarrier(writer: Writer): Promise<Outcome> {
  const barrier = writer.barriers.shift();
  if (!barrier) return raiseBarrier(writer);
  const { outcome } = await writer.write(
    'supportBarrier',
    writer.report,
    { [`supported/${barrier.title}`]: '1' },
    { id: barrier.id },
  );
  return outcome;
}

async function createBusinessGoal(writer: Writer): Promise<Outcome> {
  const title = writer.marker('work');
  const keyResults = ['x', 'y'].map((name) => ({ title: name, unit: 'n', start: 0, target: 100 }));
  const { outcome, data } = await writer.write(
    'createBusinessGoal',
    writer.leader,
    { [`business/${title}`]: 'OPEN 0 0' },
    {
      title,
      cycleId: writer.cycleId,
      state: 'OPEN',
      keyResults,
      assigneeIds: [writer.report.id],
    },
  );
  if (data) writer.businessGoals.push({ ...data.businessGoal, title, hasParent: false });
  return outcome;
}

async function checkIn(writer: Writer): Promise<Outcome> {
  const goal = writer.any(writer.businessGoals);
  if (!goal) return createBusinessGoal(writer);
  const text = writer.marker('check-in');
  const health = writer.any(['ON_TRACK', 'AT_RISK', 'OFF_TRACK']);
  const values = [writer.count % 97, writer.count % 89];
  const { outcome, data } = await writer.write(
    'checkInBusinessGoal',
    writer.report,
    { [`check-in/${text}`]: health, [`business/${goal.title}`]: `OPEN ${health} ${values.join(' ')}` },
    {
      id: goal.id,
      confidence: 3,
      health,
      text,
      version: goal.version,
      currentValues: goal.keyResults.map(({ id }, index) => ({
        keyResultId: id,
        current: values[index],
      })),
    },
  );
  if (data) goal.version = data.businessGoal.version;
  return outcome;
}

async function setParent(writer: Writer): Promise<Outcome> {
  // An older one is the parent, so that there is no cycle.
  const goal = writer.businessGoals.find(({ hasParent }, index) => index > 0 && !hasParent);
  const parent = goal && writer.any(writer.businessGoals.slice(0, writer.businessGoals.indexOf(goal)));
  if (!goal || !parent) return createBusinessGoal(writer);
  const { outcome, data } = await writer.write(
    'updateBusinessGoal',
    writer.leader,
    { [`parent/${goal.title}`]: parent.title },
    { id: goal.id, version: goal.version, parentId: parent.id },
  );
  if (data) Object.assign(goal, data.businessGoal, { hasParent: true });
  return outcome;
}

async function place(writer: Writer): Promise<Outcome> {
  const goal = writer.any(writer.goals);
  const business = writer.any(writer.businessGoals);
  if (!goal || !business) return createBusinessGoal(writer);
  const key = `part/${goal.title}/${business.title}`;
  if (goal.parts.includes(key)) return createBusinessGoal(writer);
  const how = writer.marker('how');
  const { outcome, data } = await writer.write(
    'placeBusinessGoal',
    writer.leader,
    { [key]: how },
    { personalGoalId: goal.id, businessGoalId: business.id, how },
  );
  if (data) goal.parts.push(key);
  return outcome;
}

/** Three people; the first is the manager of the others. */
async function importPeople(writer: Writer): Promise<Outcome> {
  const batch = writer.marker('import');
  const first = `${batch}:1`;
  const ids = [first, `${batch}:2`, `${batch}:3`];
  const facts = Object.fromEntries(ids.map((id) => [`person/${id}`, batch]));
  for (const id of ids.slice(1)) facts[`manager/${id}`] = first;
  const lines = ids.map(
    (id, index) =>
      `${id},${batch}.${index}@example.com,Person ${id},${batch},,,${index === 0 ? '' : first},,`,
  );
  const columns = 'external_id,email,name,title,department,location,manager_external_id,hired_on,left_on';
  const { outcome, data } = await writer.write('importPeople', writer.leader, facts, {
    csv: [columns, ...lines, ''].join('\n'),
    dryRun: false,
  });
  if (data?.importReport.created === 3) writer.imported.push(batch);
  return outcome;
}

async function invite(writer: Writer): Promise<Outcome> {
  const batch = writer.imported.shift();
  if (!batch) return importPeople(writer);
  const people = await writer.findImported(batch);
  if (!people) return 'unknown';
  const { outcome } = await writer.write(
    'invitePeople',
    writer.leader,
    Object.fromEntries(people.map(({ email }) => [`invited/${email}`, '1'])),
    { personIds: people.map(({ id }) => id) },
  );
  return outcome;
}

/** Marks every point as discussed, drafts too: otherwise all that were ever added would carry over. */
async function discussAll(writer: Writer): Promise<Outcome> {
  for (let point = writer.points.pop(); point !== undefined; point = writer.points.pop()) {
    const { outcome } = await writer.write(
      'updateTalkingPoint',
      writer.leader,
      { [`point/${point.text}`]: point.draft ? 'draft discussed' : 'shared discussed' },
      { id: point.id, version: point.version, discussed: true },
    );
    if (outcome !== 'acknowledged') return outcome;
  }
  return 'acknowledged';
}

const KINDS = [
  createGoal,
  changeGoal,
  setMilestones,
  updateGoal,
  deleteGoal,
  shareUp,
  shareFirst,
  endShare,
  addPoint,
  discussPoint,
  writeNotes,
  writePrivately,
  promise,
  movePromise,
  closePromise,
  hold,
  giveFeedback,
  grantMandate,
  endMandate,
  raiseBarrier,
  supportBarrier,
  createBusinessGoal,
  checkIn,
  setParent,
  place,
  importPeople,
  invite,
] as const;

/** Writes one thing after another, at random, until `isStopped` or until a write is not answered. */
export async function writeUntil(writer: Writer, isStopped: () => boolean): Promise<void> {
  while (!isStopped()) {
    const write = writer.any(KINDS);
    if ((await write(writer)) === 'unknown') return;
  }
}
