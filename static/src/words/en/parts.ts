/** What sentences are made of. */

export const count = (n: number): string => new Intl.NumberFormat("en-GB").format(n);
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** By its sound: an invoice, but a user and a unit. */
export const article = (one: string): string => (/^(?!u[^aeiou][aeiou]|eu|one)[aeiou]/i.test(one) ? "an" : "a");
