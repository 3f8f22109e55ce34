import type {
  ApolloCache,
  ApolloClient,
  DocumentNode,
  MutationUpdaterFunction,
  OperationVariables,
  TypedDocumentNode,
} from '@apollo/client';
import { expectsSession, renewSession } from '../session.ts';
import { keep, list, remove } from './device.ts';
import { clearSavedDrafts, writeDrafts } from './drafts.ts';
import type { Turn } from './in-order.ts';
import { personOfPage } from './person.ts';
import { problemOf, type Problem } from './problem.ts';
import { textsOf } from './texts.ts';

/** A mutation as it is kept on the device. */
interface Change {
  readonly document: DocumentNode;
  readonly variables: OperationVariables;
  readonly key: string;
  /** The tab that sends it, as the name of a lock that the tab holds while it is open. */
  readonly tab: string;
  /** When it was first sent, in milliseconds. Undefined if it certainly never was. */
  readonly sentAt?: number;
  /** Why it was not saved, for a change that no component of the page waits for any more. */
  readonly problem?: Problem;
}

/** A change that was not saved, and that nothing on the page shows. */
export interface Failed {
  readonly id: string;
  readonly problem: Problem;
  /** What somebody wrote in it. */
  readonly text: string;
}

export interface QueueState {
  /** How many changes wait for the connection or a service that is busy. */
  readonly waiting: number;
  readonly failed: readonly Failed[];
}

export interface Sent<Data, Variables extends OperationVariables> {
  readonly document: TypedDocumentNode<Data, Variables>;
  readonly variables: Variables;
  readonly update?: MutationUpdaterFunction<Data, Variables, ApolloCache> | undefined;
  /** The names of queries that are asked for again once it is saved. */
  readonly refetch?: readonly string[] | undefined;
  /** What the answer will probably be: shown at once, and taken back if the change is not saved. */
  readonly optimistic?: Data | undefined;
  readonly setWaiting: (isWaiting: boolean) => void;
  /** Whether the component that would show a problem is still there. */
  readonly isShown: () => boolean;
}

/** The service knows an Idempotency-Key for 24 hours (docs/api.md); later, sending again could have a second effect. */
const KEY_MS = 23 * 3_600_000;
const UNSURE = problem('UNSURE');
/** Somebody else changed the same thing in the meantime. */
export const EDITED = problem('EDIT_CONFLICT');

function problem(code: string): Problem {
  return { failure: { kind: 'fault', requestId: undefined }, code, message: undefined, fields: [] };
}

/**
 * Sends the changes of a person in order, each with an `Idempotency-Key`. A change is kept on the device, encrypted, from before it is
 * sent until it is answered: it survives a reload, a lost connection and a session that ends.
 */
export class ChangeQueue {
  private state: QueueState = { waiting: 0, failed: [] };
  private readonly listeners = new Set<() => void>();
  /** Changes that are not answered, with how to tell their components whether they wait. */
  private readonly pending = new Map<string, (isWaiting: boolean) => void>();
  private isWaiting = false;
  private readonly tab = `mutual-tab-${crypto.randomUUID()}`;
  private readonly watched = new Set<string>();
  private last: Promise<unknown>;
  private count = 0;
  private readonly client: ApolloClient;

  constructor(client: ApolloClient) {
    this.client = client;
    // Held until the tab is closed: another tab takes over only what nobody sends.
    void navigator.locks.request(this.tab, () => new Promise(() => undefined));
    this.last = this.sendRest();
    for (const [target, type] of [
      [window, 'online'],
      [document, 'visibilitychange'],
    ] as const) {
      target.addEventListener(type, () => {
        if (document.visibilityState === 'visible') this.last = this.last.then(() => this.sendRest());
      });
    }
  }

  /** @throws what the service answered, if it did not save the change */
  async send<Data, Variables extends OperationVariables>(sent: Sent<Data, Variables>): Promise<Data> {
    const { document, variables } = sent;
    const id = this.nextId();
    const isNext = this.pending.size === 0;
    const change: Change = {
      document,
      variables,
      key: crypto.randomUUID(),
      tab: this.tab,
      ...(isNext && { sentAt: Date.now() }),
    };
    const person = personOfPage();
    const kept = person === undefined ? Promise.resolve() : keep(person, 'change', id, change);
    try {
      const before = this.last;
      const answer = this.mutate(id, change, person, Promise.all([before, kept]), sent);
      this.last = Promise.allSettled([before, answer]);
      const data = await answer;
      void this.forget(id, person);
      return data as Data;
    } catch (error) {
      const problem = problemOf(error);
      if (problem.failure.kind === 'signed-out' && person !== undefined) return this.signInAgain();
      if (sent.isShown()) await this.forget(id, person);
      else await this.fail(id, change, person, problem);
      throw error;
    }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): QueueState => this.state;

  /** Gives up a change that was not saved. */
  async discard(id: string): Promise<void> {
    this.setState({ failed: this.state.failed.filter((one) => one.id !== id) });
    await this.forget(id, personOfPage());
  }

  private async mutate<Data, Variables extends OperationVariables>(
    id: string,
    change: Change,
    person: string | undefined,
    turn: Promise<unknown>,
    { update, refetch, optimistic, setWaiting = () => undefined }: Partial<Sent<Data, Variables>>,
  ): Promise<unknown> {
    this.pending.set(id, setWaiting);
    if (this.isWaiting) this.setWaiting(true);
    const context: { headers: Record<string, string>; turn: Turn } = {
      headers: { 'idempotency-key': change.key },
      turn: {
        come: async () => {
          await turn;
          if (person !== undefined && change.sentAt === undefined)
            await keep(person, 'change', id, { ...change, sentAt: Date.now() });
        },
        setWaiting: (isWaiting) => {
          this.setWaiting(isWaiting);
        },
      },
    };
    try {
      const { data } = await this.client.mutate({
        mutation: change.document,
        variables: change.variables,
        context,
        ...(update && { update: update as never }),
        ...(refetch && { refetchQueries: [...refetch] }),
        ...(optimistic !== undefined && { optimisticResponse: optimistic }),
      });
      return data;
    } finally {
      this.pending.delete(id);
      setWaiting(false);
      this.setWaiting(false);
    }
  }

  /** While one change waits, so do those behind it. */
  private setWaiting(isWaiting: boolean): void {
    this.isWaiting = isWaiting;
    for (const set of this.pending.values()) set(isWaiting);
    const waiting = isWaiting ? this.pending.size : 0;
    if (waiting !== this.state.waiting) this.setState({ waiting });
  }

  /** Sends what earlier pages of this device could not, in order, and shows what the service did not save. */
  private async sendRest(): Promise<void> {
    const person = personOfPage();
    if (person === undefined || !expectsSession()) return;
    await navigator.locks.request(`mutual-rest-${person}`, { ifAvailable: true }, async (lock) => {
      if (lock === null) return;
      const { held = [] } = await navigator.locks.query();
      const open = new Set(held.map(({ name }) => name));
      const rest = (await list(person, 'change')).map(({ id, value }) => ({ id, change: value as Change }));
      this.setState({ failed: rest.flatMap(({ id, change }) => failedOf(id, change)) });
      for (const { change } of rest) {
        if (change.problem === undefined && change.tab !== this.tab && open.has(change.tab))
          this.watch(change.tab);
      }
      for (const { id, change } of rest) {
        if (change.problem === undefined && !open.has(change.tab)) await this.resend(id, change, person);
      }
    });
  }

  /** Takes over what another tab has not sent, once it is closed. A page that has just been loaded again may still be closing. */
  private watch(tab: string): void {
    if (this.watched.has(tab)) return;
    this.watched.add(tab);
    void navigator.locks.request(tab, () => {
      this.last = this.last.then(() => this.sendRest());
    });
  }

  private async resend(id: string, change: Change, person: string): Promise<void> {
    const mine = { ...change, tab: this.tab };
    if (change.sentAt !== undefined && change.sentAt + KEY_MS < Date.now())
      return this.fail(id, mine, person, UNSURE);
    try {
      const data = await this.mutate(id, mine, person, keep(person, 'change', id, mine), {});
      if (isEditConflict(data)) {
        await this.fail(id, mine, person, EDITED);
        return;
      }
      await this.forget(id, person);
      await clearSavedDrafts(person, new Set(textsOf(change.variables)));
      await this.client.refetchQueries({ include: 'active' });
    } catch (error) {
      const problem = problemOf(error);
      if (problem.failure.kind === 'signed-out') await this.signInAgain();
      else await this.fail(id, mine, person, problem);
    }
  }

  private async fail(
    id: string,
    change: Change,
    person: string | undefined,
    problem: Problem,
  ): Promise<void> {
    const failed = { ...change, problem };
    if (person !== undefined) await keep(person, 'change', id, failed);
    this.setState({
      failed: [...this.state.failed.filter((one) => one.id !== id), ...failedOf(id, failed)],
    });
  }

  private async forget(id: string, person: string | undefined): Promise<void> {
    if (person !== undefined) await remove(person, 'change', id);
  }

  /** What was not sent stays on the device until the same person has signed in again. */
  private async signInAgain(): Promise<never> {
    await writeDrafts();
    renewSession();
    return new Promise(() => undefined);
  }

  /** Sorted by time, also across pages. */
  private nextId(): string {
    this.count += 1;
    return `${String(Date.now()).padStart(15, '0')}-${String(this.count).padStart(6, '0')}-${this.tab.slice(-8)}`;
  }

  private setState(change: Partial<QueueState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}

function failedOf(id: string, { problem, variables }: Change): readonly Failed[] {
  return problem === undefined ? [] : [{ id, problem, text: textsOf(variables).join('\n\n') }];
}

function isEditConflict(data: unknown): boolean {
  return Object.values(data ?? {}).some(
    (payload: unknown) =>
      typeof payload === 'object' &&
      payload !== null &&
      '__typename' in payload &&
      payload.__typename === 'EditConflict',
  );
}
