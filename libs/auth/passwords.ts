import { argon2, randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { WorkQueue } from './work-queue.js';

const derive = promisify(argon2);

/** Memory in KiB, passes and lanes: the minimum for Argon2id in OWASP's Password Storage Cheat Sheet. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
/**
 * Each hash takes 19 MiB and one of Node's four worker threads, which DNS and files need too. A request that would wait behind fifty
 * others is refused, so that many sign-ins at once take a bounded amount of memory and time.
 */
const hashing = new WorkQueue(Math.min(3, availableParallelism()), 50);
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Longer than any password that passwordProblem accepts. Longer input is hashed as an empty one, so that it costs no more. */
const LONGEST_TRIED = 800;

const PARAMETERS = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,64})$/;

/**
 * The text to store for a password: Argon2id in the PHC string format, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. Takes about 20 ms on a
 * worker thread.
 */
export async function hashPassword(password: string): Promise<string> {
  return provePassword(password, null);
}

/**
 * The text that would be stored if this is the password, computed with the stored parameters (the stored text without the hash). Without
 * parameters the same work is done with a random salt.
 *
 * @throws UNAVAILABLE when too many passwords are waiting
 */
export function provePassword(password: string, parameters: string | null): Promise<string> {
  return hashing.admit(() => prove(password, parameters));
}

/**
 * Runs work that proves a password after something else, such as counting the attempt: it begins only if there is room to hash.
 *
 * @throws what `work` throws; UNAVAILABLE when too many passwords are waiting; then nothing was done
 */
export function withProof<T>(work: (proof: typeof prove) => Promise<T>): Promise<T> {
  return hashing.admit(() => work(prove));
}

async function prove(password: string, parameters: string | null): Promise<string> {
  const { memory, passes, parallelism, salt } = parsed(parameters);
  const hash = await hashing.run(() =>
    derive('argon2id', {
      message: password.length > LONGEST_TRIED ? '' : password.normalize('NFKC'),
      nonce: salt,
      memory,
      passes,
      parallelism,
      tagLength: HASH_BYTES,
    }),
  );
  const cost = `m=${String(memory)},t=${String(passes)},p=${String(parallelism)}`;
  return `$argon2id$v=19$${cost}$${unpadded(salt)}$${unpadded(hash)}`;
}

function parsed(parameters: string | null): {
  memory: number;
  passes: number;
  parallelism: number;
  salt: Buffer;
} {
  const [, memory, passes, parallelism, salt] = PARAMETERS.exec(parameters ?? '') ?? [];
  if (salt === undefined) return { ...COST, salt: randomBytes(SALT_BYTES) };
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    salt: Buffer.from(salt, 'base64'),
  };
}

/** Base64 without padding, as in the PHC string format. */
function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
