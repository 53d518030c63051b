/** What a customer sees. */

export const clientArea = {};
