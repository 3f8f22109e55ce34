declare global {
  /** From test/setup/environment.js. */
  var importCompiled: (path: string) => Promise<unknown>;
}

/** What the tests start: the API and the worker, with settings and a log. */
type Service = typeof import('../../apps/api/server.js') &
  typeof import('../../apps/worker/worker.js') &
  typeof import('#settings') &
  typeof import('#telemetry');

let service: Promise<Service> | undefined;

/** The compiled service, which all test files of a worker share, or what {@link loadSeparately} has loaded. */
export function loadService(): Promise<Service> {
  service ??= Promise.all(
    ['apps/api/server.js', 'apps/worker/worker.js', 'libs/settings/index.js', 'libs/telemetry/index.js'].map(
      importCompiled,
    ),
  ).then((modules) => Object.assign({}, ...modules) as Service);
  return service;
}

/**
 * Has this test file load the service's source for itself, with its own copy of every module: for a file that replaces modules or
 * methods of the service. Takes some seconds.
 */
export function loadSeparately(): Promise<Service> {
  service = Promise.all([
    import('../../apps/api/server.js'),
    import('../../apps/worker/worker.js'),
    import('#settings'),
    import('#telemetry'),
  ]).then(([api, worker, settings, telemetry]) => ({ ...api, ...worker, ...settings, ...telemetry }));
  return service;
}
