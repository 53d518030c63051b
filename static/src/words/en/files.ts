/** Files and photos. */

export const files = {};
