import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { tooLarge, unavailable } from '../errors/errors.js';

/** Limits on request bodies and concurrent operations. */
export interface Intake {
  /** The maximum size of a body for any caller, in bytes. */
  readonly anybodysBytes: number;
  /**
   * How large the body of this request may be, in bytes, once it is known who sends it. Asked only for a body that is larger than
   * anybody's may be, or has to wait for space, since it costs a look-up.
   */
  readonly bytesOf: (request: FastifyRequest) => Promise<number>;
  /** The maximum total size of bodies in memory, in bytes. Unverified callers share half of it. */
  readonly bytesInFlight: number;
  /** The maximum number of concurrent operations. */
  readonly operations: number;
}

/** The defaults. */
export const DEFAULT_INTAKE: Intake = {
  anybodysBytes: 102_400,
  bytesOf: () => Promise.resolve(102_400),
  bytesInFlight: 67_108_864,
  operations: Infinity,
};

/** How long a client that is refused while sending has to read the response, in milliseconds. */
const LINGER_MS = 1_000;

/** The space that a request holds until its response is sent or its client disconnects. */
interface Holding {
  bytes: number;
  isOperation: boolean;
  isKnown: boolean;
  isOver: boolean;
}

/** It did not arrive, or is not JSON. */
class UnreadableBody extends Error {
  override readonly name = 'UnreadableBody';
  readonly statusCode = 400;

  constructor(options?: ErrorOptions) {
    super('The body of a request cannot be read.', options);
  }
}

/** A body, read and parsed. */
export interface Body {
  readonly value: unknown;
  readonly bytes: number;
}

/**
 * Reads request bodies. Bodies that exceed a limit are refused before they are read, by Content-Length, or while they are read if there
 * is none.
 *
 * A body that arrives in one piece only counts as an operation: Node has already read it.
 */
export class RequestBodies {
  private readonly held = { known: 0, unknown: 0 };
  private operations = 0;
  private readonly parse: ReturnType<FastifyInstance['getDefaultJsonParser']>;

  constructor(
    fastify: FastifyInstance,
    private readonly intake: Intake,
  ) {
    this.parse = fastify.getDefaultJsonParser('error', 'error');
  }

  /**
   * The body of a request, which counts as an operation until its response is sent.
   *
   * @throws TOO_COMPLEX (413), UNAVAILABLE (503), UnreadableBody (400)
   */
  async read(request: FastifyRequest, reply: FastifyReply): Promise<Body> {
    const holding: Holding = { bytes: 0, isOperation: false, isKnown: false, isOver: false };
    reply.raw.once('close', () => {
      this.release(holding);
    });
    try {
      this.assertRoom();
      const text = await this.receive(request, holding);
      // Other requests may have arrived meanwhile.
      this.assertRoom();
      const value = this.parsed(request, text);
      if (!holding.isOver) {
        holding.isOperation = true;
        this.operations += 1;
      }
      return { value, bytes: text.length };
    } catch (error) {
      if (!request.raw.complete) this.refuseRest(request, reply);
      throw error;
    }
  }

  private assertRoom(): void {
    if (this.operations >= this.intake.operations) throw unavailable('The service is busy.');
  }

  private receive(request: FastifyRequest, holding: Holding): Promise<Buffer> {
    const { raw } = request;
    const declared = Number(request.headers['content-length'] ?? 0);
    const chunks: Buffer[] = [];
    let size = 0;
    let limit = this.intake.anybodysBytes;

    return new Promise((resolve, reject) => {
      const end = (): void => {
        raw.off('data', onData).off('end', onEnd).off('error', onError);
      };
      const fail = (error: Error): void => {
        end();
        reject(error);
      };
      /** The caller decides how much more is accepted. */
      const identify = async (): Promise<void> => {
        const bytes = Math.max(declared, size);
        if (!holding.isKnown) {
          const known = await this.intake.bytesOf(request);
          if (known > limit) this.know(holding);
          limit = Math.max(known, limit);
        }
        if (bytes > limit) throw tooLarge(limit);
        if (!this.hold(holding, holding.isKnown ? bytes : size)) throw unavailable('The service is busy.');
      };
      const onData = (chunk: Buffer): void => {
        chunks.push(chunk);
        size += chunk.length;
        if (size <= limit && (chunks.length === 1 || this.hold(holding, size))) return;
        raw.pause();
        identify().then(() => raw.resume(), fail);
      };
      const onEnd = (): void => {
        end();
        const [first] = chunks;
        resolve(chunks.length === 1 && first ? first : Buffer.concat(chunks, size));
      };
      const onError = (): void => {
        fail(new UnreadableBody());
      };
      const begin = (): void => {
        raw.on('data', onData).on('end', onEnd).on('error', onError);
      };
      if (declared > limit) identify().then(begin, fail);
      else begin();
    });
  }

  /** Reserves this many bytes in total. @returns whether there is space; false if the client has disconnected */
  private hold(holding: Holding, bytes: number): boolean {
    const more = bytes - holding.bytes;
    if (more <= 0) return true;
    const { bytesInFlight } = this.intake;
    const { known, unknown } = this.held;
    if (holding.isOver || known + unknown + more > bytesInFlight) return false;
    if (!holding.isKnown && unknown + more > bytesInFlight / 2) return false;
    this.held[holding.isKnown ? 'known' : 'unknown'] += more;
    holding.bytes = bytes;
    return true;
  }

  private know(holding: Holding): void {
    holding.isKnown = true;
    this.held.unknown -= holding.bytes;
    this.held.known += holding.bytes;
  }

  private release(holding: Holding): void {
    holding.isOver = true;
    if (holding.isOperation) this.operations -= 1;
    this.held[holding.isKnown ? 'known' : 'unknown'] -= holding.bytes;
    holding.bytes = 0;
  }

  private parsed(request: FastifyRequest, text: Buffer): unknown {
    let parsed: unknown;
    let failure: unknown;
    void this.parse(request, text.toString('utf8'), (error, value) => {
      failure = error;
      parsed = value;
    });
    if (failure) throw new UnreadableBody({ cause: failure });
    return parsed;
  }

  /** Discards a small rest as it arrives. For a large one, closes the connection after the client had time to read the response. */
  private refuseRest({ raw, headers }: FastifyRequest, reply: FastifyReply): void {
    if (Number(headers['content-length'] ?? Infinity) <= this.intake.anybodysBytes) return;
    void reply.header('connection', 'close');
    const { socket } = raw;
    socket.destroySoon = () => {
      linger(socket);
    };
  }
}

/**
 * Ends our side of a connection whose client may still be sending, and stops reading. If it were closed at once, the operating system
 * would reset it, and the response would be lost.
 */
function linger(socket: Socket): void {
  socket.pause();
  socket.end();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => {
    clearTimeout(timer);
  });
}
