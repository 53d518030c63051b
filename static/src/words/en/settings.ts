/** Settings and the own account. */

export const settings = {};
