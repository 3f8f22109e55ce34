/** For run-mutant.spec.ts. */
export function square(number: number): number {
  return number * number;
}
