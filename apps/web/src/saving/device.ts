import { rememberedPerson } from './person.ts';

/**
 * What is kept on this device until the service has it: drafts, and changes that wait to be sent. Each person has their own key
 * (AES-GCM, not extractable), and everything is stored encrypted with it. Signing out destroys the key and what it encrypted; a session
 * that has ended keeps both, for when the same person signs in again.
 *
 * The key is in the profile of the browser. It keeps one person of a shared browser from the texts of another and makes deleting final;
 * it does not protect against somebody who can read the files of the device and run scripts as this client.
 *
 * Nothing here throws: a browser without IndexedDB or with a full disk keeps nothing, and everything else works.
 */
export type Kind = 'draft' | 'change';

export interface Kept {
  readonly id: string;
  readonly value: unknown;
}

interface Row {
  readonly person: string;
  readonly kind: Kind;
  readonly id: string;
  /** When it was written, in milliseconds. */
  readonly at: number;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

const DATABASE = 'mutual';
const KEYS = 'keys';
const ROWS = 'rows';
/** What nobody came back for is deleted. */
const KEPT_MS = 60 * 86_400_000;
/** People whose data has to be deleted from this device. Survives a tab that is closed too early. */
const SIGNED_OUT = 'mutual.signedOut';

const keys = new Map<string, Promise<CryptoKey>>();
let opened: Promise<IDBDatabase> | undefined;

export async function keep(person: string, kind: Kind, id: string, value: unknown): Promise<boolean> {
  return attempt(async () => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bytes = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: encode(`${person} ${kind} ${id}`) },
      await keyOf(person),
      encode(JSON.stringify(value)),
    );
    const row: Row = { person, kind, id, at: Date.now(), iv, bytes };
    await inStore(ROWS, 'readwrite', (store) => store.put(row));
    return true;
  }, false);
}

export async function read(person: string, kind: Kind, id: string): Promise<unknown> {
  return attempt(async () => {
    const row = (await inStore(ROWS, 'readonly', (store) => store.get([person, kind, id]))) as
      Row | undefined;
    return row && decrypt(row);
  }, undefined);
}

/** Everything of a kind that a person has on this device, by id. */
export async function list(person: string, kind: Kind): Promise<readonly Kept[]> {
  return attempt(async () => {
    const range = IDBKeyRange.bound([person, kind], [person, kind, []]);
    const rows = (await inStore(ROWS, 'readonly', (store) => store.getAll(range))) as Row[];
    const values = await Promise.all(
      rows.map(async (row) => ({ id: row.id, value: await attempt(() => decrypt(row), undefined) })),
    );
    return values.filter(({ value }) => value !== undefined);
  }, []);
}

export async function remove(person: string, kind: Kind, id: string): Promise<void> {
  await attempt(() => inStore(ROWS, 'readwrite', (store) => store.delete([person, kind, id])), undefined);
}

/** Removes everything of a kind whose id begins alike. */
export async function removeAll(person: string, kind: Kind, prefix: string): Promise<void> {
  const range = IDBKeyRange.bound([person, kind, prefix], [person, kind, `${prefix}\uffff`]);
  await attempt(() => inStore(ROWS, 'readwrite', (store) => store.delete(range)), undefined);
}

/** Destroys what a person has on this device. What cannot be finished now is finished by `destroyRest`. */
export async function destroy(person: string): Promise<void> {
  localStorage.setItem(SIGNED_OUT, [...signedOut(), person].join(' '));
  await destroyRest();
}

/** Finishes deleting what a tab that was closed too early has left, and what nobody came back for. */
export async function destroyRest(): Promise<void> {
  const people = signedOut();
  await attempt(async () => {
    for (const person of people) {
      keys.delete(person);
      await inStore(KEYS, 'readwrite', (store) => store.delete(person));
      await inStore(ROWS, 'readwrite', (store) => store.delete(IDBKeyRange.bound([person], [person, []])));
    }
    localStorage.removeItem(SIGNED_OUT);
    const old = IDBKeyRange.upperBound(Date.now() - KEPT_MS);
    const forgotten = (await inStore(ROWS, 'readonly', (store) =>
      store.index('at').getAllKeys(old),
    )) as IDBValidKey[];
    for (const key of forgotten) await inStore(ROWS, 'readwrite', (store) => store.delete(key));
  }, undefined);
}

const signedOut = (): readonly string[] => localStorage.getItem(SIGNED_OUT)?.split(' ') ?? [];

async function keyOf(person: string): Promise<CryptoKey> {
  const known = keys.get(person) ?? findKey(person);
  keys.set(person, known);
  known.catch(() => keys.delete(person));
  return known;
}

async function findKey(person: string): Promise<CryptoKey> {
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  // A tab that is still open after signing out in another one must not begin again.
  const mayMake = rememberedPerson() === person;
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(KEYS, 'readwrite');
    const store = transaction.objectStore(KEYS);
    const request = store.get(person) as IDBRequest<CryptoKey | undefined>;
    let key: CryptoKey | undefined;
    request.onsuccess = () => {
      key = request.result ?? (mayMake ? made : undefined);
      if (request.result === undefined && mayMake) store.put(made, person);
    };
    transaction.oncomplete = () => {
      if (key === undefined) reject(new Error('This person has signed out.'));
      else resolve(key);
    };
    transaction.onabort = () => {
      reject(transaction.error ?? new Error('The key was not stored.'));
    };
  });
}

async function decrypt({ person, kind, id, iv, bytes }: Row): Promise<unknown> {
  const text = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv, additionalData: encode(`${person} ${kind} ${id}`) },
    await keyOf(person),
    bytes,
  );
  return JSON.parse(new TextDecoder().decode(text)) as unknown;
}

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(KEYS);
      request.result.createObjectStore(ROWS, { keyPath: ['person', 'kind', 'id'] }).createIndex('at', 'at');
    };
    request.onsuccess = () => {
      // The browser closes it when a disk is full or another tab upgrades.
      request.result.onclose = request.result.onversionchange = () => {
        request.result.close();
        opened = undefined;
      };
      resolve(request.result);
    };
    request.onerror = () => {
      opened = undefined;
      reject(request.error ?? new Error('There is no database on this device.'));
    };
  });
  return opened;
}

async function inStore(
  name: string,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest,
): Promise<unknown> {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(name, mode);
    const request = act(transaction.objectStore(name));
    transaction.oncomplete = () => {
      resolve(request.result);
    };
    transaction.onabort = () => {
      reject(transaction.error ?? new Error('Nothing was stored.'));
    };
  });
}

async function attempt<Result>(act: () => Promise<Result>, otherwise: Result): Promise<Result> {
  try {
    return await act();
  } catch {
    return otherwise;
  }
}
