/** What the parts of the page know about the two people. */
export interface Pair {
  readonly oneToOneId: string;
  readonly viewerId: string;
  readonly counterpart: { readonly id: string; readonly name: string; readonly timeZone: string };
  /** Whether goals of the counterpart can appear here, which their access log records. */
  readonly theyShareWithMe: boolean;
}
