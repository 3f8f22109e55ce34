import { createElement, lazy, Suspense, type ComponentType, type ReactNode } from 'react';

/** A part of a page whose script loads when the part is shown: nothing is in its place until then. */
export function later<Name extends string, Props extends object>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
): (props: Props) => ReactNode {
  // The type of lazy() adds a ref to the properties, which these parts do not take.
  const Part = lazy(async () => ({ default: (await load())[name] })) as unknown as ComponentType<Props>;
  return function Later(props: Props): ReactNode {
    return <Suspense>{createElement(Part, props)}</Suspense>;
  };
}
