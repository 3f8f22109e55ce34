import { connect, type Socket } from 'node:net';

/** What came back on a connection, as it was sent. */
export interface RawAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** A connection that sends given bytes unchanged and on demand, to behave like clients that no HTTP library allows. */
export class RawConnection {
  private received = '';
  private readonly changed: (() => void)[] = [];
  /** The server has ended the connection. */
  readonly ended: Promise<void>;

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.received += chunk.toString('latin1');
      this.tell();
    });
    // What a reset means to a test is that the connection has ended.
    socket.on('error', () => undefined);
    this.ended = new Promise((done) => {
      socket.once('close', () => {
        done();
        this.tell();
      });
      socket.once('end', done);
    });
  }

  static async to(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await new Promise<void>((done, failed) => {
      socket.once('connect', done);
      socket.once('error', failed);
    });
    return new RawConnection(socket);
  }

  send(data: string | Buffer): void {
    this.socket.write(data);
  }

  /** Sends the first line and headers of an operation, and no body. */
  sendHead(headers: Readonly<Record<string, string | number>>, path = '/graphql'): void {
    const all: Readonly<Record<string, string | number>> = {
      host: 'mutual',
      'content-type': 'application/json',
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${String(value)}`);
    this.send([`POST ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
  }

  /** One chunk of a body without a length. */
  sendChunk(data: string): void {
    this.send(`${data.length.toString(16)}\r\n${data}\r\n`);
  }

  get count(): number {
    return this.received.split('HTTP/1.1 ').length - 1;
  }

  /** The first answer, once it is there as a whole. @throws Error where the connection ends before */
  async answer(): Promise<RawAnswer> {
    for (;;) {
      const whole = parsed(this.received);
      if (whole) {
        this.received = '';
        return whole;
      }
      if (this.socket.closed) throw new Error(`The connection ended without an answer: ${this.received}`);
      await new Promise<void>((done) => this.changed.push(done));
    }
  }

  close(): void {
    this.socket.destroy();
  }

  private tell(): void {
    for (const done of this.changed.splice(0)) done();
  }
}

function parsed(text: string): RawAnswer | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const [name = '', ...rest] = line.split(':');
      return [name.toLowerCase(), rest.join(':').trim()];
    }),
  );
  const body = text.slice(end + 4);
  if (body.length < Number(headers.get('content-length') ?? 0)) return undefined;
  return { status: Number(first.split(' ')[1]), headers, body };
}
