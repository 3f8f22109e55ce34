import { createHash } from 'node:crypto';
import { ID, ResolveField } from '@nestjs/graphql';

/**
 * An ID for an object that has no row or shares the row of another object. It depends on the type and the keys only, so it is the
 * same in every response and different from the ID of any other object. It costs as much as a few fields: objects have it as a
 * getter or a field resolver, so that only operations that ask for it pay.
 */
export function derivedId(typename: string, ...keys: readonly (string | number)[]): string {
  const hash = createHash('md5')
    .update([typename, ...keys].join(' '))
    .digest('hex');
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The field `id` of such an object. The method returns a {@link derivedId}. */
export function ResolveId(): MethodDecorator {
  return ResolveField('id', () => ID, { description: 'A globally unique, opaque identifier.' });
}
