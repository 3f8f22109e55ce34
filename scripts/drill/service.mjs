/** The API and the worker as child processes that can be killed, and what a client makes of the API's answers. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Stop, projectEnvironment, projectNode, root, until } from '../processes.mjs';

/** Resolves when the process is no more. */
async function end(child, signal) {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill(signal);
  await gone;
}

/** How long a request may wait for its answer, in milliseconds. */
const PATIENCE_MS = 15_000;

export class Service {
  #child;
  #worker;
  /** What it wrote to its log, of errors only. */
  output = '';

  /** @param {Record<string, string>} environment settings; PORT among them */
  constructor(environment) {
    this.environment = environment;
    this.url = `http://127.0.0.1:${environment.PORT}`;
  }

  start() {
    this.#child = this.#launch('api');
    this.#worker = this.#launch('worker');
  }

  #launch(app) {
    const child = spawn(
      projectNode(),
      ['--import', './scripts/end-with-launcher.mjs', join(root, 'dist', 'apps', app, 'main.js')],
      { cwd: root, env: projectEnvironment(this.environment), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
    );
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (this.output = (this.output + text).slice(-20_000)));
    }
    return child;
  }

  /** Kill -9; resolves when the processes are no more. */
  async kill() {
    await Promise.all([this.#child, this.#worker].map((child) => end(child, 'SIGKILL')));
  }

  /** As an operator ends it. */
  async stop() {
    await Promise.all([this.#child, this.#worker].map((child) => end(child, 'SIGTERM')));
  }

  /** Waits until /ready answers 200. @throws Stop after `milliseconds` */
  async ready(milliseconds) {
    let last = 'nothing';
    const answers = async () => {
      if (this.#child.exitCode !== null) throw new Stop(`The service ended by itself:\n${this.output}`);
      try {
        const response = await fetch(`${this.url}/ready`, { signal: AbortSignal.timeout(2_000) });
        last = await response.text();
        return response.status === 200;
      } catch (error) {
        last = String(error.cause ?? error);
        return false;
      }
    };
    if (!(await until(answers, milliseconds, 20))) {
      throw new Stop(
        `${this.output}\nThe service was not ready within ${milliseconds} ms; it output: ${last}`,
      );
    }
  }

  /**
   * Sends an operation and says what became of it as far as its sender can know: `acknowledged` with the data, `refused` with
   * the code (nothing happened), or `unknown` (there was no answer, or one of a failure).
   */
  async send(query, variables, token) {
    let body;
    try {
      const response = await fetch(`${this.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      body = await response.json();
    } catch {
      return { outcome: 'unknown', code: 'NO_ANSWER' };
    }
    const code = body.errors?.[0]?.extensions?.code;
    if (code === undefined) {
      const [result] = Object.values(body.data);
      if (result?.__typename === 'EditConflict') return { outcome: 'refused', code: 'EDIT_CONFLICT' };
      return { outcome: 'acknowledged', data: body.data };
    }
    // A mutation that failed for any other reason may still have been committed.
    const refusals = ['BAD_USER_INPUT', 'CONFLICT', 'NOT_FOUND', 'NOT_PERMITTED', 'RATE_LIMITED'];
    if (refusals.includes(code) && body.data?.[Object.keys(body.data ?? {})[0]] == null) {
      return { outcome: 'refused', code, message: body.errors[0].message };
    }
    return { outcome: 'unknown', code, message: body.errors[0].message };
  }

  /** For reading; throws where a writer would not know what became of it. */
  async ask(query, variables, token) {
    const answer = await this.send(query, variables, token);
    if (answer.outcome !== 'acknowledged') {
      throw new Stop(`A query was answered with ${answer.code} ${answer.message ?? ''}\n${this.output}`);
    }
    return answer.data;
  }
}
