import type { Client } from 'pg';
import type { Caller, Pair } from './company.js';
import type { Facts, Ledger } from './ledger.js';
import { mutation, type MutationName, type Payloads } from './mutations.js';
import type { Reply, Service } from './service.js';

interface Goal {
  readonly id: string;
  readonly title: string;
  version: number;
  visibility: 'PRIVATE' | 'SHARED';
  why: string;
  /** The keys of facts that are deleted with it. */
  readonly parts: string[];
}
interface Point {
  readonly id: string;
  readonly text: string;
  readonly draft: boolean;
  readonly version: number;
}
interface Item {
  readonly id: string;
  readonly text: string;
  version: number;
  dueOn: string;
  /** How often its date was moved. */
  moved: number;
}
interface BusinessGoal {
  readonly id: string;
  readonly title: string;
  readonly keyResults: readonly { readonly id: string }[];
  version: number;
  hasParent: boolean;
}

/** How many of the newest goals a writer reads back. */
const READ_BACK = 20;

/**
 * Writes one thing at a time, as the leader or the report of a pair, and keeps what it needs for the next write. What must be in the
 * database is in the ledger.
 */
export class Writer {
  goals: Goal[] = [];
  points: Point[] = [];
  items: Item[] = [];
  businessGoals: BusinessGoal[] = [];
  /** The markers of imports whose people are not invited. */
  imported: string[] = [];
  /** The titles of the report's goals whose shares wait for the leader. */
  waiting: string[] = [];
  leaderShares: { readonly id: string; readonly title: string }[] = [];
  /** Conversations that were held, with those who have given no feedback on them. */
  held: { readonly conversationId: string; readonly by: Caller }[] = [];
  mandates: { readonly id: string; readonly text: string }[] = [];
  /** Barriers that the leader has raised and the report has not supported. */
  barriers: { readonly id: string; readonly title: string }[] = [];
  conversationId = '';
  notesVersion = 0;
  privateVersion = 0;
  /** How many unique texts it has made. */
  count = 0;
  readonly cycleId: string;
  readonly leader: Caller;
  readonly report: Caller;
  private readonly name: string;
  oneToOneId = '';

  constructor(
    { name, cycleId, leader, report }: Pair,
    private readonly service: Service,
    readonly ledger: Ledger,
  ) {
    this.name = name;
    this.cycleId = cycleId;
    this.leader = leader;
    this.report = report;
  }

  /** Whether the leader shares a goal with the report, so that the report's shares with the leader do not wait. */
  get sharedFirst(): boolean {
    return this.leaderShares.length > 0;
  }

  /** Starts the one-to-one of the pair. */
  async meet(): Promise<void> {
    const input = {
      personId: this.report.id,
      recurrence: 'FREQ=DAILY',
      startsAt: new Date(Date.now() + 3_600_000).toISOString(),
      timeZone: 'Europe/Berlin',
    };
    const { data } = await this.write('startOneToOne', this.leader, {}, input);
    if (data === undefined) throw new Error('The one-to-one was not started.');
    this.oneToOneId = data.oneToOne.id;
  }

  /** Forgets what it kept, and reads how things are: through the service and, for shares, past it. */
  async resume(admin: Client): Promise<void> {
    this.goals = [];
    this.items = [];
    this.businessGoals = [];
    this.imported = [];
    this.held = [];
    this.mandates = [];
    this.barriers = [];
    const {
      oneToOne: { next },
    } = await this.service.ask<{
      oneToOne: {
        next: {
          id: string;
          sharedNotes: { version: number };
          talkingPoints: (Point & { discussed: boolean })[];
        };
      };
    }>(
      `query ($id: ID!) { oneToOne(id: $id) {
        next { id sharedNotes { version } talkingPoints { id version text draft discussed } }
      } }`,
      { id: this.oneToOneId },
      this.leader.token,
    );
    this.turnTo(next.id);
    this.notesVersion = next.sharedNotes.version;
    this.points = next.talkingPoints.filter(({ discussed }) => !discussed);
    const { conversation } = await this.service.ask<{
      conversation: { privateNotes: { version: number } | null };
    }>(
      'query ($id: ID!) { conversation(id: $id) { privateNotes { version } } }',
      { id: next.id },
      this.report.token,
    );
    this.privateVersion = conversation.privateNotes?.version ?? 0;
    const { rows } = await admin.query<{ id: string; ownerId: string; waiting: boolean; title: string }>(
      `select s.id, s.owner_id as "ownerId", s.waiting, g.title from goal_share s
       join goal_share_own o on o.share_id = s.id join personal_goal g on g.id = s.goal_id
       where s.owner_id = any ($1) and s.ended_at is null order by o.created_at`,
      [[this.leader.id, this.report.id]],
    );
    this.leaderShares = rows.filter(({ ownerId }) => ownerId === this.leader.id);
    this.waiting = rows.filter(({ waiting }) => waiting).map(({ title }) => title);
  }

  turnTo(conversationId: string): void {
    this.conversationId = conversationId;
    this.ledger.note(`conversation/${conversationId}`, 'PLANNED');
  }

  /** @param facts what holds once it is acknowledged */
  async write<Name extends MutationName>(
    name: Name,
    { token }: Caller,
    facts: Facts,
    input: Record<string, unknown>,
  ): Promise<Reply<Payloads[Name]>> {
    const { data, ...reply } = await this.service.send<Record<Name, Payloads[Name]>>(
      mutation(name),
      { input },
      token,
    );
    this.ledger.record(name, facts, reply);
    return { ...reply, ...(data && { data: data[name] }) };
  }

  /** A unique text, by which a row is found again. */
  marker(kind: string): string {
    return `${this.name}-${kind}-${(this.count += 1)}`;
  }

  any<T>(list: readonly [T, ...T[]]): T;
  any<T>(list: readonly T[]): T | undefined;
  any<T>(list: readonly T[]): T | undefined {
    return list[Math.floor(Math.random() * list.length)];
  }

  /** Reads the newest goals and the notes through the service. `wrong` has a sentence for each difference from the ledger. */
  async readBack(): Promise<{ read: number; wrong: string[] }> {
    const goals = this.goals.slice(-READ_BACK);
    const { nodes } = await this.service.ask<{
      nodes: ({ status: string; visibility: string; why: string } | null)[];
    }>(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on PersonalGoal { title status visibility why } } }`,
      { ids: goals.map(({ id }) => id) },
      this.leader.token,
    );
    const wrong: string[] = [];
    for (const [index, { title }] of goals.entries()) {
      const node = nodes[index];
      const read = node == null ? undefined : `${node.status} ${node.visibility} ${node.why}`;
      if (read !== this.ledger.value(`goal/${title}`)) wrong.push(`goal/${title} is read as ${String(read)}`);
    }
    const { conversation } = await this.service.ask<{
      conversation: { sharedNotes: { text: string } } | null;
    }>(
      'query ($id: ID!) { conversation(id: $id) { sharedNotes { text } } }',
      { id: this.conversationId },
      this.leader.token,
    );
    const notes = this.ledger.value(`notes/${this.conversationId}`) ?? '';
    if (conversation?.sharedNotes.text !== notes)
      wrong.push(`notes/${this.conversationId} are read as others`);
    return { read: nodes.length + 1, wrong };
  }

  /** The people of an import; undefined when the service does not return them. */
  async findImported(batch: string): Promise<{ id: string; email: string }[] | undefined> {
    const { data } = await this.service.send<{
      people: { nodes: { id: string; email: string; title: string }[] };
    }>(
      'query ($search: String!) { people(search: $search, first: 5) { nodes { id email title } } }',
      { search: batch },
      this.leader.token,
    );
    return data?.people.nodes.filter(({ title }) => title === batch);
  }
}
