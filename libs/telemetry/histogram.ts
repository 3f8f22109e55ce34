import { ValueType, type Attributes, type HrTime } from '@opentelemetry/api';
import { emptyResource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  DataPointType,
  type CollectionResult,
  type HistogramMetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';

/** What a histogram is called, and what its values mean. */
interface Described {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
}

/** How many values of each size there were with some labels, from the start of the process on. */
export class Series {
  count = 0;
  sum = 0;
  /** One more than there are boundaries: of what is larger than all of them. */
  readonly counts: number[];

  constructor(
    readonly attributes: Attributes,
    private readonly boundaries: readonly number[],
  ) {
    this.counts = new Array<number>(boundaries.length + 1).fill(0);
  }

  record(value: number): void {
    let bucket = 0;
    while (bucket < this.boundaries.length && value > (this.boundaries[bucket] ?? Infinity)) bucket += 1;
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    this.count += 1;
    this.sum += value;
  }
}

/**
 * A histogram for what is measured with every request. OpenTelemetry's own turns labels into JSON, sorted, for each value; whoever
 * records here keeps the series of their labels at hand.
 */
export class Histogram {
  private readonly series: Series[] = [];

  constructor(
    private readonly described: Described,
    private readonly boundaries: readonly number[],
  ) {}

  /** A series of its own for these labels. Asked for once for each, and kept. */
  of(attributes: Attributes): Series {
    const series = new Series(attributes, this.boundaries);
    this.series.push(series);
    return series;
  }

  data(startTime: HrTime, endTime: HrTime): HistogramMetricData {
    return {
      descriptor: { ...this.described, valueType: ValueType.DOUBLE },
      aggregationTemporality: AggregationTemporality.CUMULATIVE,
      dataPointType: DataPointType.HISTOGRAM,
      dataPoints: this.series.map(({ attributes, count, sum, counts }) => ({
        startTime,
        endTime,
        attributes,
        value: { count, sum, buckets: { boundaries: [...this.boundaries], counts: [...counts] } },
      })),
    };
  }
}

/** Gives histograms to OpenTelemetry's readers, beside what they get from its own instruments. */
export class Histograms implements MetricProducer {
  private readonly all: Histogram[] = [];
  private readonly began = now();

  /** @param boundaries the upper ends of the buckets, inclusive, ascending */
  make(described: Described, boundaries: readonly number[]): Histogram {
    const histogram = new Histogram(described, boundaries);
    this.all.push(histogram);
    return histogram;
  }

  collect(): Promise<CollectionResult> {
    const end = now();
    const metrics = this.all.map((histogram) => histogram.data(this.began, end));
    // Of the resource a reader takes the one of its own.
    const resourceMetrics = {
      resource: emptyResource(),
      scopeMetrics: [{ scope: { name: 'mutual' }, metrics: metrics.filter(hasValues) }],
    };
    return Promise.resolve({ resourceMetrics, errors: [] });
  }
}

function hasValues({ dataPoints }: HistogramMetricData): boolean {
  return dataPoints.length > 0;
}

function now(): HrTime {
  const ms = Date.now();
  return [Math.floor(ms / 1_000), (ms % 1_000) * 1e6];
}
