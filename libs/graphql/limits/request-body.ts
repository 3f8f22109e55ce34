import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { tooLarge, unavailable } from '../errors/errors.js';

/** What the service takes in at the same time, and from whom. */
export interface Intake {
  /** How large a body may be whoever sends it, in bytes. */
  readonly anybodysBytes: number;
  /**
   * How large the body of this request may be, in bytes, once it is known who sends it. Asked only for a body that is larger than
   * anybody's may be, or has to wait for space, since it costs a look-up.
   */
  readonly bytesOf: (request: FastifyRequest) => Promise<number>;
  /** Bytes of bodies that may be held at the same time. Callers of whom nothing is known share half of them. */
  readonly bytesInFlight: number;
  /** Operations that may be under way at the same time. */
  readonly operations: number;
}

/** What is taken in where a module does not say. */
export const DEFAULT_INTAKE: Intake = {
  anybodysBytes: 102_400,
  bytesOf: () => Promise.resolve(102_400),
  bytesInFlight: 67_108_864,
  operations: Infinity,
};

/** How long a client that is refused before it has sent everything may take to read why, in milliseconds. */
const LINGER_MS = 1_000;

/** What one request holds until it is answered, or its client has left. */
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
 * Reads the bodies of requests. What is too large, or too much at the same time, is refused before it is read: by Content-Length,
 * and by count where there is none.
 *
 * A body that comes in one piece counts for nothing but an operation: Node has read it already.
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
   * The body of a request, which is an operation under way from then until its answer has left.
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
      // Others may have come meanwhile.
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
      /** Who sends it decides how much more may come. */
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

  /** Holds as many bytes in all. @returns whether there is room for them; not for who has left already */
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

  /** A small rest is thrown away as it comes. For a large one the connection ends, once the client had time to read the answer. */
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
 * Ends our side of a connection whose client may still be sending, and reads no more of it. Closed at once, the system would tell
 * the client that the connection was reset, and what it was answered would be lost.
 */
function linger(socket: Socket): void {
  socket.pause();
  socket.end();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => {
    clearTimeout(timer);
  });
}
