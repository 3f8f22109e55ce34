/** A few words and a number that stay on one line: "in 3 days", "confidence 3 of 5". */
export const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0');
