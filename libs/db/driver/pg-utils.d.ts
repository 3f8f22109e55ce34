/** A part of pg that its types leave out. */
declare module 'pg/lib/utils.js' {
  const utils: {
    /** Encodes a JavaScript value as it is sent. @throws for an object that contains itself */
    prepareValue(value: unknown): string | Buffer | null;
  };
  export default utils;
}
