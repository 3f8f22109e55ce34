/** Sixteen writers of every mutation, each in a separate one-to-one, four in each organization. */
import { createHash, randomBytes } from 'node:crypto';

const WRITERS = 16;
const ORGANIZATIONS = 4;

const PAYLOADS = {
  createPersonalGoal: 'personalGoal { id ownerView { version } }',
  updatePersonalGoal: '__typename ... on PersonalGoalPayload { personalGoal { ownerView { version } } }',
  setMilestones: '__typename ... on PersonalGoalPayload { personalGoal { ownerView { version } } }',
  addPersonalGoalUpdate: 'personalGoalUpdate { id } personalGoal { ownerView { version } }',
  deletePersonalGoal: 'deletedId',
  shareGoal: 'personalGoalShare { id state }',
  endShare: 'personalGoalShare { id }',
  startOneToOne: '__typename ... on OneToOnePayload { oneToOne { id next { id } } }',
  addTalkingPoint: 'talkingPoint { id version }',
  updateTalkingPoint: '__typename ... on TalkingPointPayload { talkingPoint { version } }',
  writeSharedNotes: '__typename ... on SharedNotesPayload { sharedNotes { version } }',
  writePrivateNotes: '__typename ... on ConversationPayload { conversation { id privateNotes { version } } }',
  addActionItem: 'actionItem { id version }',
  updateActionItem: '__typename ... on ActionItemPayload { actionItem { version } }',
  closeActionItem: 'actionItem { id }',
  holdConversation: 'conversation { id oneToOne { next { id } } }',
  createBusinessGoal: 'businessGoal { id version keyResults { id } }',
  updateBusinessGoal: '__typename ... on BusinessGoalPayload { businessGoal { version } }',
  checkInBusinessGoal: '... on CheckInPayload { businessGoal { version } }',
  placeBusinessGoal: '__typename ... on AlignmentPayload { alignment { id } }',
  importPeople: 'importReport { id created errorCount }',
  invitePeople: 'invitations { id }',
};

function mutation(name) {
  const input =
    {
      deletePersonalGoal: 'DeleteInput',
    }[name] ?? `${name[0].toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${input}!) { ${name}(input: $input) { ${PAYLOADS[name]} } }`;
}

/** Organizations, people, lines, sessions: straight into the tables, as the owner. */
export async function settle(admin) {
  const insert = async (table, values) => {
    const columns = Object.keys(values);
    const places = columns.map((_, index) => `$${index + 1}`);
    const { rows } = await admin.query(
      `insert into ${table} (${columns.join(', ')}) values (${places.join(', ')}) returning *`,
      Object.values(values),
    );
    return rows[0];
  };
  const organizations = [];
  for (let index = 0; index < ORGANIZATIONS; index += 1) {
    const organization = await insert('organization', { name: `Drill ${index}` });
    const cycle = await insert('cycle', {
      organization_id: organization.id,
      name: 'Year',
      starts_on: '2026-01-01',
      ends_on: '2035-12-31',
    });
    organizations.push({ id: organization.id, cycleId: cycle.id });
  }
  const person = async (organization, name) => {
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`;
    const base = { organization_id: organization.id };
    const { id } = await insert('person', { ...base, name, email });
    await insert('account', {
      ...base,
      person_id: id,
      sign_in_address: email,
      password_hash: 'opens nothing',
    });
    const token = randomBytes(32).toString('base64url');
    await insert('session', {
      ...base,
      person_id: id,
      label: 'drill',
      expires_at: new Date(Date.now() + 86_400_000),
      token_hash: createHash('sha256').update(token).digest(),
    });
    return { id, token };
  };
  const pairs = [];
  for (let index = 0; index < WRITERS; index += 1) {
    const organization = organizations[index % ORGANIZATIONS];
    const leader = await person(organization, `Leader ${index}`);
    const report = await person(organization, `Report ${index}`);
    const base = { organization_id: organization.id };
    await insert('role_grant', { ...base, person_id: leader.id, role: 'PEOPLE_ADMIN' });
    await insert('reporting_line', {
      ...base,
      report_id: report.id,
      manager_id: leader.id,
      starts_on: '2020-01-01',
    });
    pairs.push({ name: `w${index}`, organization, leader, report });
  }
  return pairs;
}

/** One writer: one thing at a time, whatever comes to mind, as the leader or the report of a pair. */
export class Writer {
  #count = 0;

  /**
   * @param {Awaited<ReturnType<typeof settle>>[number]} pair
   * @param {{ service: import('./service.mjs').Service, ledger: import('./ledger.mjs').Ledger }} world
   */
  constructor(pair, { service, ledger }) {
    Object.assign(this, pair, { service, ledger });
    this.forget();
  }

  /** What the writer goes on with; what is in the ledger stays there. */
  forget() {
    this.goals = [];
    this.points = [];
    this.items = [];
    this.businessGoals = [];
    this.imported = [];
    this.waiting = [];
    this.leaderShares = [];
  }

  async meet() {
    const { data } = await this.write(
      'startOneToOne',
      this.leader,
      {},
      {
        personId: this.report.id,
        recurrence: 'FREQ=DAILY',
        startsAt: new Date(Date.now() + 3_600_000).toISOString(),
        timeZone: 'Europe/Berlin',
      },
    );
    this.oneToOneId = data.startOneToOne.oneToOne.id;
  }

  /** Looks where things stand: through the service and, at shares, past it. */
  async resume(admin) {
    this.forget();
    const { oneToOne } = await this.service.ask(
      `query ($id: ID!) { oneToOne(id: $id) {
        next { id sharedNotes { version } talkingPoints { id version text draft discussed } }
      } }`,
      { id: this.oneToOneId },
      this.leader.token,
    );
    this.turnTo(oneToOne.next.id);
    this.notesVersion = oneToOne.next.sharedNotes.version;
    const { conversation } = await this.service.ask(
      'query ($id: ID!) { conversation(id: $id) { privateNotes { version } } }',
      { id: oneToOne.next.id },
      this.report.token,
    );
    this.privateVersion = conversation.privateNotes?.version ?? 0;
    this.points = oneToOne.next.talkingPoints.filter(({ discussed }) => !discussed);
    const { rows } = await admin.query(
      `select s.id, s.owner_id as "ownerId", s.waiting, g.title from goal_share s
       join goal_share_own o on o.share_id = s.id join personal_goal g on g.id = s.goal_id
       where s.owner_id = any ($1) and s.ended_at is null order by o.created_at`,
      [[this.leader.id, this.report.id]],
    );
    this.leaderShares = rows.filter(({ ownerId }) => ownerId === this.leader.id);
    this.waiting = rows.filter(({ waiting }) => waiting).map(({ title }) => title);
    this.sharedFirst = this.leaderShares.length > 0;
  }

  turnTo(conversationId) {
    this.conversationId = conversationId;
    this.ledger.note(`conversation/${conversationId}`, 'PLANNED');
  }

  /** Writes until `stopped` says so, or until a write is not answered. */
  async run(stopped) {
    const kinds = Object.values(this.deeds);
    while (!stopped()) {
      const deed = kinds[Math.floor(Math.random() * kinds.length)];
      const outcome = await deed();
      if (outcome === 'unknown') return;
    }
  }

  /** @param {Record<string, string | undefined>} facts what holds once it is acknowledged */
  async write(name, { token }, facts, input) {
    const answer = await this.service.send(mutation(name), { input }, token);
    this.ledger.record(name, facts, answer);
    return answer;
  }

  marker(kind) {
    return `${this.name}-${kind}-${(this.#count += 1)}`;
  }

  any(list) {
    return list[Math.floor(Math.random() * list.length)];
  }

  deeds = {
    createGoal: async () => {
      const title = this.marker('goal');
      const { outcome, data } = await this.write(
        'createPersonalGoal',
        this.leader,
        { [`goal/${title}`]: 'ACTIVE PRIVATE why', [`measure/${title}`]: '0' },
        { title, why: 'why', measure: { unit: 'km', start: 0, target: 1000 } },
      );
      if (data) {
        const { id, ownerView } = data.createPersonalGoal.personalGoal;
        this.goals.push({ id, version: ownerView.version, title, visibility: 'PRIVATE' });
      }
      return outcome;
    },

    changeGoal: async () => {
      const goal = this.any(this.goals);
      if (!goal) return this.deeds.createGoal();
      const why = this.marker('why');
      const { outcome, data } = await this.write(
        'updatePersonalGoal',
        this.leader,
        { [`goal/${goal.title}`]: `ACTIVE ${goal.visibility} ${why}` },
        { id: goal.id, version: goal.version, why },
      );
      if (data) Object.assign(goal, data.updatePersonalGoal.personalGoal.ownerView, { why });
      return outcome;
    },

    setMilestones: async () => {
      const goal = this.any(this.goals);
      if (!goal) return this.deeds.createGoal();
      const titles = ['a', 'b', 'c'].map((letter) => this.marker(letter));
      const { outcome, data } = await this.write(
        'setMilestones',
        this.leader,
        { [`milestones/${goal.title}`]: titles.join(' ') },
        { id: goal.id, version: goal.version, milestones: titles.map((title) => ({ title })) },
      );
      if (data) goal.version = data.setMilestones.personalGoal.ownerView.version;
      return outcome;
    },

    updateGoal: async () => {
      const goal = this.any(this.goals);
      if (!goal) return this.deeds.createGoal();
      const text = this.marker('update');
      const value = 1 + (this.#count % 900);
      const { outcome, data } = await this.write(
        'addPersonalGoalUpdate',
        this.leader,
        { [`update/${text}`]: String(value), [`measure/${goal.title}`]: String(value) },
        { goalId: goal.id, text, measuredValue: value },
      );
      if (data) {
        goal.version = data.addPersonalGoalUpdate.personalGoal.ownerView.version;
        (goal.parts ??= []).push(`update/${text}`);
      }
      return outcome;
    },

    deleteGoal: async () => {
      const goal = this.goals.length > 4 ? this.goals.shift() : undefined;
      if (!goal) return this.deeds.createGoal();
      this.leaderShares = this.leaderShares.filter(({ title }) => title !== goal.title);
      if (this.leaderShares.length === 0) this.sharedFirst = false;
      const facts = Object.fromEntries(
        ['goal', 'measure', 'milestones', 'share'].map((kind) => [`${kind}/${goal.title}`, undefined]),
      );
      for (const key of goal.parts ?? []) facts[key] = undefined;
      const { outcome } = await this.write('deletePersonalGoal', this.leader, facts, { id: goal.id });
      return outcome;
    },

    /** The report shares with the leader: it waits unless the leader has shared. */
    shareUp: async () => {
      const title = this.marker('hope');
      const made = await this.write(
        'createPersonalGoal',
        this.report,
        { [`goal/${title}`]: 'ACTIVE PRIVATE' },
        { title },
      );
      if (!made.data) return made.outcome;
      const { outcome, data } = await this.write(
        'shareGoal',
        this.report,
        { [`goal/${title}`]: 'ACTIVE SHARED', [`share/${title}`]: this.sharedFirst ? 'ACTIVE' : 'PENDING' },
        { goalId: made.data.createPersonalGoal.personalGoal.id, personId: this.leader.id },
      );
      if (data && !this.sharedFirst) this.waiting.push(title);
      return outcome;
    },

    /** The leader shares with the report: shares that waited become active. */
    shareFirst: async () => {
      const goal = this.goals.find(({ visibility }) => visibility === 'PRIVATE');
      if (!goal) return this.deeds.createGoal();
      const facts = {
        [`goal/${goal.title}`]: `ACTIVE SHARED ${goal.why ?? 'why'}`,
        [`share/${goal.title}`]: 'ACTIVE',
      };
      for (const title of this.waiting) facts[`share/${title}`] = 'ACTIVE';
      const { outcome, data } = await this.write('shareGoal', this.leader, facts, {
        goalId: goal.id,
        personId: this.report.id,
      });
      if (data) {
        goal.visibility = 'SHARED';
        // A first share counts as a change of its goal.
        goal.version += 1;
        this.leaderShares.push({ id: data.shareGoal.personalGoalShare.id, title: goal.title });
        this.sharedFirst = true;
        this.waiting = [];
      }
      return outcome;
    },

    endShare: async () => {
      const share = this.leaderShares.pop();
      if (!share) return this.deeds.shareFirst();
      if (this.leaderShares.length === 0) this.sharedFirst = false;
      const { outcome } = await this.write(
        'endShare',
        this.leader,
        { [`share/${share.title}`]: 'ENDED' },
        { id: share.id },
      );
      return outcome;
    },

    addPoint: async () => {
      const text = this.marker('point');
      const draft = this.#count % 2 === 0;
      const { outcome, data } = await this.write(
        'addTalkingPoint',
        this.leader,
        { [`point/${text}`]: draft ? 'draft' : 'shared', [`carried/${text}`]: '0' },
        { target: { conversationId: this.conversationId }, text, draft },
      );
      if (data) this.points.push({ ...data.addTalkingPoint.talkingPoint, text, draft, carried: 0 });
      return outcome;
    },

    discussPoint: async () => {
      const point = this.points.find(({ draft }) => !draft);
      if (!point) return this.deeds.addPoint();
      const { outcome, data } = await this.write(
        'updateTalkingPoint',
        this.leader,
        { [`point/${point.text}`]: 'shared discussed' },
        { id: point.id, version: point.version, discussed: true },
      );
      if (data) this.points.splice(this.points.indexOf(point), 1);
      return outcome;
    },

    writeNotes: async () => {
      const text = this.marker('notes');
      const { outcome, data } = await this.write(
        'writeSharedNotes',
        this.any([this.leader, this.report]),
        { [`notes/${this.conversationId}`]: text },
        { conversationId: this.conversationId, version: this.notesVersion, text },
      );
      if (data) this.notesVersion = data.writeSharedNotes.sharedNotes.version;
      return outcome;
    },

    writePrivately: async () => {
      const text = this.marker('private');
      const { outcome, data } = await this.write(
        'writePrivateNotes',
        this.report,
        { [`private/${this.conversationId}`]: text },
        { conversationId: this.conversationId, version: this.privateVersion, text },
      );
      if (data) this.privateVersion = data.writePrivateNotes.conversation.privateNotes.version;
      return outcome;
    },

    promise: async () => {
      const text = this.marker('promise');
      const { outcome, data } = await this.write(
        'addActionItem',
        this.leader,
        { [`item/${text}`]: 'OPEN 2035-01-01 0' },
        {
          target: { conversationId: this.conversationId },
          ownerId: this.leader.id,
          text,
          dueOn: '2035-01-01',
        },
      );
      if (data) this.items.push({ ...data.addActionItem.actionItem, text, moved: 0, dueOn: '2035-01-01' });
      return outcome;
    },

    movePromise: async () => {
      const item = this.any(this.items);
      if (!item) return this.deeds.promise();
      const moved = item.moved + 1;
      const dueOn = `2035-02-${String((moved % 27) + 1).padStart(2, '0')}`;
      const { outcome, data } = await this.write(
        'updateActionItem',
        this.leader,
        { [`item/${item.text}`]: `OPEN ${dueOn} ${moved}` },
        { id: item.id, version: item.version, dueOn },
      );
      if (data) Object.assign(item, data.updateActionItem.actionItem, { moved, dueOn });
      return outcome;
    },

    closePromise: async () => {
      const item = this.items.length > 2 ? this.items.shift() : undefined;
      if (!item) return this.deeds.promise();
      const { outcome } = await this.write(
        'closeActionItem',
        this.leader,
        { [`item/${item.text}`]: `DONE ${item.dueOn} ${item.moved}` },
        { id: item.id, state: 'DONE' },
      );
      return outcome;
    },

    /** What was not discussed goes on, counted, to the next one, which the rhythm plans. */
    hold: async () => {
      const facts = { [`conversation/${this.conversationId}`]: 'HELD' };
      for (const point of this.points) {
        const carried = Number(this.ledger.value(`carried/${point.text}`) ?? 0) + 1;
        facts[`carried/${point.text}`] = String(carried);
      }
      const { outcome, data } = await this.write(
        'holdConversation',
        this.any([this.leader, this.report]),
        facts,
        {
          target: { conversationId: this.conversationId },
        },
      );
      if (data) {
        this.turnTo(data.holdConversation.conversation.oneToOne.next.id);
        this.notesVersion = 0;
        this.privateVersion = 0;
        // Few enough to be looked through.
        if (this.points.length > 12) return this.discussAll();
      }
      return outcome;
    },

    createBusinessGoal: async () => {
      const title = this.marker('work');
      const keyResults = ['x', 'y'].map((name) => ({ title: name, unit: 'n', start: 0, target: 100 }));
      const { outcome, data } = await this.write(
        'createBusinessGoal',
        this.leader,
        { [`business/${title}`]: 'OPEN 0 0' },
        {
          title,
          cycleId: this.organization.cycleId,
          state: 'OPEN',
          keyResults,
          assigneeIds: [this.report.id],
        },
      );
      if (data) this.businessGoals.push({ ...data.createBusinessGoal.businessGoal, title, below: false });
      return outcome;
    },

    checkIn: async () => {
      const goal = this.any(this.businessGoals);
      if (!goal) return this.deeds.createBusinessGoal();
      const text = this.marker('check-in');
      const health = this.any(['ON_TRACK', 'AT_RISK', 'OFF_TRACK']);
      const values = [this.#count % 97, this.#count % 89];
      const { outcome, data } = await this.write(
        'checkInBusinessGoal',
        this.report,
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
      if (data) goal.version = data.checkInBusinessGoal.businessGoal.version;
      return outcome;
    },

    setParent: async () => {
      // Below an older one, so that no circle closes.
      const goal = this.businessGoals.find(({ below }, index) => index > 0 && !below);
      if (!goal) return this.deeds.createBusinessGoal();
      const parent = this.any(this.businessGoals.slice(0, this.businessGoals.indexOf(goal)));
      const { outcome, data } = await this.write(
        'updateBusinessGoal',
        this.leader,
        { [`parent/${goal.title}`]: parent.title },
        { id: goal.id, version: goal.version, parentId: parent.id },
      );
      if (data) Object.assign(goal, data.updateBusinessGoal.businessGoal, { below: true });
      return outcome;
    },

    place: async () => {
      const goal = this.any(this.goals);
      const business = this.any(this.businessGoals);
      if (!goal || !business) return this.deeds.createBusinessGoal();
      const key = `part/${goal.title}/${business.title}`;
      if (goal.parts?.includes(key)) return this.deeds.createBusinessGoal();
      const how = this.marker('how');
      const { outcome, data } = await this.write(
        'placeBusinessGoal',
        this.leader,
        { [key]: how },
        { personalGoalId: goal.id, businessGoalId: business.id, how },
      );
      if (data) (goal.parts ??= []).push(key);
      return outcome;
    },

    /** Three people, the second and third below the first. */
    importPeople: async () => {
      const batch = this.marker('import');
      const ids = ['1', '2', '3'].map((number) => `${batch}:${number}`);
      const facts = Object.fromEntries(ids.map((id) => [`person/${id}`, batch]));
      for (const id of ids.slice(1)) facts[`manager/${id}`] = ids[0];
      const lines = ids.map(
        (id, index) =>
          `${id},${batch}.${index}@example.com,Person ${id},${batch},,,${index === 0 ? '' : ids[0]},,`,
      );
      const columns = 'external_id,email,name,title,department,location,manager_external_id,hired_on,left_on';
      const { outcome, data } = await this.write('importPeople', this.leader, facts, {
        csv: [columns, ...lines, ''].join('\n'),
        dryRun: false,
      });
      if (data && data.importPeople.importReport.created === 3) this.imported.push(batch);
      return outcome;
    },

    invite: async () => {
      const batch = this.imported.shift();
      if (!batch) return this.deeds.importPeople();
      const { people } = await this.find(batch);
      if (!people) return 'unknown';
      const { outcome } = await this.write(
        'invitePeople',
        this.leader,
        Object.fromEntries(people.map(({ email }) => [`invited/${email}`, '1'])),
        { personIds: people.map(({ id }) => id) },
      );
      return outcome;
    },
  };

  /** Also the drafts, or all that was ever added would be carried on for ever. */
  async discussAll() {
    while (this.points.length > 0) {
      const point = this.points.pop();
      const { outcome } = await this.write(
        'updateTalkingPoint',
        this.leader,
        { [`point/${point.text}`]: point.draft ? 'draft discussed' : 'shared discussed' },
        { id: point.id, version: point.version, discussed: true },
      );
      if (outcome !== 'acknowledged') return outcome;
    }
    return 'acknowledged';
  }

  /**
   * Reads back, as its writer, what is known of the newest goals and of the conversation.
   *
   * @returns {Promise<{ read: number, wrong: string[] }>}
   */
  async readBack() {
    const { nodes } = await this.service.ask(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on PersonalGoal { title status visibility why } } }`,
      { ids: this.goals.slice(-20).map(({ id }) => id) },
      this.leader.token,
    );
    const wrong = [];
    for (const [index, { title }] of this.goals.slice(-20).entries()) {
      const { status, visibility, why } = nodes[index] ?? {};
      const read = nodes[index] === null ? undefined : `${status} ${visibility} ${why}`;
      if (read !== this.ledger.value(`goal/${title}`)) wrong.push(`goal/${title} is read as ${read}`);
    }
    const { conversation } = await this.service.ask(
      'query ($id: ID!) { conversation(id: $id) { sharedNotes { text } } }',
      { id: this.conversationId },
      this.leader.token,
    );
    const notes = this.ledger.value(`notes/${this.conversationId}`) ?? '';
    if (conversation?.sharedNotes.text !== notes)
      wrong.push(`notes/${this.conversationId} are read otherwise`);
    return { read: nodes.length + 1, wrong };
  }

  async find(batch) {
    const { data } = await this.service.send(
      'query ($search: String!) { people(search: $search, first: 5) { nodes { id email title } } }',
      { search: batch },
      this.leader.token,
    );
    return { people: data?.people.nodes.filter(({ title }) => title === batch) };
  }
}
