import { argon2, randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { WorkQueue } from './work-queue.js';

const derive = promisify(argon2);

/** Memory in KiB, passes, lanes: the least that OWASP's cheat sheet on password storage asks of Argon2id. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
/**
 * Each takes 19 MiB and one of Node's four threads, which looking up names and reading files need, too. Who would have to wait
 * behind fifty others is told to come back: so a flood of sign-ins takes no more memory than that, and holds nobody for seconds.
 */
const hashing = new WorkQueue(Math.min(3, availableParallelism()), 50);
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Nobody's password is longer: see passwordProblem. What is longer costs no more than nothing does. */
const LONGEST_TRIED = 800;

const PARAMETERS = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,64})$/;

/**
 * The text to store for a password: Argon2id in the PHC string format, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. Works in the
 * background, some 20 ms; the event loop is free meanwhile.
 */
export async function hashPassword(password: string): Promise<string> {
  return provePassword(password, null);
}

/**
 * The text that is stored if this is the password, worked out with the stored parameters (all of the stored text but the hash
 * itself). Without parameters, as for an account that does not exist, the same work is done for nothing.
 *
 * @throws UNAVAILABLE where too many passwords wait to be looked at
 */
export function provePassword(password: string, parameters: string | null): Promise<string> {
  return hashing.admit(() => prove(password, parameters));
}

/**
 * Does work that proves a password, as {@link provePassword} does, after something else: a try that is counted, which is not to
 * be for nothing.
 *
 * @throws what `work` throws; UNAVAILABLE where too many passwords wait to be looked at, and nothing was done
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

/** Base64 as the PHC string format has it. */
function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
