import type { Type } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';

/** The metadata of Nest's @Resolver() and @ResolveField(), and of its parameter decorators, whose keys are 'kind:index'. */
const RESOLVER = 'graphql:resolver_type';
const FIELD = 'graphql:resolve_property';
const PARAMETERS = '__routeArguments__';
/** The kinds of @Parent(), @Context() and @Info(), and their positions among GraphQL's arguments (source, arguments, context, info). */
const POSITIONS: Readonly<Record<string, number>> = { 0: 0, 1: 2, 2: 3 };

interface Parameter {
  readonly index: number;
  readonly data?: unknown;
  readonly pipes: readonly unknown[];
}

type Resolve = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Has GraphQL call field resolvers directly that take nothing but @Parent(), @Context() and @Info().
 *
 * Nest calls a resolver with decorated parameters through five functions and as many promises, because parameters can have pipes. For
 * these resolvers that is more work than their own. A method without parameter metadata gets GraphQL's arguments as they are, so the
 * method is replaced by one that puts them in its order. Must run before Nest builds the resolvers of the schema.
 */
export function callFieldResolversDirectly(modules: ModulesContainer): void {
  for (const module of modules.values()) {
    for (const { metatype } of module.providers.values()) {
      if (typeof metatype === 'function' && Reflect.hasMetadata(RESOLVER, metatype)) {
        callFieldsDirectly(metatype as Type);
      }
    }
  }
}

function callFieldsDirectly(resolver: Type): void {
  const prototype = resolver.prototype as Record<string, Resolve>;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const method = prototype[name];
    if (typeof method !== 'function' || !Reflect.hasMetadata(FIELD, method)) continue;
    const positions = positionsOf(resolver, name);
    if (!positions) continue;
    const direct: Resolve = function (...args) {
      return method.apply(
        this,
        positions.map((position) => args[position]),
      );
    };
    for (const key of Reflect.getMetadataKeys(method)) {
      Reflect.defineMetadata(key, Reflect.getMetadata(key, method), direct);
    }
    Reflect.deleteMetadata(PARAMETERS, resolver, name);
    prototype[name] = direct;
  }
}

/** The position of each parameter; undefined if one is something else, or if the method was replaced already. */
function positionsOf(resolver: Type, name: string): readonly number[] | undefined {
  const parameters = Reflect.getOwnMetadata(PARAMETERS, resolver, name) as
    Readonly<Record<string, Parameter>> | undefined;
  if (!parameters) return undefined;
  const positions: number[] = [];
  for (const [key, { index, data, pipes }] of Object.entries(parameters)) {
    const position = POSITIONS[key.split(':', 1)[0] ?? ''];
    if (position === undefined || data !== undefined || pipes.length > 0) return undefined;
    positions[index] = position;
  }
  return positions;
}
