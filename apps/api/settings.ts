/** Injects the {@link Settings} that the application was started with. */
export const SETTINGS = Symbol('SETTINGS');
