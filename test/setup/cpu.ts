/**
 * How much processor time this process spends until the work is done, in milliseconds: the service runs in the test's process, so
 * this is its work, and that of the client. Other programs on the machine make it later, but hardly more.
 */
export async function cpuTimeOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
