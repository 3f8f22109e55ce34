/** By key ("goal/…"), the value that observe.ts reads back; undefined means that the row is absent. */
export type Facts = Readonly<Record<string, string | undefined>>;

/** `unknown`: there was no answer, or one of a failure, so that the write may have been committed. */
export type Outcome = 'acknowledged' | 'refused' | 'unknown';

/** What a comparison with the database found. */
export interface Settlement {
  /** A sentence for each acknowledged write of which something is missing, and for each refused one that happened. */
  readonly lost: readonly string[];
  /** A sentence for each unanswered write of which only a part happened. */
  readonly half: readonly string[];
  /** How many of the unanswered writes happened. */
  readonly happened: number;
  /** How many facts were compared. */
  readonly checked: number;
}

const count = <Key>(counts: Map<Key, number>, key: Key): void =>
  void counts.set(key, (counts.get(key) ?? 0) + 1);

/**
 * What must be in the database, as its writers know it. The facts of an acknowledged write hold; those of a refused write are as they
 * were before; of an unanswered write either all hold or none. Each key has one writer, who does one write at a time and stops at one
 * that is not answered, until the next comparison.
 */
export class Ledger {
  readonly counts: Record<Outcome, number> = { acknowledged: 0, refused: 0, unknown: 0 };
  readonly refusals = new Map<string, number>();
  readonly failures = new Map<string, number>();
  readonly kinds = new Map<string, number>();
  /** By key, the value that holds for sure, and the number of the write that set it. */
  private readonly known = new Map<string, { value: string | undefined; write: number }>();
  private unanswered: (readonly [string, string | undefined])[][] = [];
  private writes = 0;

  value(key: string): string | undefined {
    return this.known.get(key)?.value;
  }

  /** Notes a value that was there before the writers began. */
  note(key: string, value: string): void {
    this.known.set(key, { value, write: 0 });
  }

  /** @param kind the mutation */
  record(kind: string, facts: Facts, { outcome, code = '' }: { outcome: Outcome; code?: string }): void {
    const write = (this.writes += 1);
    this.counts[outcome] += 1;
    if (outcome === 'unknown') {
      this.unanswered.push(Object.entries(facts));
      count(this.failures, code);
    }
    if (outcome === 'refused') {
      count(this.refusals, `${kind} ${code}`);
      for (const key of Object.keys(facts)) {
        if (!this.known.has(key)) this.known.set(key, { value: undefined, write });
      }
    }
    if (outcome === 'acknowledged') {
      count(this.kinds, kind);
      for (const [key, value] of Object.entries(facts)) this.known.set(key, { value, write });
    }
  }

  /** Compares with what is in the database, and continues from that. */
  settle(actual: ReadonlyMap<string, string>): Settlement {
    const half: string[] = [];
    let happened = 0;
    const uncertain = new Set<string>();
    for (const facts of this.unanswered) {
      for (const [key] of facts) uncertain.add(key);
      const all = facts.every(([key, value]) => actual.get(key) === value);
      const none = facts.every(([key]) => actual.get(key) === this.value(key));
      if (all) happened += 1;
      else if (!none) {
        half.push(
          facts.map(([key, value]) => `${key}: ${String(actual.get(key))}/${String(value)}`).join(', '),
        );
      }
    }
    const lost = new Map<number, string>();
    for (const [key, { value, write }] of this.known) {
      if (uncertain.has(key) || actual.get(key) === value || lost.has(write)) continue;
      lost.set(write, `${key} is ${String(actual.get(key))} instead of ${String(value)}`);
    }
    const settlement = { lost: [...lost.values()], half, happened, checked: this.known.size };
    for (const key of [...this.known.keys(), ...uncertain]) {
      if (actual.get(key) !== this.value(key)) this.known.set(key, { value: actual.get(key), write: 0 });
    }
    this.unanswered = [];
    return settlement;
  }
}
