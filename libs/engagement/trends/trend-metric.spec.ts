import { readFileSync, writeFileSync } from 'node:fs';
import { METRICS, SCORED_DRIVERS, type MetricDefinition, type TrendUnit } from './trend-metric.js';

const PAGE = 'docs/metrics.md';

const UNITS: Readonly<Record<TrendUnit, string>> = {
  ANSWERER: 'a person who answered',
  PERSON_ASKED: 'a person who was asked',
  MANAGER: 'a manager',
  AREA_ANSWERER: 'a person who answers for a procedure area',
  FIGURES: 'none: computed from released figures',
};

const INTRODUCTION = `# Metrics of engagement trends

Compared with the code by libs/engagement/trends/trend-metric.spec.ts; \`WRITE_METRICS=1 npm test -- libs/engagement/trends/trend-metric.spec.ts\` writes it.

Every figure is the mean of one value for each unit, within the bounds of the metric. The unit is the one whose behavior moves the figure: people for
what they answer, managers for what managers do. Each manager counts once, however many reports they have. A figure needs at least the minimum
group size of units, about managers of reports too.

- **Flows within the period.** A value is computed from what happened between the beginning and the end of the period, in the organization's time zone, and
  from nothing before. What is open at the end is open in the next.
- **Groups**: members and groups are those at the beginning of the period ([0090](decisions/0090-pulses.md)); for answers in a quarter, those of
  the last month. A person counts in the deepest group that they belong to, and in all groups above it. A manager belongs to the group above, of their
  manager, not to the one that they head: there everybody could subtract them.
- **Direct reports**, in what follows, are people whose PRIMARY line to the manager was open when the period began and when it ended, both employed
  throughout.
- **People who have left** in the period are no direct reports of it, and their managers no managers of them; what they answered counts. What was **erased** before
  the release counts no more, as if it had not been written.
- **Nothing about personal goals**, and nothing about the content of conversations.
- Shares are from 0 to 1. Before figures are rounded, sums are moved away from the bounds, so that no figure tells that everybody gave the same
  answer.
- Seven days pass between the end of a period and its release. Until then a conversation can be logged, and a status taken back.

`;

function section(name: string, metric: MetricDefinition): string {
  const { low, high, roundedTo, granularities, organizationOnly, version, unit } = metric;
  const rows = [
    ['Value of a unit', metric.value],
    ['Unit', UNITS[unit]],
    ['Whose value', metric.whose],
    ['Moved by', metric.movedBy],
    ['Over', metric.over],
    ['Bounds', `${String(low).replace('-', '−')} to ${String(high)}`],
    ['Rounded to', String(roundedTo)],
    ['Periods', granularities.map((one) => (one === 'MONTH' ? 'months' : 'quarters')).join(', ')],
    ['Groups', organizationOnly ? 'the organization only' : 'all'],
    ['Definition version', String(version)],
  ];
  const lines = rows.map(([what, text]) => `- **${what ?? ''}**: ${text ?? ''}`);
  return `## ${name}\n\n${metric.summary}\n\n${lines.join('\n')}\n`;
}

describe('the metrics of engagement trends', () => {
  it('are defined in docs/metrics.md as in the code', () => {
    const page =
      INTRODUCTION +
      Object.entries(METRICS)
        .map(([name, metric]) => section(name, metric))
        .join('\n');
    if (process.env.WRITE_METRICS === '1') writeFileSync(PAGE, page);
    expect(readFileSync(PAGE, 'utf8')).toBe(page);
  });

  it.each(Object.entries(METRICS))(
    '%s is rounded no finer than one unit can move the mean of 50',
    (_, metric) => {
      expect(metric.roundedTo).toBeGreaterThanOrEqual((metric.high - metric.low) / 50);
      expect(metric.granularities).toContain('QUARTER');
    },
  );

  it('scores seven drivers', () => {
    expect(new Set(SCORED_DRIVERS).size).toBe(7);
  });
});
