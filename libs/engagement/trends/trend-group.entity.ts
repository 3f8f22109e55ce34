/** A group in one span of its validity. */
export interface TrendGroupRow {
  readonly key: string;
  readonly label: string;
  readonly parentKey: string | null;
  readonly validFrom: string;
  readonly validUntil: string | null;
}
