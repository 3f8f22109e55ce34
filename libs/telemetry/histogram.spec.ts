import { Histograms } from './histogram.js';

it('a histogram counts each value in the first bucket that holds it', async () => {
  const histograms = new Histograms();
  const histogram = histograms.make({ name: 'size', description: 'How large.', unit: 's' }, [1, 10, 100]);
  histograms.make({ name: 'nothing', description: 'Nothing.', unit: 's' }, [1]);
  const [a, b] = [histogram.of({ kind: 'a' }), histogram.of({ kind: 'b' })];
  for (const value of [0, 1, 1.5, 10, 99, 100, 100.5, 7_000]) a.record(value);
  b.record(5);

  const { resourceMetrics, errors } = await histograms.collect();
  expect(errors).toEqual([]);
  const [metric, ...others] = resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics);
  // What has no series is not told of.
  expect(others).toEqual([]);
  expect(metric?.descriptor).toMatchObject({ name: 'size', unit: 's' });
  expect(metric?.dataPoints.map(({ attributes, value }) => ({ attributes, value }))).toEqual([
    {
      attributes: { kind: 'a' },
      value: { count: 8, sum: 7_312, buckets: { boundaries: [1, 10, 100], counts: [2, 2, 2, 2] } },
    },
    {
      attributes: { kind: 'b' },
      value: { count: 1, sum: 5, buckets: { boundaries: [1, 10, 100], counts: [0, 1, 0, 0] } },
    },
  ]);
  // What was given stays as it is, whatever is recorded after.
  a.record(0);
  expect(metric?.dataPoints[0]?.value).toMatchObject({ count: 8, buckets: { counts: [2, 2, 2, 2] } });
});
