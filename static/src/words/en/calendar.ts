/** Calendar and dispatch. */

export const calendar = {};
