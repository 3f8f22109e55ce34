import { ResolveField as NestResolveField } from '@nestjs/graphql';

/** Where Nest's parameter decorators leave what they decorate, and how they name kinds of parameters. */
const PARAMETERS = '__routeArguments__';
/** @Parent(), @Context() and @Info(), as places among GraphQL's own arguments: (source, arguments, context, info). */
const PLACES: Readonly<Record<string, number>> = { 0: 0, 1: 2, 2: 3 };

interface Parameter {
  readonly index: number;
  readonly data?: unknown;
  readonly pipes: readonly unknown[];
}

type Resolver = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Nest's decorator of a field's resolver, to be written in the same way.
 *
 * Nest calls a resolver whose parameters are decorated through five functions and as many promises, since a parameter may have
 * pipes. Where none has, and there are no arguments to check, that is twice the work of most resolvers: such a one is given to
 * GraphQL as it is, with its parameters put in their places.
 */
export const ResolveField = ((...options: Parameters<typeof NestResolveField>): MethodDecorator =>
  <T>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<T>) => {
    const places = placesOf(target.constructor, key);
    const resolve = descriptor.value as Resolver | undefined;
    if (places && resolve) {
      Reflect.deleteMetadata(PARAMETERS, target.constructor, key);
      descriptor.value = direct(resolve, places) as T;
    }
    (NestResolveField as (...args: unknown[]) => MethodDecorator)(...options)(target, key, descriptor);
    return descriptor;
  }) as typeof NestResolveField;

/** Which of GraphQL's arguments each parameter is; undefined where one is something else. */
function placesOf(resolver: object, key: string | symbol): readonly number[] | undefined {
  const parameters = Reflect.getMetadata(PARAMETERS, resolver, key) as
    Readonly<Record<string, Parameter>> | undefined;
  const places: number[] = [];
  for (const [name, { index, data, pipes }] of Object.entries(parameters ?? {})) {
    const place = PLACES[name.split(':', 1)[0] ?? ''];
    if (place === undefined || data !== undefined || pipes.length > 0) return undefined;
    places[index] = place;
  }
  return Array.from(places, (place) => place).includes(undefined as never) ? undefined : places;
}

function direct(resolve: Resolver, places: readonly number[]): Resolver {
  const [first, second, third] = places;
  if (first === undefined) return resolve;
  if (second === undefined) {
    return function (...args) {
      return resolve.call(this, args[first]);
    };
  }
  if (third === undefined) {
    return function (...args) {
      return resolve.call(this, args[first], args[second]);
    };
  }
  return function (...args) {
    return resolve.apply(
      this,
      places.map((place) => args[place]),
    );
  };
}
