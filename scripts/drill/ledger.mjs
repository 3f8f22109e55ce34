/**
 * What must be true, by those who wrote it. A fact is a key ("goal/…") and a value as observe.mjs reads it back; absent is
 * undefined. Of a write that was acknowledged its facts hold, of one that was refused those from before, and of one that
 * nobody answered either all of them or none. A key is one writer's, who writes one thing at a time and, after a write that
 * nobody answered, none before the next look.
 */
export class Ledger {
  counts = { acknowledged: 0, refused: 0, unknown: 0 };
  refusals = new Map();
  failures = new Map();
  kinds = new Map();
  /** By key, what holds for sure and since which write. */
  #known = new Map();
  #unanswered = [];
  #writes = 0;

  value(key) {
    return this.#known.get(key)?.value;
  }

  /** Something that was there before anybody wrote to it. */
  note(key, value) {
    this.#known.set(key, { value, write: 0 });
  }

  /**
   * @param {string} kind the mutation
   * @param {Record<string, string | undefined>} facts
   * @param {{ outcome: 'acknowledged' | 'refused' | 'unknown', code?: string }} answer
   */
  record(kind, facts, { outcome, code }) {
    const write = (this.#writes += 1);
    this.counts[outcome] += 1;
    if (outcome === 'unknown') {
      this.#unanswered.push(Object.entries(facts));
      this.failures.set(code, (this.failures.get(code) ?? 0) + 1);
    }
    if (outcome === 'refused') {
      const reason = `${kind} ${code}`;
      this.refusals.set(reason, (this.refusals.get(reason) ?? 0) + 1);
      for (const key of Object.keys(facts)) {
        if (!this.#known.has(key)) this.#known.set(key, { value: undefined, write });
      }
    }
    if (outcome === 'acknowledged') {
      this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
      for (const [key, value] of Object.entries(facts)) this.#known.set(key, { value, write });
    }
  }

  /**
   * Compares with what is there, and takes that for known from now on.
   *
   * @param {Map<string, string>} actual
   * @returns {{ lost: string[], half: string[], happened: number, unanswered: number, checked: number }} a sentence for each
   *   acknowledged write of which something is gone (or refused one that happened) and for each write by half; and how
   *   many of the unanswered ones happened
   */
  settle(actual) {
    const half = [];
    let happened = 0;
    const uncertain = new Set();
    for (const facts of this.#unanswered) {
      for (const [key] of facts) uncertain.add(key);
      const all = facts.every(([key, value]) => actual.get(key) === value);
      const none = facts.every(([key]) => actual.get(key) === this.value(key));
      if (all) happened += 1;
      else if (!none)
        half.push(facts.map(([key, value]) => `${key}: ${actual.get(key)}/${value}`).join(', '));
    }
    const lost = new Map();
    for (const [key, { value, write }] of this.#known) {
      if (uncertain.has(key) || actual.get(key) === value || lost.has(write)) continue;
      lost.set(write, `${key} is ${actual.get(key)} instead of ${value}`);
    }
    const result = {
      lost: [...lost.values()],
      half,
      happened,
      unanswered: this.#unanswered.length,
      checked: this.#known.size,
    };
    for (const key of [...this.#known.keys(), ...uncertain]) {
      if (actual.get(key) !== this.value(key)) this.#known.set(key, { value: actual.get(key), write: 0 });
    }
    this.#unanswered = [];
    return result;
  }
}
