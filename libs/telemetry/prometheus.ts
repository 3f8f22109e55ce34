import { createServer, type Server } from 'node:http';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import type { MetricProducer } from '@opentelemetry/sdk-metrics';

const PATH = '/metrics';

/** Gives metrics to Prometheus (text format 0.0.4) at an address of its own, which is never the API's. */
export class PrometheusEndpoint {
  /** Reads the metrics when it is asked for them. */
  readonly reader: PrometheusExporter;
  private server: Server | undefined;

  constructor(beside: MetricProducer) {
    this.reader = new PrometheusExporter({
      preventServerStart: true,
      withoutScopeInfo: true,
      metricProducers: [beside],
    });
  }

  /** @throws Error with the code of the operating system (EADDRINUSE) */
  async listen(host: string, port: number): Promise<void> {
    const server = createServer((request, response) => {
      if (request.method === 'GET' && request.url?.split('?')[0] === PATH) {
        this.reader.getMetricsRequestHandler(request, response);
      } else response.writeHead(request.url === PATH ? 405 : 404).end();
    });
    await new Promise<void>((done, fail) => {
      server.once('error', fail);
      server.listen({ host, port }, done);
    });
    this.server = server;
  }

  async close(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    await new Promise((done) => {
      server.close(done);
      server.closeAllConnections();
    });
  }
}
