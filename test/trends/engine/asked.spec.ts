import { releasePopulation } from '../../../libs/engagement/trends/release/release-population.js';
import {
  PEOPLE_BANDS,
  type MetricInput,
  type PopulationRelease,
} from '../../../libs/engagement/trends/release/types.js';
import { NO_LISTS } from './small-world.js';

type Scale = Omit<MetricInput, 'values'>;

const SCORE: Scale = {
  metric: 'PULSE_SCORE',
  driver: 'VOICE',
  lowest: 1,
  highest: 5,
  valueStep: 1,
  roundedTo: 0.1,
  cutFromBounds: 0,
};
const YES_OR_NO: Scale = { ...SCORE, lowest: 0, highest: 1, cutFromBounds: 0.1 };

/** 12 people of one department and `second` of another were asked; the first 8 of the one and all of the other answered. */
function releaseOf({ second }: { second: number }, scale = SCORE): PopulationRelease {
  const asked = Int32Array.from({ length: 12 + second }, (_, person) => person);
  const people = asked.filter((person) => person < 8 || (person >= 12 && person < 17));
  return releasePopulation(
    {
      granularity: 'QUARTER',
      key: '2026-Q2',
      minimumGroupSize: 5,
      people: asked.length,
      trees: [
        {
          tree: 'DEPARTMENT',
          keys: ['organization', 'first', 'second'],
          parents: Int32Array.from([-1, 0, 0]),
          groupOfPerson: asked.map((person) => (person < 12 ? 1 : 2)),
        },
      ],
    },
    {
      key: 'VOICE',
      unit: 'RESPONDENT',
      people,
      asked,
      history: NO_LISTS,
      months: [],
      organizationOnly: false,
      metrics: [
        {
          ...scale,
          values: Float64Array.from(people, (person) => scale.lowest + (person % 2) * scale.valueStep!),
        },
      ],
    },
  );
}

const cellsOf = ({ metrics }: PopulationRelease) => metrics[0]!.trees[0]!;

it('counts in bands those who were asked, so that bands of nested groups do not tell who answered', () => {
  const { people } = cellsOf(releaseOf({ second: 8 }));
  expect(Array.from(people, (band) => PEOPLE_BANDS[band])).toEqual([
    'FROM_20_TO_49',
    'FROM_10_TO_19',
    'FROM_5_TO_9',
  ]);
});

it('suppresses what leaves a rest of which no more than the minimum were asked, since figures would tell that all answered', () => {
  const release = releaseOf({ second: 5 });
  expect([...cellsOf(release).released]).toEqual([1, 0, 0]);
  expect(release.report[0]!.suppressed.FEW_ASKED).toBe(2);
  expect([...cellsOf(releaseOf({ second: 6 })).released]).toEqual([1, 1, 1]);
});

it('suppresses shares of yes and no where a step is less than two people, so that no count is exact', () => {
  const eight = { second: 8 };
  expect([...cellsOf(releaseOf(eight, YES_OR_NO)).released]).toEqual([0, 0, 0]);
  expect([...cellsOf(releaseOf(eight, { ...YES_OR_NO, roundedTo: 0.2 })).released]).toEqual([1, 0, 0]);
});
