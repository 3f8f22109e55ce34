/** Who asks Postgres, and how long each statement may take. */
export interface Asking {
  /** '' for nobody: the law then shows no rows. */
  readonly sessionHash: string;
  readonly statementTimeoutMs: number;
}
