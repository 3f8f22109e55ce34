import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql';

const known = new WeakMap<SelectionSetNode, boolean>();

/**
 * Whether a field's selection asks for nothing but `id` and `__typename`, so that a resolver which has just read both need not load the
 * row. Fragments are not followed: a client that uses one gets the loaded row.
 */
export function selectsOnlyId({ fieldNodes }: GraphQLResolveInfo): boolean {
  return fieldNodes.every(({ selectionSet }) => {
    if (selectionSet === undefined) return false;
    const before = known.get(selectionSet);
    if (before !== undefined) return before;
    const only = selectionSet.selections.every(
      (one) => one.kind === 'Field' && (one.name.value === 'id' || one.name.value === '__typename'),
    );
    known.set(selectionSet, only);
    return only;
  });
}
