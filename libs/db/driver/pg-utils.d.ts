/** What pg makes of a JavaScript value before it is sent; pg's types leave it out. */
declare module 'pg/lib/utils.js' {
  const utils: {
    /** @throws for what cannot be sent: an object that holds itself */
    prepareValue(value: unknown): string | Buffer | null;
  };
  export default utils;
}
