import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as it arrived: https://github.com/open-telemetry/opentelemetry-proto, trace/v1/trace.proto. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** '' for the first of a trace. */
  readonly parentSpanId: string;
  readonly traceState: string;
  readonly name: string;
  /** 1 inside, 2 server, 3 client. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** 2: it failed. */
  readonly status: number;
  readonly statusMessage: string;
}

/** Where what is measured is sent by OTLP over HTTP. It reads the bytes itself, without the libraries that wrote them. */
export class OtlpReceiver {
  readonly spans: ReceivedSpan[] = [];
  /** Names of the metrics that arrived. */
  readonly metrics = new Set<string>();
  /** Of what was sent along with the process itself. */
  readonly resources: Record<string, unknown>[] = [];
  /** Everything that arrived, headers and bodies, as it is. */
  readonly raw: string[] = [];
  readonly headers: Record<string, string | string[] | undefined>[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<OtlpReceiver> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks);
        receiver.raw.push(`${JSON.stringify(request.headers)}\n${body.toString('latin1')}`);
        receiver.headers.push(request.headers);
        receiver.take(request.url ?? '', body);
        response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
      });
    });
    const receiver = new OtlpReceiver(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    await new Promise((done) => {
      this.server.close(done);
      this.server.closeAllConnections();
    });
  }

  private take(url: string, body: Buffer): void {
    for (const ofResource of messages(fields(body), 1)) {
      this.resources.push(...messages(ofResource, 1).map((resource) => attributes(resource, 1)));
      for (const ofScope of messages(ofResource, 2)) {
        for (const item of messages(ofScope, 2)) {
          if (url === '/v1/traces') this.spans.push(span(item));
          else if (url === '/v1/metrics') this.metrics.add(text(item, 1));
          else throw new Error(`Nothing is sent to ${url}`);
        }
      }
    }
  }
}

function span(item: Fields): ReceivedSpan {
  const [status = new Map<number, Value[]>()] = messages(item, 15);
  return {
    traceId: bytes(item, 1).toString('hex'),
    spanId: bytes(item, 2).toString('hex'),
    traceState: text(item, 3),
    parentSpanId: bytes(item, 4).toString('hex'),
    name: text(item, 5),
    kind: number(item, 6),
    attributes: attributes(item, 9),
    status: number(status, 3),
    statusMessage: text(status, 2),
  };
}

function attributes(item: Fields, field: number): Record<string, unknown> {
  return Object.fromEntries(
    messages(item, field).map((pair) => [text(pair, 1), anyValue(messages(pair, 2)[0] ?? new Map())]),
  );
}

function anyValue(value: Fields): unknown {
  if (value.has(1)) return text(value, 1);
  if (value.has(2)) return number(value, 2) === 1;
  if (value.has(3)) return number(value, 3);
  if (value.has(4)) return bytes(value, 4).readDoubleLE();
  if (value.has(5)) return messages(value, 5).flatMap((list) => messages(list, 1).map(anyValue));
  return undefined;
}

/** A field's value: a number for varints, bytes for everything else. */
type Value = number | Buffer;
type Fields = ReadonlyMap<number, Value[]>;

/** The fields of a message: https://protobuf.dev/programming-guides/encoding/ */
function fields(message: Buffer): Fields {
  const found = new Map<number, Value[]>();
  let at = 0;
  const varint = (): number => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message.readUInt8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(value);
    }
  };
  const take = (length: number): Buffer => message.subarray(at, (at += length));
  while (at < message.length) {
    const tag = varint();
    const values = found.get(tag >>> 3) ?? [];
    found.set(tag >>> 3, values);
    switch (tag & 7) {
      case 0:
        values.push(varint());
        break;
      case 1:
        values.push(take(8));
        break;
      case 2:
        values.push(take(varint()));
        break;
      case 5:
        values.push(take(4));
        break;
      default:
        throw new Error(`This is no message: wire type ${String(tag & 7)}`);
    }
  }
  return found;
}

function messages(item: Fields, field: number): Fields[] {
  return (item.get(field) ?? []).map((value) => fields(value as Buffer));
}

function bytes(item: Fields, field: number): Buffer {
  return (item.get(field)?.[0] as Buffer | undefined) ?? Buffer.alloc(0);
}

function text(item: Fields, field: number): string {
  return bytes(item, field).toString('utf8');
}

function number(item: Fields, field: number): number {
  return (item.get(field)?.[0] as number | undefined) ?? 0;
}
