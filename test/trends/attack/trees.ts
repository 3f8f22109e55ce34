/** The trees over which trends are published. */
export const TREES = ['DEPARTMENT', 'MANAGER', 'LOCATION'] as const;
export type Tree = (typeof TREES)[number];

/** The key of the root of every tree. */
export const ORGANIZATION = 'organization';
