import { WorkQueue } from './work-queue.js';

/** Work that ends when it is let. */
function held(): { readonly work: () => Promise<string>; readonly end: () => void; began: boolean } {
  let end = (): void => undefined;
  const ended = new Promise<void>((done) => (end = done));
  const one = {
    began: false,
    work: async () => {
      one.began = true;
      await ended;
      return 'done';
    },
    end,
  };
  return one;
}

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

it('runs as many at once as it may, the others in order, and refuses what is more before anything is done', async () => {
  const queue = new WorkQueue(2, 2);
  const works = [held(), held(), held(), held()];
  const results = works.map(({ work }) => queue.admit(() => queue.run(work)));
  await turn();
  expect(works.map(({ began }) => began)).toEqual([true, true, false, false]);
  const refused = held();
  await expect(queue.admit(refused.work)).rejects.toMatchObject({
    message: 'The service is busy. Try again in 1 second.',
    extensions: { code: 'UNAVAILABLE' },
  });
  expect(refused.began).toBe(false);

  works[0]?.end();
  expect(await results[0]).toBe('done');
  await turn();
  expect(works.map(({ began }) => began)).toEqual([true, true, true, false]);
  const next = queue.admit(() => queue.run(() => Promise.resolve('next')));
  for (const { end } of works) end();
  expect(await Promise.all([...results, next])).toEqual(['done', 'done', 'done', 'done', 'next']);
});

it('counts work from the moment that it is admitted, before it comes to its turn', async () => {
  const queue = new WorkQueue(1, 0);
  const before = held();
  const admitted = queue.admit(before.work);
  await expect(queue.admit(() => Promise.resolve())).rejects.toMatchObject({
    extensions: { code: 'UNAVAILABLE' },
  });
  before.end();
  await admitted;
  await queue.admit(() => Promise.resolve());
});

it('goes on after work that fails', async () => {
  const queue = new WorkQueue(1, 1);
  const fail = (): Promise<never> => Promise.reject(new Error('no'));
  const failed = queue.admit(() => queue.run(fail));
  const next = queue.admit(() => queue.run(() => Promise.resolve('done')));
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('done');
  expect(await queue.admit(() => queue.run(() => Promise.resolve('again')))).toBe('again');
});
