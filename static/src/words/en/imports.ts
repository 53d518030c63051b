/** Bringing data in. */

export const imports = {};
