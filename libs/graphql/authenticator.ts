import type { Viewer } from '#db';

/** Who is asking. Provided by whoever keeps sessions. */
export abstract class Authenticator {
  /**
   * The viewer behind a bearer token as it was sent; null when there is none, or it is unknown, revoked or over.
   *
   * @throws only when it cannot be found out: the request then fails, and does not run as nobody
   */
  abstract authenticate(token: string | null): Promise<Viewer | null>;
}
